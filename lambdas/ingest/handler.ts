import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSqsHandler } from '../adapters/aws/sqs-handler.ts';
import { IngestRequest } from '../core/words/messages.ts';
import type { Tags } from '../core/words/story.ts';
import type { Clusterer } from '../core/words/cluster.ts';
import type { ClusterStore, Log, StoryAliases, StoryWriter } from '../ports.ts';
import { ingestEntry } from './ingest-entry.ts';
import { resolveStoryId } from './resolve-story-id.ts';

export interface IngestDeps {
  readonly stories: StoryWriter;
  readonly aliases: StoryAliases;
  readonly clusters: ClusterStore;
  readonly clusterer: Clusterer;
  readonly tag: (text: { title: string; summary: string }) => Tags;
  /** Sums up the counts of days that have settled; limits itself, and nothing but the cost of reading depends on it. */
  readonly settleCounts?: () => Promise<unknown>;
  readonly taxonomyVersion: number;
  /** Days a story is kept; 0 for ever. */
  readonly retentionDays: number;
  readonly log: Log;
}

/**
 * The ingest hop: each entry of a poll becomes a story, an edit of one, or is known. Every write is idempotent under the
 * story's id, so a redelivered message ends in the same table. An entry that cannot be stored does not keep the others of
 * its message from being stored; the message is then delivered again.
 */
export function createIngestHandler(deps: IngestDeps): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return createSqsHandler({
    schema: IngestRequest,
    log: deps.log,
    handle: (request) => ingestRequest(deps, request),
  });
}

async function ingestRequest(deps: IngestDeps, request: IngestRequest): Promise<void> {
  const { trace, sequence, seenAt, firstPoll } = request;
  const { tag, taxonomyVersion, retentionDays } = deps;
  const feed = { id: request.feed, source: request.source, kind: request.kind };
  const faults: unknown[] = [];
  for (const { handedDay, ...entry } of request.entries) {
    try {
      const id = await resolveStoryId(deps, entry, { source: feed.source, seenAt });
      const sight = { id, feed, trace, sequence, seenAt, firstPoll, handedDay };
      const fields = { story: id, feed: feed.id, trace };
      const disposition = await ingestEntry(deps, entry, { ...sight, tag, taxonomyVersion, retentionDays });
      if (disposition === 'entry.rejected')
        deps.log.warn(disposition, { ...fields, reason: 'past-retention' });
      else deps.log.info(disposition, fields);
    } catch (fault) {
      faults.push(fault);
    }
  }
  await settleCounts(deps);
  if (faults.length > 0)
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'several entries failed');
}

/** Never fails the message: what was counted is there, and the next message settles what is left. */
async function settleCounts({ settleCounts: settle, log }: IngestDeps): Promise<void> {
  try {
    await settle?.();
  } catch (error) {
    log.warn('counts.unsettled', { error });
  }
}
