import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { createDynamoFeedStateStore } from '../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { createDynamoStoryReader } from '../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import {
  type EngineName,
  ensureTable,
  startEmbeddedEngine,
} from '../../lambdas/adapters/local/embedded-engine.ts';
import { createFileLog } from '../../lambdas/adapters/local/file-log.ts';
import { startSqsEndpoint } from '../../lambdas/adapters/local/sqs-endpoint.ts';
import type { AllowedHosts } from '../../lambdas/core/fetch/allowed-hosts.ts';
import { pollMessages } from '../../lambdas/core/schedule/poll-messages.ts';
import type { TaggingRules } from '../../lambdas/core/tag/rules.ts';
import type { Catalogue, Feed } from '../../lambdas/core/words/feed.ts';
import { epochMinute } from '../../lambdas/core/words/time.ts';
import { forcedTraceOf, isForcedTrace } from '../../lambdas/core/words/trace.ts';
import type { Clock, FeedStateStore, Log, StoryReader } from '../../lambdas/ports.ts';
import { createPollLedger, type PollLedger, type PollRow } from './ledger.ts';
import { reopenWindows } from './reopen-windows.ts';
import { startHops } from './start-hops.ts';

/** Everything but the HTTP side, running: the same handlers as in the cloud on local endpoints. */
export interface Pipeline {
  readonly engine: EngineName;
  readonly stories: StoryReader;
  readonly states: FeedStateStore;
  readonly log: Log;
  readonly schedule: (event: unknown) => Promise<{ due: number }>;
  /** Polls that ended since the last call, every entry of theirs stored; `idle` when nothing is under way. */
  takeFinished(): { readonly polls: PollRow[]; readonly idle: boolean };
  /** Polls every feed now, whatever its interval, and waits until every entry is stored. */
  pollAll(): Promise<PollRow[]>;
  /** Ends within the bound; false when work had to be left behind. */
  stop(): Promise<boolean>;
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
  readonly onFault: (error: unknown) => void;
}

const tableName = 'sitrep';

/** Work in hand gets this long at the end; what is left then is done again by the next run. */
const stopMsMax = 7_000;

/** Starts engine, queues and hops on loopback. Throws when an engine or endpoint cannot be started. */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { clock, catalogue, directory } = options;
  const ledger = createPollLedger();
  const log = createFileLog({ path: path.join(directory, 'sitrep.log'), clock, listener: ledger.listen });
  const [engine, sqs] = await Promise.all([startEmbeddedEngine({ directory }), startSqsEndpoint()]);
  await ensureTable(engine.client, tableName);
  const table: Table = {
    client: engine.client,
    name: tableName,
    clock,
    retentionDays: options.retentionDays,
  };
  const states = createDynamoFeedStateStore(table);
  if (options.uncleanSinceDay !== null) await reopenWindows(states, catalogue.feeds, options.uncleanSinceDay);
  const hops = await startHops({ ...options, table, states, sqs, log });

  const forced: PollRow[] = [];
  return {
    engine: engine.name,
    stories: createDynamoStoryReader(table),
    states,
    log,
    schedule: hops.schedule,
    takeFinished: () => {
      const polls = [...forced.splice(0), ...ledger.takeHandled((trace) => !isForcedTrace(trace))];
      return { polls, idle: ledger.open() === 0 };
    },
    pollAll: async () => {
      const rows = await pollAll(catalogue.feeds, { hops, ledger, now: clock() });
      forced.push(...rows);
      return rows;
    },
    stop: async () => {
      // No new polls; those under way may still hand entries on, so the ingest queue is drained after them.
      const finish = hops.polls.stop().then(() => hops.ingests.drained());
      const clean = await Promise.race([finish.then(() => true), pause(stopMsMax, false, { ref: false })]);
      await hops.ingests.stop();
      await Promise.all([engine.stop(), sqs.stop(), log.close()]);
      return clean;
    },
  };
}

interface PollAllContext {
  readonly hops: Awaited<ReturnType<typeof startHops>>;
  readonly ledger: PollLedger;
  readonly now: number;
}

/** Polls these feeds now and waits until every entry is stored; a row for each feed. */
async function pollAll(feeds: readonly Feed[], { hops, ledger, now }: PollAllContext): Promise<PollRow[]> {
  const traceOf = (feed: Feed) => forcedTraceOf(now, feed.id);
  const wish = { tick: epochMinute(now), forced: true, traceOf, isOwnHost: hops.isOwnHost };
  await hops.pollQueue.send(pollMessages(feeds, wish));
  const traces = new Set(feeds.map(traceOf));
  // Usually every entry is accounted for; where our own store failed a message until it was set aside, the queues are empty.
  const givenUp = new AbortController();
  await Promise.race([
    handled(ledger, traces, givenUp.signal),
    hops.polls.drained().then(() => hops.ingests.drained()),
  ]);
  givenUp.abort();
  const finished = ledger.takeFinished((trace) => traces.has(trace));
  const answered = new Set(finished.map((row) => row.feed));
  return [...finished, ...feeds.filter((feed) => !answered.has(feed.id)).map((feed) => failedPoll(feed.id))];
}

/** How often it is looked whether polls have ended. */
const lookAgainMs = 10;

/**
 * Resolves when every one of these polls ended and every entry was handled, or when given up. Entries of other polls count
 * too: what those have handed on, these polls call known, and it must be on the wire when we answer.
 */
async function handled(ledger: PollLedger, traces: ReadonlySet<string>, givenUp: AbortSignal): Promise<void> {
  const isDone = () =>
    ledger.handled((trace) => traces.has(trace)) === traces.size && ledger.unhandled() === 0;
  while (!givenUp.aborted && !isDone()) await pause(lookAgainMs);
}

/** A poll that never came to an end, because our own store or queue failed it until it was set aside. */
function failedPoll(feed: string): PollRow {
  return { feed, outcome: 'failed', entries: 0, new: 0, updated: 0, known: 0, rejected: 0 };
}
