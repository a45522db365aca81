import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import { contentHash, guidKey, storyId } from '../../../lambdas/core/identity/identity.ts';
import type { IngestRequest } from '../../../lambdas/core/words/messages.ts';
import { clusteringHop } from '../../support/cluster-world.ts';
import { startTestTable } from '../../support/engines.ts';
import { failingClient, type FaultKind } from '../../support/failing-client.ts';
import { interleaved } from '../../support/interleaved-client.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const title = 'The frigate was handed over to the navy';
const summary =
  'After a year of trials at sea the yard handed the frigate over to the navy on Monday, the ministry said.';

interface Told {
  readonly feed: string;
  readonly guid: string;
  readonly page?: string;
  readonly title?: string;
  readonly summary?: string;
  readonly sequence?: number;
}

/** An article as one feed of a source with several brings it. */
function told({
  feed,
  guid,
  page = 'https://review.example/2026/frigate-handed-over',
  sequence = 1,
  ...parts
}: Told): IngestRequest {
  const text = { title: parts.title ?? title, summary: parts.summary ?? summary };
  return {
    v: 1,
    feed,
    source: 'review',
    kind: 'trade',
    trace: `t-${sequence}.${feed}`,
    sequence,
    seenAt: new Date(start + sequence * 60_000).toISOString(),
    firstPoll: false,
    entries: [
      {
        ...text,
        key: guidKey(guid),
        page: guidKey(page),
        hash: contentHash({ ...text, url: page }),
        url: page,
        published: null,
        updated: null,
        authors: [],
        categories: [],
        lang: 'en',
        handedDay: null,
      },
    ],
  };
}

describe('an article in several feeds of a source', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  let tables = 0;
  const freshTable = async (retentionDays = 0): Promise<Table> => {
    tables += 1;
    const name = `shared-${tables}`;
    await ensureTable(engine.client, name);
    return { client: engine.client, name, clock: () => start + 3_600_000, retentionDays };
  };
  const wire = async (table: Table) => {
    const page = { limit: 200, after: null, since: null, until: null, rowsMax: 1_000, accepts: () => true };
    const { lines } = await createDynamoStoryReader(table).page({ ...page, tags: ['*'] });
    return lines.map((line) => ({
      title: line.title,
      feeds: [...line.feeds].sort(),
      revision: line.revision,
    }));
  };
  const one = (...feeds: string[]) => [{ title, feeds: feeds.sort(), revision: 1 }];

  it('is one story under different guids, and lists its feeds', async () => {
    const table = await freshTable();
    const { ingest } = clusteringHop(table);
    for (const feed of ['main', 'naval', 'air']) await ingest(sqsEvent([told({ feed, guid: `${feed} 1` })]));
    expect(await wire(table)).toEqual(one('main', 'naval', 'air'));
  });

  it('is one story when one feed has its address as guid, in either order', async () => {
    const guids = ['https://review.example/2026/frigate-handed-over', 'opaque'];
    for (const [first, second] of [guids, [...guids].reverse()]) {
      const table = await freshTable();
      const { ingest } = clusteringHop(table);
      await ingest(sqsEvent([told({ feed: 'main', guid: first ?? '' })]));
      await ingest(sqsEvent([told({ feed: 'naval', guid: second ?? '' })]));
      expect(await wire(table)).toEqual(one('main', 'naval'));
    }
  });

  it('is one story under one guid at different addresses, and with one text at two addresses at once', async () => {
    for (const guid of ['same', 'other']) {
      const table = await freshTable();
      const { ingest } = clusteringHop(table);
      await ingest(sqsEvent([told({ feed: 'main', guid: 'same' })]));
      await ingest(
        sqsEvent([told({ feed: 'naval', guid, page: 'https://review.example/sea/frigate-handed-over' })]),
      );
      expect(await wire(table)).toEqual(one('main', 'naval'));
    }
  });

  it('is two stories when the text repeats after three days', async () => {
    const table = await freshTable();
    const later: Table = { ...table, clock: () => start + 4 * 86_400_000 };
    await clusteringHop(table).ingest(sqsEvent([told({ feed: 'main', guid: 'a' })]));
    await clusteringHop(later).ingest(
      sqsEvent([told({ feed: 'main', guid: 'b', page: 'https://review.example/next-issue-of-it' })]),
    );
    expect(await wire(table)).toHaveLength(2);
  });

  it('stays one story when a feed edits it under its own guid, after the other has left', async () => {
    const table = await freshTable();
    const { ingest } = clusteringHop(table);
    await ingest(sqsEvent([told({ feed: 'main', guid: 'a' })]));
    await ingest(sqsEvent([told({ feed: 'naval', guid: 'b' })]));
    const page = 'https://review.example/2026/another-address-of-it';
    const edit = { title: 'CORRECTED: The corvette was handed over', summary: 'It was a corvette.' };
    await ingest(sqsEvent([told({ feed: 'naval', guid: 'b', page, ...edit, sequence: 2 })]));
    expect(await wire(table)).toEqual([{ title: edit.title, feeds: ['main', 'naval'], revision: 2 }]);
  });

  it('is found by none of its other names from outside', async () => {
    const table = await freshTable();
    await clusteringHop(table).ingest(sqsEvent([told({ feed: 'main', guid: 'a' })]));
    expect(await createDynamoStoryReader(table).story(storyId('review', guidKey('a')))).toBeNull();
  });

  it('is one story whatever feeds bring it at once, and in whatever order their calls take place', async () => {
    const telling = fc.record({
      feed: fc.constantFrom('main', 'naval', 'air'),
      guid: fc.constantFrom('a', 'b', 'c', 'https://review.example/2026/frigate-handed-over'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(telling, { minLength: 2, maxLength: 4 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        async (all, chances) => {
          const table = await freshTable();
          const { client, run } = interleaved(engine.client, () => chances.next().value ?? 0);
          const hop = clusteringHop({ ...table, client });
          await run(all.map((each) => () => hop.ingest(sqsEvent([told(each)]))));
          // What lost every race is delivered again, as the queue does.
          for (const each of all) await clusteringHop(table).ingest(sqsEvent([told(each)], 2));
          expect(await wire(table)).toEqual(one(...new Set(all.map(({ feed }) => feed))));
        },
      ),
      { numRuns: 40 },
    );
  });

  for (const kind of ['before', 'after'] as const) {
    it(`ends in the same stories when it is killed ${kind} any call and comes again`, async () => {
      const messages = [
        told({ feed: 'main', guid: 'a' }),
        told({ feed: 'naval', guid: 'b' }),
        told({ feed: 'air', guid: 'c', page: 'https://review.example/air/frigate-handed-over' }),
      ];
      const expected = one('main', 'naval', 'air');
      expect(await sweep(kind, messages, expected)).toBeGreaterThan(15);
    });
  }

  async function sweep(
    kind: FaultKind,
    messages: readonly IngestRequest[],
    expected: unknown,
  ): Promise<number> {
    let covered = 0;
    for (const [at, message] of messages.entries()) {
      for (let nth = 1; ; nth += 1) {
        const table = await freshTable();
        for (const earlier of messages.slice(0, at)) await clusteringHop(table).ingest(sqsEvent([earlier]));
        const failing = failingClient(engine.client, nth, kind);
        await clusteringHop({ ...table, client: failing.client }).ingest(sqsEvent([message]));
        // Before the redelivery another feed may come.
        for (const next of messages.slice(at + 1)) await clusteringHop(table).ingest(sqsEvent([next]));
        await clusteringHop(table).ingest(sqsEvent([message], 2));
        expect(await wire(table), `killed ${kind} call ${nth} of message ${at}`).toEqual(expected);
        if (failing.calls() < nth) break;
        covered += 1;
      }
    }
    return covered;
  }

  it('costs a source with one feed nothing, and others a name for each guid and one for a telling text', async () => {
    const names = async (request: IngestRequest) => {
      const table = await freshTable();
      await clusteringHop(table).ingest(sqsEvent([request]));
      const { Items = [] } = await engine.client.send(new ScanCommand({ TableName: table.name }));
      return Items.filter((item) => typeof item.to === 'string').length;
    };
    const [lone] = told({ feed: 'main', guid: 'a' }).entries;
    if (lone === undefined) throw new Error('one entry');
    const { page: _page, ...alone } = lone;
    expect(await names({ ...told({ feed: 'main', guid: 'a' }), entries: [alone] })).toBe(0);
    expect(await names(told({ feed: 'main', guid: 'a' }))).toBe(2);
    expect(await names(told({ feed: 'main', guid: 'a', summary: 'Short.' }))).toBe(1);
    const permalink = 'https://review.example/2026/frigate-handed-over';
    expect(await names(told({ feed: 'main', guid: permalink, summary: 'Short.' }))).toBe(0);
  });

  it('keeps a name longer than its story, so that a late edit finds it', async () => {
    const table = await freshTable(30);
    await clusteringHop(table).ingest(sqsEvent([told({ feed: 'main', guid: 'a' })]));
    const { Items = [] } = await engine.client.send(new ScanCommand({ TableName: table.name }));
    const name = Items.find((item) => item.pk === `S#${storyId('review', guidKey('a'))}`);
    const story = Items.find(
      (item) => typeof item.pk === 'string' && item.pk.startsWith('S#') && item.d !== undefined,
    );
    expect(Number(name?.exp)).toBeGreaterThan(Number(story?.exp) + 60 * 86_400);
  });
});
