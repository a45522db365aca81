import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { createDynamoFeedHealth } from '../../lambdas/adapters/aws/dynamodb-feed-health.ts';
import { createDynamoClusterReader } from '../../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoFeedStateStore } from '../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { recountWire } from '../../lambdas/adapters/aws/dynamodb-recount.ts';
import { createDynamoStoryReader } from '../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { createDynamoTallyReader } from '../../lambdas/adapters/aws/dynamodb-tally-reader.ts';
import {
  type EmbeddedEngine,
  type EngineName,
  ensureTable,
  startEmbeddedEngine,
} from '../../lambdas/adapters/local/embedded-engine.ts';
import { endsWithin } from '../../lambdas/adapters/local/ends-within.ts';
import { createFileLog } from '../../lambdas/adapters/local/file-log.ts';
import { type SqsEndpoint, startSqsEndpoint } from '../../lambdas/adapters/local/sqs-endpoint.ts';
import type { AllowedHosts } from '../../lambdas/core/fetch/allowed-hosts.ts';
import { pollMessages } from '../../lambdas/core/schedule/poll-messages.ts';
import type { TaggingRules } from '../../lambdas/core/tag/rules.ts';
import type { Catalogue, Feed } from '../../lambdas/core/words/feed.ts';
import { epochMinute } from '../../lambdas/core/words/time.ts';
import { forcedTraceOf, isForcedTrace } from '../../lambdas/core/words/trace.ts';
import type {
  Clock,
  ClusterStore,
  FeedHealthReader,
  FeedStateStore,
  Log,
  StoryReader,
  TallyReader,
} from '../../lambdas/ports.ts';
import { createPollLedger, type PollLedger, type PollRow } from './ledger.ts';
import { reopenWindows } from './reopen-windows.ts';
import { startHops } from './start-hops.ts';
import { tableName } from './table-name.ts';

/** Everything but the HTTP side, running: the same handlers as in the cloud on local endpoints. */
export interface Pipeline {
  readonly engine: EngineName;
  readonly stories: StoryReader;
  readonly clusters: Pick<ClusterStore, 'cluster'>;
  readonly tally: TallyReader;
  readonly health: FeedHealthReader;
  readonly states: FeedStateStore;
  readonly log: Log;
  readonly schedule: (event: unknown) => Promise<{ due: number }>;
  /** Polls that ended since the last call, every entry of theirs stored; `idle` when nothing is under way. */
  takeFinished(): { readonly polls: PollRow[]; readonly idle: boolean };
  /** Polls every feed now, whatever its interval, and waits until every entry is stored. Rejects when delivery ends first. */
  pollAll(): Promise<PollRow[]>;
  /**
   * Takes no further polls and waits, up to `drainMsMax`, until those in hand have ended and their entries are stored;
   * false when entries or polls in hand had to be left behind. Poll messages that were not delivered are dropped on
   * purpose and count as clean: nothing was read for them, and the next run polls those feeds when they are due.
   */
  drain(): Promise<boolean>;
  /** Ends the engine and the queues, after a second or so at most. */
  close(): Promise<void>;
}

export interface PipelineOptions {
  readonly catalogue: Catalogue;
  readonly rules: TaggingRules;
  readonly directory: string;
  readonly uncleanSinceDay: number | null;
  readonly allowedHosts: AllowedHosts;
  readonly contactUrl: string | null;
  readonly retentionDays: number;
  readonly clock: Clock;
  /** Told once for each queue whose delivery has ended with a fault. */
  readonly onFault: (error: unknown) => void;
  /** Told what a person should know and the run survives, one line each. */
  readonly complain: (problem: string) => void;
}

/** Work in hand gets this long (milliseconds) at the end; what is left then is done again by the next run. */
export const drainMsMax = 6_500;

/** Starts engine, queues and hops on loopback. Throws when an engine or endpoint cannot be started, and leaves none behind. */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const engine = await startEmbeddedEngine({ directory: options.directory });
  try {
    const sqs = await startSqsEndpoint();
    return await startOn({ engine, sqs }, options);
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

interface Endpoints {
  readonly engine: EmbeddedEngine;
  readonly sqs: SqsEndpoint;
}

async function startOn({ engine, sqs }: Endpoints, options: PipelineOptions): Promise<Pipeline> {
  const { clock, catalogue, directory, complain, retentionDays } = options;
  const ledger = createPollLedger();
  const logPath = path.join(directory, 'sitrep.log');
  const log = createFileLog({ path: logPath, clock, complain, listener: ledger.listen });
  await ensureTable(engine.client, tableName);
  const table: Table = { client: engine.client, name: tableName, clock, retentionDays };
  const states = createDynamoFeedStateStore(table);
  if (options.uncleanSinceDay !== null) {
    await reopenWindows(states, options.uncleanSinceDay);
    await recountWire(table);
  }
  const faulted = new AbortController();
  const onFault = (error: unknown): void => {
    faulted.abort(error);
    options.onFault(error);
  };
  const hops = await startHops({ ...options, onFault, table, states, sqs, log });

  const forced: PollRow[] = [];
  return {
    engine: engine.name,
    stories: createDynamoStoryReader(table),
    clusters: createDynamoClusterReader(table),
    tally: createDynamoTallyReader(table),
    // Nobody waits for a memory to fade on one's own machine.
    health: createDynamoFeedHealth(table, 0),
    states,
    log,
    schedule: hops.schedule,
    takeFinished: () => {
      const polls = [...forced.splice(0), ...ledger.takeHandled((trace) => !isForcedTrace(trace))];
      return { polls, idle: ledger.open() === 0 };
    },
    pollAll: async () => {
      const rows = await pollAll(catalogue.feeds, { hops, ledger, now: clock(), faulted: faulted.signal });
      forced.push(...rows);
      return rows;
    },
    drain: () => drain(hops),
    close: async () => {
      await Promise.all([engine.stop(), sqs.stop()]);
      log.close();
    },
  };
}

type Hops = Awaited<ReturnType<typeof startHops>>;

/** Polls under way may still hand entries on, so the ingest queue is drained after them; then nothing is in hand. */
async function drain({ polls, ingests }: Hops): Promise<boolean> {
  let isEmpty = false;
  const finish = async (): Promise<void> => {
    await polls.stop();
    isEmpty = await ingests.drained();
    await ingests.stop();
  };
  const ended = await endsWithin(
    drainMsMax,
    finish().catch(() => undefined),
  );
  // Nothing taken from here on would be finished.
  if (!ended) void ingests.stop();
  return ended && isEmpty;
}

interface PollAllContext {
  readonly hops: Hops;
  readonly ledger: PollLedger;
  readonly now: number;
  /** Aborted, with the fault as its reason, when delivery has ended with one. */
  readonly faulted: AbortSignal;
}

/** Polls these feeds now and waits until every entry is stored; a row for each feed. Rejects with a fault or a stop. */
async function pollAll(feeds: readonly Feed[], context: PollAllContext): Promise<PollRow[]> {
  const { hops, ledger, now } = context;
  const traceOf = (feed: Feed) => forcedTraceOf(now, feed.id);
  const wish = { tick: epochMinute(now), forced: true, traceOf, isOwnHost: hops.isOwnHost };
  await hops.pollQueue.send(pollMessages(feeds, wish));
  const traces = new Set(feeds.map(traceOf));
  // Usually every entry is accounted for; where our own store failed a message until it was set aside, the queues are empty.
  const givenUp = new AbortController();
  try {
    const isDone = await Promise.race([
      handled(context, traces, givenUp.signal).then(() => true),
      hops.polls.drained().then((isEmpty) => isEmpty && hops.ingests.drained()),
    ]);
    if (!isDone) throw new Error('Expected every feed to be polled, got a run that is stopping');
  } finally {
    givenUp.abort();
  }
  const finished = ledger.takeFinished((trace) => traces.has(trace));
  const answered = new Set(finished.map((row) => row.feed));
  return [...finished, ...feeds.filter((feed) => !answered.has(feed.id)).map((feed) => failedPoll(feed.id))];
}

/** How often it is looked whether polls have ended. */
const lookAgainMs = 10;

/**
 * Resolves when every one of these polls ended and every entry was handled, or when given up; rejects with a fault. Entries of other polls count
 * too: what those have handed on, these polls call known, and it must be on the wire when we answer.
 */
async function handled(
  { ledger, faulted }: PollAllContext,
  traces: ReadonlySet<string>,
  givenUp: AbortSignal,
): Promise<void> {
  const isDone = () =>
    ledger.handled((trace) => traces.has(trace)) === traces.size && ledger.unhandled() === 0;
  while (!givenUp.aborted && !isDone()) {
    faulted.throwIfAborted();
    await pause(lookAgainMs);
  }
}

/** A poll that never came to an end, because our own store or queue failed it until it was set aside. */
function failedPoll(feed: string): PollRow {
  return { feed, outcome: 'failed', entries: 0, new: 0, updated: 0, known: 0, rejected: 0 };
}
