import type { Entry } from '../core/words/entry.ts';
import { announcedLine } from '../core/story/cluster-members.ts';
import { decideStory, type SightContext, type StoryDecision } from '../core/story/story-decision.ts';
import { storyLine } from '../core/story/story-line.ts';
import { isPlaceable } from '../core/story/story-place.ts';
import type { Story } from '../core/words/story.ts';
import type { ClusterStore, StoredStory } from '../ports.ts';
import { amendEdited } from './amend-edited.ts';
import { settleStory, type SettleDeps } from './settle-story.ts';

/** What storing one entry needs. */
export interface IngestEntryDeps extends SettleDeps {
  readonly clusters: ClusterStore;
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
      await goOn(deps, stored);
      deps.log.warn('story.healed', { story: context.id, trace: context.trace });
    }
    const disposition = await writeDecision(deps, decideStory(entry, stored?.story ?? null, context), stored);
    if (disposition !== null) return disposition;
  }
  throw new Error(`Expected to store ${context.id} within ${attemptsMax} attempts, got a conflict at each`);
}

/** Writes what was decided; null when another ingest was faster and it must be decided anew. */
async function writeDecision(
  deps: IngestEntryDeps,
  decision: StoryDecision,
  stored: StoredStory | null,
): Promise<Disposition | null> {
  if (decision.kind === 'reject') return 'entry.rejected';
  if (decision.kind === 'create') return (await isCreated(deps, decision.story)) ? 'entry.stored' : null;
  if (decision.kind === 'known' || stored === null) return 'entry.known';
  if (decision.kind === 'note') {
    return (await deps.stories.stamp(decision.story, stored)) === 'stamped' ? 'entry.known' : null;
  }
  const { disposition, story } = decision;
  if (disposition === 'updated') return (await isEdited(deps, story, stored)) ? 'entry.updated' : null;
  return (await deps.stories.replace(story, stored.story)) === 'replaced' ? 'entry.known' : null;
}

/** Announcing and claiming come before looking around, in either order; what is past finding others goes straight on. */
async function isCreated(deps: IngestEntryDeps, story: Story): Promise<boolean> {
  if (!isPlaceable(story)) return (await deps.stories.create(story)) === 'created';
  const [claimed] = await Promise.all([deps.stories.claim(story), announce(deps, story)]);
  if (claimed === 'exists') return false;
  await settleStory(deps, { story, listed: 0, complete: false, dropped: [], plan: null });
  return true;
}

/** An edited story is found under its new words from now on. */
async function isEdited(deps: IngestEntryDeps, story: Story, stored: StoredStory): Promise<boolean> {
  const amended = await amendEdited(deps.stories, story, stored);
  if (amended === null) return false;
  if (isPlaceable(story)) await announce(deps, story);
  await settleStory(deps, amended);
  return true;
}

/** Takes up a story where its last writer left it. */
async function goOn(deps: IngestEntryDeps, stored: StoredStory): Promise<void> {
  if (isPlaceable(stored.story)) await announce(deps, stored.story);
  await settleStory(deps, stored);
}

/** Rows that one story is announced under at most, whatever the rules say. */
const keysAnnouncedMax = 4;

async function announce({ clusters, clusterer }: IngestEntryDeps, story: Story): Promise<void> {
  const { announced } = clusterer.keysOf(storyLine(story));
  await clusters.announce(announcedLine(story), announced.slice(0, keysAnnouncedMax));
}
