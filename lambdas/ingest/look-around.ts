import { clustersAsTold, emptyCluster, knownPlace } from '../core/story/cluster-members.ts';
import { copiesAfter, originalReference } from '../core/story/copy-references.ts';
import { isSamePlace, placedDaysMax, placeOf, withStanding } from '../core/story/story-place.ts';
import { storyLine } from '../core/story/story-line.ts';
import {
  type Cluster,
  type Clusterer,
  type Move,
  movesMax,
  type Place,
  type Placement,
  type PlacementPlan,
} from '../core/words/cluster.ts';
import type { Story, StoryLine } from '../core/words/story.ts';
import { isoTime } from '../core/words/time.ts';
import type { ClusterStore, Log, StoryWriter } from '../ports.ts';

/** What looking for a story's relatives needs. */
export interface LookAroundDeps {
  readonly stories: Pick<StoryWriter, 'current'>;
  readonly clusters: Pick<ClusterStore, 'candidates' | 'cluster'>;
  readonly clusterer: Clusterer;
  readonly log: Log;
}

/** Bounds on the reads of one look, whatever the rules ask for. */
const keysAskedMax = 16;
const candidatesMax = 48;
const relatedMax = 12;

/** Stories left behind that are looked at again with the one that moved their cluster's others. */
const behindMax = 12;

const placedMs = placedDaysMax * 86_400_000;

/** What a look that is not the first knows: whether its last plan came to nothing, and whom that left behind. */
export interface LookAgain {
  readonly isFree: boolean;
  readonly behind: readonly string[];
}

/** What is known of those around a story: its relatives and their clusters as they stand now. */
interface Surroundings {
  readonly line: StoryLine;
  readonly related: readonly StoryLine[];
  readonly clusters: readonly Cluster[];
}

/**
 * Where the story belongs among those announced around it: its next version, standing there, and what is to be done for
 * that. Null when it stands where it belongs and nobody is to be moved. Writes nothing. A story that another brought into
 * a cluster meanwhile is not left alone again, unless its own last plan came to nothing.
 */
export async function lookAround(
  deps: LookAroundDeps,
  story: Story,
  { isFree, behind }: LookAgain,
): Promise<{ readonly story: Story; readonly plan: PlacementPlan } | null> {
  const around = await surroundings(deps, story, behind);
  const { related, clusters } = around;
  const placement = deps.clusterer.place({ story: around.line, related, clusters });
  const plan = planOf(story, { placement, around, isFree });
  if (isSamePlace(plan.own.from, plan.own.to) && plan.moves.length === 0) return null;
  if (plan.moves.length > movesMax) {
    deps.log.warn('story.moves-left', { story: story.id, trace: story.trace, moves: plan.moves.length });
    return standing(deps, story, { plan: { ...plan, moves: [] }, around });
  }
  return standing(deps, story, { plan, around });
}

async function surroundings(
  deps: LookAroundDeps,
  story: Story,
  behind: readonly string[],
): Promise<Surroundings> {
  const line = storyLine(story);
  const asked = deps.clusterer.keysOf(line).asked.slice(0, keysAskedMax);
  const since = isoTime(Date.parse(story.sortTime) - placedMs);
  const candidates = await deps.clusters.candidates(asked, since);
  const others = candidates.filter((candidate) => candidate.id !== story.id).slice(0, candidatesMax);
  const likely = deps.clusterer.related(line, others).slice(0, relatedMax);
  const ids = new Set([...likely.map(({ id }) => id), ...behind.slice(0, behindMax)]);
  const found = await Promise.all([...ids].map((id) => deps.stories.current(id)));
  const related = found.filter((other) => other !== null).map(storyLine);
  const names = new Set([...related, line].flatMap(({ cluster }) => (cluster === null ? [] : [cluster])));
  const items = await Promise.all(
    [...names].map(async (id) => (await deps.clusters.cluster(id)) ?? emptyCluster(id)),
  );
  return { line, related, clusters: clustersAsTold(items, related, story.id) };
}

interface Decision {
  readonly placement: Placement;
  readonly around: Surroundings;
  readonly isFree: boolean;
}

function planOf(story: Story, { placement, around, isFree }: Decision): PlacementPlan {
  const from = placeOf(story);
  const { cluster, original } = placement.own;
  const isKept = cluster === null && from.cluster !== null && !isFree;
  const to: Place = isKept ? from : { cluster, original };
  const moves = placement.moves.flatMap((assignment): Move[] => {
    const stands = knownPlace(assignment.id, around);
    if (stands === undefined || assignment.id === story.id) return [];
    const target: Place = { cluster: assignment.cluster, original: assignment.original };
    return isSamePlace(stands, target) ? [] : [{ id: assignment.id, from: stands, to: target }];
  });
  const seen = Object.fromEntries(around.clusters.map(({ id, version }) => [id, version]));
  return { own: { id: story.id, from, to }, moves: isKept ? [] : moves, seen };
}

/** The story as it stands once the plan is carried out. */
async function standing(
  deps: LookAroundDeps,
  story: Story,
  { plan, around }: { readonly plan: PlacementPlan; readonly around: Surroundings },
) {
  const { cluster, original: originalId } = plan.own.to;
  const original = originalId === null ? null : await deps.stories.current(originalId);
  const to = { cluster, original: original?.id ?? null };
  const lines = [...around.related, ...around.clusters.flatMap(({ members }) => members)];
  const placed = withStanding(story, {
    cluster,
    original: original === null ? null : originalReference(story, original),
    copies: copiesAfter(story, plan.moves, (id) => lines.find((line) => line.id === id)),
  });
  return {
    story: placed ?? { ...story, version: story.version + 1 },
    plan: { ...plan, own: { ...plan.own, to } },
  };
}
