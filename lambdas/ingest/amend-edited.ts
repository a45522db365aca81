import { originalReference } from '../core/story/copy-references.ts';
import { placeOf } from '../core/story/story-place.ts';
import type { PlacementPlan } from '../core/words/cluster.ts';
import type { Story } from '../core/words/story.ts';
import type { StoredStory, StoryWriter } from '../ports.ts';

/**
 * Stores an edited story, its own item alone; null when another writer was faster. An edit never takes a story out of its
 * cluster: there it stays, and its plan is to be shown anew by whoever shows it (its cluster, its original, its copies).
 * One that stands alone has no plan, so that it looks around again under its new words.
 */
export async function amendEdited(
  stories: Pick<StoryWriter, 'amend' | 'current'>,
  edited: Story,
  stored: StoredStory,
): Promise<StoredStory | null> {
  const place = placeOf(edited);
  const isAlone = place.cluster === null && place.original === null;
  const plan: PlacementPlan | null = isAlone
    ? null
    : { own: { id: edited.id, from: place, to: place }, moves: [], seen: null };
  const original = place.original === null ? null : await stories.current(place.original);
  const story = original === null ? edited : { ...edited, original: originalReference(edited, original) };
  return stories.amend(story, stored, plan);
}
