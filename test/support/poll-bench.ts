import { createDynamoFeedStateStore } from '../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { ensureTable } from '../../lambdas/adapters/local/embedded-engine.ts';
import { createHostGate } from '../../lambdas/adapters/host-gate.ts';
import type { FetchResult } from '../../lambdas/core/fetch/fetch-result.ts';
import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { HostTurn, IngestRequest } from '../../lambdas/core/words/messages.ts';
import { createPollHandler } from '../../lambdas/poll/handler.ts';
import type { FetchRequest } from '../../lambdas/ports.ts';
import type { startTestTable } from './engines.ts';
import { recordingLog } from './recording-log.ts';
import { sqsEvent } from './sqs-event.ts';

const minuteMs = 60_000;

/** Items of an RSS document, by number; each is an entry of its own. */
export const itemsOf = (...numbers: number[]): string =>
  numbers
    .map((number) => `<item><title>Ship ${number} launched</title><guid>g${number}</guid></item>`)
    .join('');

/** An RSS document of these items. */
export const rssOf = (items: string, channel = ''): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Naval</title>${channel}${items}</channel></rss>`;

/** What a publisher answers; `url` is where the chain ended. */
export function answerOf(
  status: number,
  parts: {
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly url?: string;
    readonly movedTo?: string;
  } = {},
): FetchResult {
  const { body = '', headers = {}, movedTo = null } = parts;
  const url = parts.url ?? movedTo ?? 'https://naval.example/feed';
  const fields = new Map(Object.entries({ 'content-type': 'application/rss+xml', ...headers }));
  const counts = { wireBytes: body.length, requests: 1 };
  return { kind: 'response', status, url, movedTo, body: Buffer.from(body), headers: fields, ...counts };
}

let tables = 0;

/** A poll hop on a table of its own with public hosts; `answer` is the publisher, `time.now` the clock. */
export async function pollBench(
  engine: Awaited<ReturnType<typeof startTestTable>>,
  feeds: readonly Feed[],
  answer: (request: FetchRequest) => FetchResult,
) {
  tables += 1;
  const time = { now: Date.parse('2026-11-20T12:00:00.000Z') };
  const name = `bench-${tables}`;
  await ensureTable(engine.client, name);
  const states = createDynamoFeedStateStore({
    client: engine.client,
    name,
    clock: () => time.now,
    retentionDays: 0,
  });
  const { log, of } = recordingLog();
  const asked: FetchRequest[] = [];
  const sent: IngestRequest[] = [];
  const clock = () => time.now;
  const pause = async (ms: number) => {
    time.now += ms;
  };
  const handlerOf = () =>
    createPollHandler({
      feeds: new Map(feeds.map((feed) => [feed.id, feed])),
      states,
      fetcher: {
        fetch: async (request) => {
          asked.push(request);
          return answer(request);
        },
      },
      gate: createHostGate({ clock, pause, isOwnHost: () => false }),
      ingestQueue: { send: async (messages) => void sent.push(...messages.map(({ body }) => body)) },
      isOwnHost: () => false,
      clock,
      log,
    });
  const handler = handlerOf();
  const message = (
    ids: readonly string[],
    parts: { turn?: HostTurn; forced?: boolean; tick?: number } = {},
  ) => {
    const { turn, forced = false, tick = Math.floor(time.now / minuteMs) } = parts;
    const polled = ids.map((id) => ({ id, trace: `t.${id}`, ...(turn && { turn }) }));
    return sqsEvent([{ v: 1, tick, forced, feeds: polled }]);
  };
  /** Polls these feeds in one message, in this process or (`elsewhere`) in one of its own. */
  const poll = (ids: readonly string[], parts: Parameters<typeof message>[1] = {}) =>
    handler(message(ids, parts));
  const pollElsewhere = (ids: readonly string[], parts: Parameters<typeof message>[1] = {}) =>
    handlerOf()(message(ids, parts));
  const outcomes = () => of('poll.finished').map(({ outcome }) => outcome);
  return { poll, pollElsewhere, time, states, asked, sent, of, outcomes };
}
