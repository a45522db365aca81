import type { Entry } from '../core/words/entry.ts';
import { decideStory, type SightContext, type StoryDecision } from '../core/story/story-decision.ts';
import type { Log, StoredStory, StoryWriter } from '../ports.ts';

/** What storing one entry needs. */
export interface IngestEntryDeps {
  readonly stories: StoryWriter;
  readonly log: Log;
}

/** Two ingests of one story settle within a round each; more than this means the store misbehaves. */
const attemptsMax = 5;

/** What became of an entry; each is logged exactly once per handled entry (invariant I9). */
export type Disposition = 'entry.stored' | 'entry.updated' | 'entry.known' | 'entry.rejected';

/** Finds, decides, writes; when another ingest wrote in between, starts over from what it wrote. */
export async function ingestEntry(
  deps: IngestEntryDeps,
  entry: Entry,
  context: SightContext,
): Promise<Disposition> {
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
