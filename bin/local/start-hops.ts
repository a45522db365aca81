import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { createSqsQueue } from '../../lambdas/adapters/aws/sqs-queue.ts';
import { createGuardedFetcher } from '../../lambdas/adapters/guarded-fetcher.ts';
import { createHostGate } from '../../lambdas/adapters/host-gate.ts';
import { startQueuePump } from '../../lambdas/adapters/local/queue-pump.ts';
import type { SqsEndpoint } from '../../lambdas/adapters/local/sqs-endpoint.ts';
import { isOwnHost } from '../../lambdas/core/fetch/own-host.ts';
import { userAgent } from '../../lambdas/core/fetch/user-agent.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import type { IngestRequest, PollRequest } from '../../lambdas/core/words/messages.ts';
import { createIngestHandler } from '../../lambdas/ingest/handler.ts';
import { createPollHandler } from '../../lambdas/poll/handler.ts';
import type { FeedStateStore, Log } from '../../lambdas/ports.ts';
import { createScheduleHandler } from '../../lambdas/schedule/handler.ts';
import type { PipelineOptions } from './pipeline.ts';

/** What the hops are bound to on one machine. */
export interface HopBindings extends PipelineOptions {
  readonly table: Table;
  readonly states: FeedStateStore;
  readonly sqs: SqsEndpoint;
  readonly log: Log;
}

/** Batches in hand at once, as the event source mappings of the stack have it. */
const atOnce = { polls: 4, ingests: 4 };

/** The three writing hops with their queues, as the stack wires them: the same handlers, the same adapters. */
export async function startHops(bindings: HopBindings) {
  const { catalogue, states, sqs, log, clock, allowedHosts } = bindings;
  const isOwn = (url: string): boolean => isOwnHost(url, allowedHosts);
  const [polls, ingests] = await Promise.all([sqs.createQueue('poll'), sqs.createQueue('ingest')]);
  const pollQueue = createSqsQueue<PollRequest>(sqs.client, polls.queueUrl);
  const feeds = new Map(catalogue.feeds.map((feed) => [feed.id, feed]));
  const poll = createPollHandler({
    feeds,
    states,
    clock,
    log,
    isOwnHost: isOwn,
    fetcher: createGuardedFetcher({ userAgent: userAgent(bindings.contactUrl), allowedHosts }),
    ingestQueue: createSqsQueue<IngestRequest>(sqs.client, ingests.queueUrl),
    gate: createHostGate({ clock, pause, isOwnHost: isOwn }),
  });
  const ingest = createIngestHandler({
    feeds,
    log,
    stories: createDynamoStoryWriter(bindings.table),
    tag: createTagger(bindings.rules),
    taxonomyVersion: bindings.rules.version,
  });
  const pump = { client: sqs.client, onError: bindings.onFault };
  return {
    pollQueue,
    isOwnHost: isOwn,
    schedule: createScheduleHandler({ feeds: catalogue.feeds, states, pollQueue, log, isOwnHost: isOwn }),
    polls: startQueuePump({
      ...pump,
      queueUrl: polls.queueUrl,
      handler: poll,
      concurrency: atOnce.polls,
      batchSize: 1,
    }),
    ingests: startQueuePump({
      ...pump,
      queueUrl: ingests.queueUrl,
      handler: ingest,
      concurrency: atOnce.ingests,
      batchSize: 2,
    }),
  };
}
