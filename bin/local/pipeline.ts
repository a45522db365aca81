import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { createDynamoFeedStateStore } from '../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { createDynamoStoryReader } from '../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import { createSqsQueue } from '../../lambdas/adapters/aws/sqs-queue.ts';
import { createHostGate } from '../../lambdas/adapters/host-gate.ts';
import { createGuardedFetcher } from '../../lambdas/adapters/guarded-fetcher.ts';
import {
  type EngineName,
  ensureTable,
  startEmbeddedEngine,
} from '../../lambdas/adapters/local/embedded-engine.ts';
import { createFileLog } from '../../lambdas/adapters/local/file-log.ts';
import { startQueuePump } from '../../lambdas/adapters/local/queue-pump.ts';
import { startSqsEndpoint } from '../../lambdas/adapters/local/sqs-endpoint.ts';
import type { AllowedHosts } from '../../lambdas/core/fetch/allowed-hosts.ts';
import type { Catalogue } from '../../lambdas/core/words/feed.ts';
import type { IngestRequest, PollRequest } from '../../lambdas/core/words/messages.ts';
import { isOwnHost } from '../../lambdas/core/fetch/own-host.ts';
import { pollMessages } from '../../lambdas/core/schedule/poll-messages.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import type { TaggingRules } from '../../lambdas/core/tag/rules.ts';
import { epochMinute } from '../../lambdas/core/words/time.ts';
import { forcedTraceOf, isForcedTrace } from '../../lambdas/core/words/trace.ts';
import { userAgent } from '../../lambdas/core/fetch/user-agent.ts';
import { createIngestHandler } from '../../lambdas/ingest/handler.ts';
import { createPollHandler } from '../../lambdas/poll/handler.ts';
import type { Clock, FeedStateStore, Log, StoryReader } from '../../lambdas/ports.ts';
import { createScheduleHandler } from '../../lambdas/schedule/handler.ts';
import { createPollLedger, type PollLedger, type PollRow } from './ledger.ts';
import { reopenWindows } from './reopen-windows.ts';

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
  readonly contactUrl: string;
  readonly retentionDays: number;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

const tableName = 'sitrep';

/** Work in hand gets this long at the end; what is left then is done again by the next run. */
const stopMsMax = 7_000;

/** Starts engine, queues and pumps on loopback. Throws when an engine or endpoint cannot be started. */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { clock, catalogue, allowedHosts } = options;
  const isOwn = (url: string): boolean => isOwnHost(url, allowedHosts);
  const ledger = createPollLedger();
  const log = createFileLog({
    path: path.join(options.directory, 'sitrep.log'),
    clock,
    listener: ledger.listen,
  });
  const [engine, sqs] = await Promise.all([
    startEmbeddedEngine({ directory: options.directory }),
    startSqsEndpoint(),
  ]);
  await ensureTable(engine.client, tableName);
  const table = { client: engine.client, name: tableName, clock, retentionDays: options.retentionDays };
  const states = createDynamoFeedStateStore(table);
  if (options.uncleanSinceDay !== null) await reopenWindows(states, catalogue.feeds, options.uncleanSinceDay);

  const [polls, ingests] = await Promise.all([sqs.createQueue('poll'), sqs.createQueue('ingest')]);
  const pollQueue = createSqsQueue<PollRequest>(sqs.client, polls.queueUrl);
  const feeds = new Map(catalogue.feeds.map((feed) => [feed.id, feed]));
  const pollHandler = createPollHandler({
    ...{ feeds, states, clock, log, isOwnHost: isOwn },
    fetcher: createGuardedFetcher({ userAgent: userAgent(options.contactUrl), allowedHosts }),
    ingestQueue: createSqsQueue<IngestRequest>(sqs.client, ingests.queueUrl),
    gate: createHostGate({ clock, pause, isOwnHost: isOwn }),
  });
  const ingestHandler = createIngestHandler({
    ...{ feeds, log, stories: createDynamoStoryWriter(table) },
    tag: createTagger(options.rules),
    taxonomyVersion: options.rules.version,
  });
  const pump = { client: sqs.client, onError: options.onFault };
  const pollPump = startQueuePump({
    ...pump,
    queueUrl: polls.queueUrl,
    handler: pollHandler,
    concurrency: 4,
    batchSize: 1,
  });
  const ingestPump = startQueuePump({
    ...pump,
    queueUrl: ingests.queueUrl,
    handler: ingestHandler,
    concurrency: 4,
    batchSize: 2,
  });

  const forced: PollRow[] = [];
  return {
    ...{ engine: engine.name, stories: createDynamoStoryReader(table), states, log },
    schedule: createScheduleHandler({ feeds: catalogue.feeds, states, pollQueue, log, isOwnHost: isOwn }),
    takeFinished: () => {
      const polls = [...forced.splice(0), ...ledger.takeHandled((trace) => !isForcedTrace(trace))];
      return { polls, idle: ledger.open() === 0 };
    },
    pollAll: async () => {
      const now = clock();
      const traceOf = (feed: { id: string }) => forcedTraceOf(now, feed.id);
      const wish = { tick: epochMinute(now), forced: true, traceOf, isOwnHost: isOwn };
      await pollQueue.send(pollMessages(catalogue.feeds, wish));
      const traces = new Set(catalogue.feeds.map(traceOf));
      // Usually every entry is accounted for; where our own store failed one until it was set aside, the queues are empty.
      const setAside = new AbortController();
      await Promise.race([
        handled(ledger, traces, setAside.signal),
        pollPump.drained().then(() => ingestPump.drained()),
      ]);
      setAside.abort();
      const finished = ledger.takeFinished((trace) => traces.has(trace));
      const answered = new Set(finished.map((row) => row.feed));
      const missing = catalogue.feeds
        .filter((feed) => !answered.has(feed.id))
        .map((feed) => failedPoll(feed.id));
      forced.push(...finished, ...missing);
      return [...finished, ...missing];
    },
    stop: async () => {
      // No new polls; those under way may still hand entries on, so the ingest queue is drained after them.
      const finish = pollPump.stop().then(() => ingestPump.drained());
      const clean = await Promise.race([finish.then(() => true), pause(stopMsMax, false, { ref: false })]);
      await ingestPump.stop();
      await Promise.all([engine.stop(), sqs.stop(), log.close()]);
      return clean;
    },
  };
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
const failedPoll = (feed: string): PollRow => ({
  ...{ feed, outcome: 'failed', entries: 0, new: 0, updated: 0, known: 0, rejected: 0 },
});
