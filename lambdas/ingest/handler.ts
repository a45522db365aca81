import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSqsHandler } from '../adapters/aws/sqs-handler.ts';
import type { Entry } from '../core/words/entry.ts';
import type { Feed } from '../core/words/feed.ts';
import { storyId } from '../core/identity/identity.ts';
import { IngestRequest } from '../core/words/messages.ts';
import { decideStory, type SightContext } from '../core/story/story-decision.ts';
import type { Tags } from '../core/words/story.ts';
import type { Log, StoryWriter } from '../ports.ts';

export interface IngestDeps {
  readonly feeds: ReadonlyMap<string, Feed>;
  readonly stories: StoryWriter;
  readonly tag: (text: { title: string; summary: string }) => Tags;
  readonly taxonomyVersion: number;
  readonly log: Log;
}

/** Two ingests of one story settle within a round each; more than this means the store misbehaves. */
const attemptsMax = 5;

/** What became of an entry; each is logged exactly once per handled entry (invariant I9). */
export type Disposition = 'entry.stored' | 'entry.updated' | 'entry.known';

/**
 * The ingest hop: each entry of a poll becomes a story, an edit of one, or is known. Every write is idempotent under the
 * story's id, so a redelivered message ends in the same table. A message that fails is delivered again as a whole.
 */
export function createIngestHandler(deps: IngestDeps): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return createSqsHandler({
    schema: IngestRequest,
    log: deps.log,
    handle: (request) => ingestRequest(deps, request),
  });
}

async function ingestRequest(deps: IngestDeps, request: IngestRequest): Promise<void> {
  const { feed: feedId, trace } = request;
  const feed = deps.feeds.get(feedId);
  if (feed === undefined) {
    // The feed left the catalogue while its entries were under way.
    for (const { key } of request.entries)
      deps.log.warn('entry.rejected', { feed: feedId, trace, key, reason: 'unknown-feed' });
    return;
  }
  for (const entry of request.entries) {
    const id = storyId(feed.source, entry.key);
    const disposition = await ingestEntry(deps, entry, {
      id,
      feed,
      trace,
      seenAt: request.seenAt,
      firstPoll: request.firstPoll,
      tag: deps.tag,
      taxonomyVersion: deps.taxonomyVersion,
    });
    deps.log.info(disposition, { story: id, feed: feedId, trace });
  }
}

/** Finds, decides, writes; when another ingest wrote in between, starts over from what it wrote. */
async function ingestEntry(deps: IngestDeps, entry: Entry, context: SightContext): Promise<Disposition> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const stored = await deps.stories.find(context.id);
    if (stored !== null && !stored.complete) {
      await deps.stories.heal(stored);
      deps.log.warn('story.healed', { story: context.id, trace: context.trace });
    }
    const decision = decideStory(entry, stored?.story ?? null, context);
    if (decision.kind === 'known' || stored === null || decision.kind === 'create') {
      if (decision.kind !== 'create') return 'entry.known';
      if ((await deps.stories.create(decision.story)) === 'created') return 'entry.stored';
    } else if ((await deps.stories.replace(decision.story, stored.story)) === 'replaced') {
      return decision.disposition === 'updated' ? 'entry.updated' : 'entry.known';
    }
  }
  throw new Error(`Expected to store ${context.id} within ${attemptsMax} attempts, got a conflict at each`);
}
