import { createDynamoFeedStateStore } from '../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { createGuardedFetcher } from '../../lambdas/adapters/guarded-fetcher.ts';
import { createHostGate } from '../../lambdas/adapters/host-gate.ts';
import { ensureTable, startEmbeddedEngine } from '../../lambdas/adapters/local/embedded-engine.ts';
import type { FetchResult } from '../../lambdas/core/fetch/fetch-result.ts';
import type { FeedState } from '../../lambdas/core/poll/feed-state.ts';
import { sameWhereabouts } from '../../lambdas/core/poll/moved-address.ts';
import type { EventName } from '../../lambdas/core/words/events.ts';
import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { PollRequest } from '../../lambdas/core/words/messages.ts';
import { createPollHandler } from '../../lambdas/poll/handler.ts';
import type { FeedFetcher, FeedStateStore, FetchRequest, Log } from '../../lambdas/ports.ts';
import { createScheduleHandler } from '../../lambdas/schedule/handler.ts';
import { sqsEvent } from '../../test/support/sqs-event.ts';
import type { Publishers } from './made-up-publishers.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How the fleet is disturbed: functions at once, share of messages that come late and twice, clocks apart by so much. */
export interface FleetOptions {
  readonly feeds: readonly Feed[];
  readonly publishers: Publishers;
  readonly time: VirtualTime;
  readonly chance: () => number;
  readonly pollers: number;
  readonly lateShare: number;
  readonly duplicateShare: number;
  readonly skewMs: number;
  readonly requestBudget: number;
}

/** What a poll asked and got, in the order of the answers. */
export interface AskedPoll {
  readonly feed: string;
  readonly at: number;
  readonly request: FetchRequest;
  readonly result: FetchResult;
}

/** Why a poll saved its feed's state. */
export type WriteReason = 'news' | 'daily full read' | 'recovery' | 'failure' | 'move' | 'validators';

/** A poll that ended, with what it saved. */
export interface EndedPoll {
  readonly feed: string;
  readonly at: number;
  readonly outcome: string;
  readonly writes: readonly WriteReason[];
  readonly wireBytes: number;
  readonly isConditional: boolean;
}

/** Everything that was seen on our side. */
export interface FleetRecord {
  readonly asked: AskedPoll[];
  readonly ended: EndedPoll[];
  readonly events: Map<EventName, number>;
  readonly entries: { handedOn: number; messages: number };
  readonly ticks: { count: number; ms: number };
}

/** A real answer is there in milliseconds; a server that hangs costs this much real time. */
const deadlineMs = 1_000;
const minuteMs = 60_000;

/**
 * The schedule and poll hops as deployed, on the embedded engine, against loopback: a tick a minute, messages that are held
 * back as SQS holds them, so many functions with a gate, a fetcher and a clock of their own. Only time is made up.
 */
export async function startFleet(options: FleetOptions) {
  const { time, feeds, publishers, chance } = options;
  const engine = await startEmbeddedEngine({ directory: null });
  await ensureTable(engine.client, 'fleet');
  const table = { client: engine.client, name: 'fleet', clock: time.now, retentionDays: 0 };
  const store = createDynamoFeedStateStore(table);
  const record: FleetRecord = {
    asked: [],
    ended: [],
    events: new Map(),
    entries: { handedOn: 0, messages: 0 },
    ticks: { count: 0, ms: 0 },
  };
  const notes = pollNotes(record, time.now);
  const states = countedStates(store, notes.wrote);
  const isOwnHost = () => false;
  const byUrl = new Map(feeds.map((feed) => [feed.url, feed.id]));
  const queue = messageQueue(options, (container) => {
    const skew = (chance() * 2 - 1) * options.skewMs;
    const clock = () => time.now() + skew;
    const gate = createHostGate({ clock, pause: time.pause, isOwnHost });
    return createPollHandler({
      feeds: new Map(feeds.map((feed) => [feed.id, feed])),
      states,
      fetcher: slowedFetcher(options, (request, result) =>
        notes.asked(feedOfRequest(byUrl, request), request, result),
      ),
      gate: { ...gate, run: (url, work, startAt) => gate.run(url, () => time.working(work), startAt) },
      ingestQueue: {
        send: async (messages) => {
          for (const { body } of messages) record.entries.handedOn += body.entries.length;
          record.entries.messages += messages.length;
        },
      },
      isOwnHost,
      clock,
      log: { ...notes.log, error: (event, fields) => notes.log.error(event, { ...fields, container }) },
    });
  });
  const schedule = createScheduleHandler({
    feeds,
    states,
    pollQueue: queue,
    isOwnHost,
    requestBudget: options.requestBudget,
    clock: time.now,
    log: notes.log,
  });
  const tick = async (minute: number): Promise<void> => {
    await time.pause(minute * minuteMs + 200 + chance() * 1_300 - time.now());
    const began = performance.now();
    await time.working(() => schedule({ time: new Date(minute * minuteMs).toISOString() }));
    record.ticks.ms += performance.now() - began;
    record.ticks.count += 1;
  };
  return { record, tick, publishers, stop: () => engine.stop() };
}

/** Feeds that moved are asked at another address, whose last part is the same. */
const feedOfRequest = (byUrl: ReadonlyMap<string, string>, { url }: FetchRequest): string =>
  byUrl.get(url) ?? new URL(url).pathname.replace(/^\/moved\//, '').replace('.xml', '');

/** The guarded fetcher, with the publisher's answering time added in virtual time. */
function slowedFetcher(
  { publishers, time }: FleetOptions,
  note: (request: FetchRequest, result: FetchResult) => void,
): FeedFetcher {
  const hosts = Array.from({ length: 60 }, (_, at) => `host-${String(at + 1).padStart(2, '0')}.example`);
  const fetcher = createGuardedFetcher({
    userAgent: 'Sitrep/bench',
    allowedHosts: new Map(hosts.map((host) => [host, 'any' as const])),
    limits: { deadlineMs },
    resolve: async (hostname) => {
      const address = publishers.addressOf(hostname);
      return address === null ? [] : [address];
    },
  });
  return {
    fetch: async (request) => {
      const result = await fetcher.fetch(request);
      await time.resting(publishers.latencyMs(request.url));
      note(request, result);
      return result;
    },
  };
}

function countedStates(
  store: FeedStateStore,
  wrote: (feed: string, reason: WriteReason) => void,
): FeedStateStore {
  return {
    ...store,
    save: (state, previous) => {
      wrote(state.feedId, reasonOf(state, previous));
      return store.save(state, previous);
    },
  };
}

function reasonOf(state: FeedState, previous: FeedState | null): WriteReason {
  if (state.failures > (previous?.failures ?? 0)) return 'failure';
  if (previous === null || state.lastNewAt !== previous.lastNewAt) return 'news';
  if (state.unconditionalAt !== previous.unconditionalAt) return 'daily full read';
  if (previous.failures > 0) return 'recovery';
  return sameWhereabouts(state, previous) ? 'validators' : 'move';
}

/** Puts together what the log, the store and the fetcher tell of one poll. */
function pollNotes(record: FleetRecord, now: () => number) {
  const writes = new Map<string, WriteReason[]>();
  const last = new Map<string, AskedPoll>();
  const note = (event: EventName, fields: Readonly<Record<string, unknown>>): void => {
    record.events.set(event, (record.events.get(event) ?? 0) + 1);
    if (event === 'record.failed') console.error(fields.error);
    if (event !== 'poll.finished') return;
    const feed = String(fields.feed);
    const asked = last.get(feed);
    last.delete(feed);
    record.ended.push({
      feed,
      at: now(),
      outcome: String(fields.outcome),
      writes: writes.get(feed) ?? [],
      wireBytes: asked?.result.wireBytes ?? 0,
      isConditional: asked !== undefined && isConditional(asked.request),
    });
    writes.delete(feed);
  };
  const log: Log = { info: note, warn: note, error: note };
  return {
    log,
    wrote: (feed: string, reason: WriteReason) => writes.set(feed, [...(writes.get(feed) ?? []), reason]),
    asked: (feed: string, request: FetchRequest, result: FetchResult) => {
      const poll = { feed, at: now(), request, result };
      record.asked.push(poll);
      last.set(feed, poll);
    },
  };
}

/** Was the publisher asked whether there is anything new, and not for everything? */
export const isConditional = ({ etag, lastModified }: FetchRequest): boolean =>
  etag !== undefined || lastModified !== undefined;

type Handler = ReturnType<typeof createPollHandler>;

/** The poll queue: messages are held back, come late or twice now and then, and go to whichever function is free. */
function messageQueue({ time, chance, ...options }: FleetOptions, handlerOf: (container: number) => Handler) {
  const free = Array.from({ length: options.pollers }, (_, at) => handlerOf(at));
  const backlog: PollRequest[] = [];
  const work = (): void => {
    const handler = free.shift();
    if (handler === undefined) return;
    const body = backlog.shift();
    if (body === undefined) return void free.push(handler);
    void handle(handler, body);
  };
  const handle = async (handler: Handler, body: PollRequest): Promise<void> => {
    // One start in fifty is a cold one.
    if (chance() < 0.02) await time.pause(500 + chance() * 2_000);
    const { batchItemFailures } = await handler(sqsEvent([body]));
    if (batchItemFailures.length > 0) void deliver(body, 540_000);
    free.push(handler);
    work();
  };
  const deliver = async (body: PollRequest, ms: number): Promise<void> => {
    await time.pause(ms);
    backlog.push(body);
    work();
  };
  return {
    send: async (messages: readonly { readonly body: PollRequest; readonly delaySeconds?: number }[]) => {
      for (const { body, delaySeconds = 0 } of messages) {
        const lateMs = chance() < options.lateShare ? chance() * 90_000 : -Math.log(1 - chance()) * 150;
        void deliver(body, delaySeconds * 1_000 + lateMs);
        if (chance() < options.duplicateShare) void deliver(body, delaySeconds * 1_000 + chance() * 60_000);
      }
    },
  };
}
