import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSqsHandler } from '../adapters/aws/sqs-handler.ts';
import type { Entry } from '../core/words/entry.ts';
import { storyId } from '../core/identity/identity.ts';
import { IngestRequest } from '../core/words/messages.ts';
import { decideStory, type SightContext, type StoryDecision } from '../core/story/story-decision.ts';
import type { Tags } from '../core/words/story.ts';
import type { Log, StoredStory, StoryWriter } from '../ports.ts';

export interface IngestDeps {
  readonly stories: StoryWriter;
  readonly tag: (text: { title: string; summary: string }) => Tags;
  readonly taxonomyVersion: number;
  /** Days a story is kept; 0 for ever. */
  readonly retentionDays: number;
  readonly log: Log;
}

/** Two ingests of one story settle within a round each; more than this means the store misbehaves. */
const attemptsMax = 5;

/** What became of an entry; each is logged exactly once per handled entry (invariant I9). */
type Disposition = 'entry.stored' | 'entry.updated' | 'entry.known' | 'entry.rejected';

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
    const id = storyId(feed.source, entry.key);
    const sight = { id, feed, trace, sequence, seenAt, firstPoll, handedDay };
    try {
      const fields = { story: id, feed: feed.id, trace };
      const disposition = await ingestEntry(deps, entry, { ...sight, tag, taxonomyVersion, retentionDays });
      if (disposition === 'entry.rejected')
        deps.log.warn(disposition, { ...fields, reason: 'past-retention' });
      else deps.log.info(disposition, fields);
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0)
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'several entries failed');
}

/** Finds, decides, writes; when another ingest wrote in between, starts over from what it wrote. */
async function ingestEntry(deps: IngestDeps, entry: Entry, context: SightContext): Promise<Disposition> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const stored = await deps.stories.find(context.id);
    if (stored !== null && !stored.complete) {
      await deps.stories.heal(stored);
      deps.log.warn('story.healed', { story: context.id, trace: context.trace });
    }
    const disposition = await carryOut(
      deps.stories,
      decideStory(entry, stored?.story ?? null, context),
      stored,
    );
    if (disposition !== null) return disposition;
  }
  throw new Error(`Expected to store ${context.id} within ${attemptsMax} attempts, got a conflict at each`);
}

/** Writes what was decided; null when another ingest was faster and it must be decided anew. */
async function carryOut(
  stories: StoryWriter,
  decision: StoryDecision,
  stored: StoredStory | null,
): Promise<Disposition | null> {
  if (decision.kind === 'reject') return 'entry.rejected';
  if (decision.kind === 'create') {
    return (await stories.create(decision.story)) === 'created' ? 'entry.stored' : null;
  }
  if (decision.kind === 'known' || stored === null) return 'entry.known';
  if ((await stories.replace(decision.story, stored.story)) === 'conflict') return null;
  return decision.disposition === 'updated' ? 'entry.updated' : 'entry.known';
}
