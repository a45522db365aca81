import { emptyCluster, withMembers } from '../core/story/cluster-members.ts';
import { copiesAfter, originalReference } from '../core/story/copy-references.ts';
import { isSamePlace, placeOf, withStanding } from '../core/story/story-place.ts';
import type { Cluster, Move, PlacementPlan } from '../core/words/cluster.ts';
import type { Story } from '../core/words/story.ts';
import type { ClusterStore, StoryWriter } from '../ports.ts';
import { rewriteStory } from './rewrite-story.ts';

/** What carrying out a plan needs. */
export interface CarryOutDeps {
  readonly stories: StoryWriter;
  readonly clusters: Pick<ClusterStore, 'cluster' | 'save'>;
}

/** A plan in hand: of this story, as it was stored with it; `isResumed`: begun before, by one who did not finish. */
export interface PlanInHand {
  readonly story: Story;
  readonly plan: PlacementPlan;
  readonly isResumed: boolean;
}

/** The plan at work: all moves, its own first, and the stories concerned as they stand now, by id. */
interface Work {
  readonly moves: readonly Move[];
  readonly seen: PlacementPlan['seen'];
  readonly stories: Map<string, Story>;
  /** Those that a full cluster has yet to count. */
  readonly joined: Set<string>;
  /** Members of clusters that some of the moved stories left, whom the plan does not speak of. */
  readonly behind: Set<string>;
  /** Clusters that were found, before any of this was written, as the plan did not know them. */
  readonly changed: Set<string>;
  readonly met: Set<string>;
}

/**
 * How a plan ended; what is written agrees with where the stories stand in any case. `isVoid`: the story, or one it was to
 * move, stands elsewhere by now, or a cluster is not as the plan knew it. `story` is as it stands in the end; `behind` are
 * the ids of those that were left behind: on purpose, or because they joined while the plan was made.
 */
export interface PlanEnd {
  readonly isVoid: boolean;
  readonly story: Story;
  readonly behind: readonly string[];
}

/** Somebody else's move of the same stories settles within a round; more means a store that misbehaves. */
const roundsMax = 8;

/**
 * Carries out what placing a story set out to do: the stories first, because each says where it stands; then the
 * originals' lists and the clusters' rows, which follow from that; then one more look whether anybody moved these stories
 * meanwhile. Idempotent.
 */
export async function carryOut(deps: CarryOutDeps, { story, plan, isResumed }: PlanInHand): Promise<PlanEnd> {
  const moves = [plan.own, ...plan.moves];
  const joining = moves.filter(({ from, to }) => from.cluster !== to.cluster).map(({ id }) => id);
  const work: Work = {
    moves,
    seen: plan.seen,
    stories: new Map([[story.id, story]]),
    joined: new Set(isResumed ? [] : joining),
    behind: new Set(),
    changed: new Set(),
    met: new Set(),
  };
  const isValid = isSamePlace(placeOf(story), plan.own.to);
  if (isValid) await moveStories(deps, work, plan);
  else await readStories(deps, work);
  await agree(deps, work);
  const stands = ({ id, to }: Move): boolean => {
    const now = work.stories.get(id);
    return now === undefined || isSamePlace(placeOf(now), to);
  };
  const isVoid = !isValid || !moves.every(stands) || work.changed.size > 0;
  return { isVoid, story: work.stories.get(story.id) ?? story, behind: [...work.behind] };
}

/** Rewrites each story that still stands where the plan found it; of an edited story, how its copies refer to it. */
async function moveStories(deps: CarryOutDeps, work: Work, plan: PlacementPlan): Promise<void> {
  for (const { id, from, to } of plan.moves) {
    const original = to.original === null ? null : await storyOf(deps, work, to.original);
    const rewritten = await rewriteStory(deps.stories, id, (story) => {
      if (!isSamePlace(placeOf(story), from)) return null;
      return withStanding(story, {
        cluster: to.cluster,
        original: original === null ? null : originalReference(story, original),
        copies: copiesAfter(story, work.moves, (moved) => work.stories.get(moved)),
      });
    });
    if (rewritten !== null) work.stories.set(id, rewritten);
  }
  const own = work.stories.get(plan.own.id);
  if (own === undefined || !isSamePlace(plan.own.from, plan.own.to)) return;
  for (const copy of own.copies) {
    await rewriteStory(deps.stories, copy.id, (story) =>
      story.original?.id === own.id
        ? withStanding(story, { ...story, original: originalReference(story, own) })
        : null,
    );
  }
}

async function storyOf(deps: CarryOutDeps, work: Work, id: string): Promise<Story | null> {
  return work.stories.get(id) ?? (await deps.stories.current(id));
}

/** Reads every story concerned anew; true when one stands elsewhere than it did. */
async function readStories(deps: CarryOutDeps, { moves, stories }: Work): Promise<boolean> {
  const found = await Promise.all(moves.map(({ id }) => deps.stories.current(id)));
  let isMoved = false;
  for (const story of found) {
    if (story === null) continue;
    const before = stories.get(story.id);
    isMoved ||= before === undefined || !isSamePlace(placeOf(before), placeOf(story));
    stories.set(story.id, story);
  }
  return isMoved;
}

/** Makes originals and clusters agree with where the stories stand, until nobody has moved one of them meanwhile. */
async function agree(deps: CarryOutDeps, work: Work): Promise<void> {
  for (let round = 1; round <= roundsMax; round += 1) {
    await agreeOriginals(deps, work);
    const isSaved = await agreeClusters(deps, work);
    const isMoved = await readStories(deps, work);
    if (isSaved && !isMoved) return;
  }
  const ids = work.moves.map(({ id }) => id).join(', ');
  throw new Error(
    `Expected the clusters of ${ids} to settle within ${roundsMax} rounds, got a change at each`,
  );
}

/** Every id that the moves name for this, and that the stories name now. */
function named(
  { moves, stories }: Work,
  of: (place: { readonly cluster: string | null; readonly original: string | null }) => string | null,
): string[] {
  const places = moves.flatMap(({ id, from, to }) => {
    const story = stories.get(id);
    return story === undefined ? [from, to] : [from, to, placeOf(story)];
  });
  return [...new Set(places.map(of).filter((id) => id !== null))];
}

async function agreeOriginals({ stories }: CarryOutDeps, work: Work): Promise<void> {
  const told = work.moves.flatMap((move): Move[] => {
    const story = work.stories.get(move.id);
    return story === undefined ? [] : [{ ...move, to: placeOf(story) }];
  });
  for (const id of named(work, ({ original }) => original)) {
    const rewritten = await rewriteStory(stories, id, (story) =>
      withStanding(story, {
        cluster: story.cluster,
        original: story.original ?? null,
        copies: copiesAfter(story, told, (copy) => work.stories.get(copy)),
      }),
    );
    if (rewritten !== null && work.stories.has(id)) work.stories.set(id, rewritten);
  }
}

/** False when a cluster was saved by another in between. */
async function agreeClusters({ clusters }: CarryOutDeps, work: Work): Promise<boolean> {
  const members = work.moves.flatMap(({ id }) => work.stories.get(id) ?? []);
  for (const id of named(work, ({ cluster }) => cluster)) {
    const stored = (await clusters.cluster(id)) ?? emptyCluster(id);
    compare(work, stored);
    const next = withMembers(stored, members, work.joined);
    if (next === null) continue;
    if (!(await clusters.save(next, stored.version))) return false;
    for (const member of members) if (member.cluster === id) work.joined.delete(member.id);
  }
  return true;
}

/** Notes what of a cluster is not as the plan knew it. */
function compare({ moves, behind, seen, met, changed }: Work, { id, members, version }: Cluster): void {
  if (seen !== null && !met.has(id) && version !== (seen[id] ?? 0)) changed.add(id);
  met.add(id);
  if (!moves.some(({ from, to }) => from.cluster === id && to.cluster !== id)) return;
  for (const member of members) if (!moves.some((move) => move.id === member.id)) behind.add(member.id);
}
