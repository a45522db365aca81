import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoClusterStore } from '../../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { createDynamoStoryAliases } from '../../lambdas/adapters/aws/dynamodb-story-aliases.ts';
import { createTallyRollup } from '../../lambdas/adapters/aws/dynamodb-tally-rollup.ts';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { createSqsQueue } from '../../lambdas/adapters/aws/sqs-queue.ts';
import { createGuardedFetcher } from '../../lambdas/adapters/guarded-fetcher.ts';
import { createHostGate } from '../../lambdas/adapters/host-gate.ts';
import { startQueuePump } from '../../lambdas/adapters/local/queue-pump.ts';
import type { SqsEndpoint } from '../../lambdas/adapters/local/sqs-endpoint.ts';
import { createClusterer } from '../../lambdas/core/cluster/clusterer.ts';
import { isOwnHost } from '../../lambdas/core/fetch/own-host.ts';
import { userAgent } from '../../lambdas/core/fetch/user-agent.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import type { IngestRequest, PollRequest } from '../../lambdas/core/words/messages.ts';
import { createIngestHandler } from '../../lambdas/ingest/handler.ts';
import { createPollHandler } from '../../lambdas/poll/handler.ts';
import type { FeedStateStore, Log } from '../../lambdas/ports.ts';
import { createScheduleHandler } from '../../lambdas/schedule/handler.ts';
import { dataDirectory, loadClusterWeights } from '../compile-data.ts';
import type { PipelineOptions } from './pipeline.ts';

/** What the hops are bound to on one machine. */
interface HopBindings extends PipelineOptions {
  readonly table: Table;
  readonly states: FeedStateStore;
  readonly sqs: SqsEndpoint;
  readonly log: Log;
}

/**
 * Batch sizes and queues as in the stack (lib/pipeline.ts). Batches in hand at once are as many as suit one machine: the
 * stages have 2 to 10 of polls and 2 to 5 of ingests (lib/stages.ts).
 */
const settings = {
  polls: { concurrency: 4, batchSize: 1, queue: { visibilitySeconds: 540, receivesMax: 3 } },
  ingests: { concurrency: 4, batchSize: 5, queue: { visibilitySeconds: 360, receivesMax: 5 } },
} as const;

/** The three writing hops with their queues, as the stack wires them: the same handlers, the same adapters. */
export async function startHops(bindings: HopBindings) {
  const { catalogue, states, sqs, log, clock, allowedHosts } = bindings;
  const isOwn = (url: string): boolean => isOwnHost(url, allowedHosts);
  const [pollUrl, ingestUrl] = await Promise.all([
    sqs.createQueue('poll', settings.polls.queue),
    sqs.createQueue('ingest', settings.ingests.queue),
  ]);
  const pollQueue = createSqsQueue<PollRequest>(sqs.client, pollUrl);
  const feeds = new Map(catalogue.feeds.map((feed) => [feed.id, feed]));
  const poll = createPollHandler({
    feeds,
    states,
    clock,
    log,
    isOwnHost: isOwn,
    fetcher: createGuardedFetcher({ userAgent: userAgent(bindings.contactUrl), allowedHosts }),
    ingestQueue: createSqsQueue<IngestRequest>(sqs.client, ingestUrl),
    gate: createHostGate({ clock, pause, isOwnHost: isOwn }),
  });
  const ingest = createIngestHandler({
    log,
    retentionDays: bindings.retentionDays,
    stories: createDynamoStoryWriter(bindings.table),
    aliases: createDynamoStoryAliases(bindings.table),
    clusters: createDynamoClusterStore(bindings.table),
    clusterer: createClusterer(loadClusterWeights(dataDirectory)),
    settleCounts: createTallyRollup(bindings.table).settle,
    tag: createTagger(bindings.rules),
    taxonomyVersion: bindings.rules.version,
  });
  const pump = { client: sqs.client, onError: bindings.onFault };
  return {
    pollQueue,
    isOwnHost: isOwn,
    schedule: createScheduleHandler({
      feeds: catalogue.feeds,
      states,
      pollQueue,
      log,
      clock,
      isOwnHost: isOwn,
    }),
    polls: startQueuePump({ ...pump, ...settings.polls, queueUrl: pollUrl, handler: poll }),
    ingests: startQueuePump({ ...pump, ...settings.ingests, queueUrl: ingestUrl, handler: ingest }),
  };
}
