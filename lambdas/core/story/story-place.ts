import type { Place } from '../words/cluster.ts';
import type { CopyReference, OriginalReference, Story, StoryLine } from '../words/story.ts';

/** Where a story stands now. */
export const placeOf = (story: Pick<StoryLine, 'cluster' | 'original'>): Place => ({
  cluster: story.cluster,
  original: story.original?.id ?? null,
});

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.cluster === other.cluster && one.original === other.original;

/** What a story's place comes to in the story itself. */
export interface Standing {
  readonly cluster: string | null;
  readonly original: OriginalReference | null;
  readonly copies: readonly CopyReference[];
}

/**
 * The story's next version, standing there; null when it stands there already. No edit: revision, `updated` and its place
 * on the wire stay (invariant I6).
 */
export function withStanding(story: Story, standing: Standing): Story | null {
  const { original: former, ...rest } = story;
  const { cluster, original, copies } = standing;
  const isSame =
    story.cluster === cluster &&
    JSON.stringify([former ?? null, story.copies]) === JSON.stringify([original, copies]);
  if (isSame) return null;
  const reference = original === null ? {} : { original };
  return { ...rest, cluster, copies, ...reference, version: story.version + 1 };
}

const dayMs = 86_400_000;

/** A story is looked for, and looks for others, this many days from its place on the wire: as long as an event lives. */
export const placedDaysMax = 8;

/**
 * May the story still find others of its event? Not when it, or its last change, came more than `placedDaysMax` after its
 * place on the wire, as the history of a feed that is read for the first time does.
 */
export function isPlaceable({ sortTime, firstSeen, updated }: Story): boolean {
  const last = updated > firstSeen ? updated : firstSeen;
  return Date.parse(last) - Date.parse(sortTime) <= placedDaysMax * dayMs;
}
