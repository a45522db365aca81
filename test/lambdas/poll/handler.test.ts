import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDynamoFeedStateStore } from '../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import type { IngestRequest } from '../../../lambdas/core/words/messages.ts';
import type { FetchResult } from '../../../lambdas/core/fetch/fetch-result.ts';
import type { FeedStateStore, FetchRequest } from '../../../lambdas/ports.ts';
import { createPollHandler } from '../../../lambdas/poll/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import { feedOf } from '../../support/stories.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const minute = 60_000;

const item = (number: number, title = `Ship ${number} launched`) =>
  `<item><title>${title}</title><link>https://naval.example/${number}</link><guid>g${number}</guid>` +
  `<pubDate>Fri, 20 Nov 2026 11:0${number}:00 GMT</pubDate></item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Naval</title><link>https://naval.example/</link>${items.join('')}</channel></rss>`;

const answer = (status: number, body: string, headers: Record<string, string> = {}): FetchResult => ({
  kind: 'response',
  status,
  url: 'http://127.0.0.1:9/naval.xml',
  movedTo: null,
  body: Buffer.from(body),
  headers: new Map(
    Object.entries({
      'content-type': 'application/rss+xml',
      ...headers,
    }),
  ),
  wireBytes: body.length,
  requests: 1,
});

describe('the poll hop', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  let tables = 0;
  let now = start;
  let states: FeedStateStore;
  beforeEach(async () => {
    tables += 1;
    now = start;
    await ensureTable(engine.client, `poll-${tables}`);
    states = createDynamoFeedStateStore({
      client: engine.client,
      name: `poll-${tables}`,
      clock: () => now,
      retentionDays: 0,
    });
  });

  /** A poller of one feed whose publisher gives these answers in turn. */
  function poller(...answers: (FetchResult | Error)[]) {
    const asked: FetchRequest[] = [];
    const sent: IngestRequest[] = [];
    const { log, of } = recordingLog();
    const queue = { failing: false };
    const handler = createPollHandler({
      feeds: new Map([['naval', feedOf('naval')]]),
      states,
      fetcher: {
        fetch: async (request) => {
          asked.push(request);
          const next = answers.shift();
          if (next === undefined || next instanceof Error) throw next ?? new Error('nothing left to answer');
          return next;
        },
      },
      gate: { run: (_url, work) => work(), hold: () => undefined, heldUntil: () => 0 },
      ingestQueue: {
        send: async (messages) => {
          if (queue.failing) throw new Error('queue down');
          sent.push(...messages.map(({ body }) => body));
        },
      },
      isOwnHost: () => true,
      clock: () => now,
      log,
    });
    const poll = (parts: object = {}) =>
      handler(
        sqsEvent([
          {
            v: 1,
            tick: Math.floor(now / minute),
            forced: false,
            feeds: [{ id: 'naval', trace: 't-1.naval' }],
            ...parts,
          },
        ]),
      );
    return { poll, asked, sent, of, queue };
  }

  it('hands new entries on, oldest first, and then asks conditionally', async () => {
    const document = answer(200, rss(item(2), item(1)), { etag: '"v1"' });
    const { poll, asked, sent, of } = poller(document, answer(304, '', {}));
    await poll();
    expect(sent).toMatchObject([
      { feed: 'naval', trace: 't-1.naval', firstPoll: true, seenAt: '2026-11-20T12:00:00.000Z' },
    ]);
    expect(sent[0]?.entries.map((entry) => entry.title)).toEqual(['Ship 1 launched', 'Ship 2 launched']);
    expect(of('poll.finished')[0]).toMatchObject({
      outcome: 'new-entries',
      entries: 2,
      new: 2,
      updated: 0,
      known: 0,
      rejected: 0,
    });
    now += 10 * minute;
    const before = await states.load('naval');
    await poll();
    expect(asked[1]).toMatchObject({ etag: '"v1"' });
    expect(of('poll.finished')[1]).toMatchObject({ outcome: 'not-modified', entries: 0 });
    expect(await states.load('naval')).toEqual(before);
  });

  it('tells new, edited and known entries apart', async () => {
    const first = answer(200, rss(item(1), item(2)));
    const second = answer(200, rss(item(3), item(2, 'Ship 2 launched, late'), item(1)));
    const { poll, sent, of } = poller(first, second);
    await poll();
    await poll();
    expect(of('poll.finished')[1]).toMatchObject({ entries: 3, new: 1, updated: 1, known: 1, rejected: 0 });
    expect(sent[1]).toMatchObject({ firstPoll: false });
    expect(sent[1]?.entries).toHaveLength(2);
  });

  it('writes nothing when the same bytes come again', async () => {
    const { poll, of } = poller(answer(200, rss(item(1))), answer(200, rss(item(1))));
    await poll();
    const before = await states.load('naval');
    await poll();
    expect(of('poll.finished')[1]).toMatchObject({ outcome: 'unchanged', entries: 1, known: 1 });
    expect(await states.load('naval')).toEqual(before);
  });

  it('saves no state when the queue refuses the entries, so the next delivery finds them again', async () => {
    const { poll, sent, queue } = poller(answer(200, rss(item(1))), answer(200, rss(item(1))));
    queue.failing = true;
    expect((await poll()).batchItemFailures).toHaveLength(1);
    expect(await states.load('naval')).toBeNull();
    queue.failing = false;
    expect((await poll()).batchItemFailures).toEqual([]);
    expect(sent.flatMap((request) => request.entries)).toHaveLength(1);
  });

  it('keeps window and validators through failures, pages that are no feed and empty documents', async () => {
    const html = answer(200, '<!doctype html><html><body>Back soon</body></html>', {
      'content-type': 'text/html',
    });
    const { poll, of, sent } = poller(
      answer(200, rss(item(1))),
      answer(503, ''),
      html,
      answer(200, rss()),
      answer(200, rss(item(1))),
    );
    for (let poll_ = 0; poll_ < 5; poll_ += 1) {
      await poll();
      now += 30 * 60 * minute;
    }
    const outcomes = of('poll.finished').map((fields) => fields.outcome);
    expect(outcomes).toEqual(['new-entries', 'server-error', 'not-a-feed', 'unchanged', 'unchanged']);
    expect(sent.flatMap((request) => request.entries)).toHaveLength(1);
  });

  it('waits out Retry-After even when forced, and asks nobody meanwhile', async () => {
    const busy = answer(429, '', { 'retry-after': '600' });
    const { poll, asked, of } = poller(busy, answer(200, rss(item(1))));
    await poll();
    now += 9 * minute;
    await poll({ forced: true });
    expect(asked).toHaveLength(1);
    expect(of('poll.finished').map((fields) => fields.outcome)).toEqual(['rate-limited', 'rate-limited']);
    now += 2 * minute;
    await poll({ forced: true });
    expect(of('poll.finished')[2]).toMatchObject({ outcome: 'new-entries' });
  });

  it('asks without validators once a day', async () => {
    const { poll, asked } = poller(
      answer(200, rss(item(1)), { etag: '"v1"' }),
      answer(304, ''),
      answer(200, rss(item(1)), { etag: '"v1"' }),
      answer(304, ''),
    );
    await poll();
    now += 60 * minute;
    await poll();
    now += 24 * 60 * minute;
    await poll();
    now += 60 * minute;
    await poll();
    expect(asked.map((request) => request.etag ?? null)).toEqual([null, '"v1"', null, '"v1"']);
  });

  it('drops a request that waited in a backlog, and a feed that left the catalogue', async () => {
    const { poll, asked, of } = poller();
    await poll({ tick: Math.floor(now / minute) - 20 });
    await poll({ feeds: [{ id: 'gone', trace: 't-1.gone' }] });
    expect(asked).toEqual([]);
    expect(of('poll.stale-request')).toHaveLength(1);
    expect(of('poll.unknown-feed')).toEqual([{ feed: 'gone', trace: 't-1.gone' }]);
  });

  it('keeps the whole entries of a document that was cut off, and its rest when it comes whole', async () => {
    const whole = rss(item(1), item(2), item(3));
    const cut = answer(200, whole.slice(0, whole.indexOf('Ship 3') + 3), { etag: '"v1"' });
    const { poll, asked, sent, of } = poller(cut, answer(200, whole, { etag: '"v1"' }));
    await poll();
    expect(of('poll.finished')[0]).toMatchObject({ outcome: 'new-entries', entries: 3, new: 2, rejected: 1 });
    expect(of('entry.rejected')).toEqual([expect.objectContaining({ reason: 'truncated', entries: 1 })]);
    await poll();
    expect(asked[1]?.etag).toBeUndefined();
    expect(sent[1]?.entries.map((entry) => entry.title)).toEqual(['Ship 3 launched']);
  });

  it('counts rejected entries again when the same bytes come again', async () => {
    const document = rss(item(1), '<item></item>');
    const { poll, of } = poller(answer(200, document), answer(200, document));
    await poll();
    await poll();
    expect(of('poll.finished')[1]).toMatchObject({ outcome: 'unchanged', entries: 2, known: 1, rejected: 1 });
  });

  it('counts what cannot become an entry as rejected, and the sum stays right', async () => {
    const { poll, of } = poller(answer(200, rss(item(1), '<item></item>', item(2), item(2))));
    await poll();
    const { entries, new: fresh, updated, known, rejected } = of('poll.finished')[0] ?? {};
    expect(entries).toBe(4);
    expect([fresh, updated, known, rejected].reduce((sum: number, count) => sum + Number(count), 0)).toBe(4);
    expect(rejected).toBe(1);
    expect(of('entry.rejected')).toHaveLength(1);
  });
});
