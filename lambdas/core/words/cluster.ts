import type { StoryLine } from './story.ts';

/**
 * The stories of one event. `id` is the id of the story it began with and never changes, whoever leads or joins.
 * `members` are in order of first sight, then id; each is the line of a story as it was when it joined or was last edited.
 * `total` counts all that ever belonged to it, also those beyond `clusterMembersMax`. `version` rises with every save.
 */
export interface Cluster {
  readonly id: string;
  readonly members: readonly StoryLine[];
  readonly total: number;
  readonly version: number;
}

/** Members that a cluster keeps by name; a larger event goes on counting. Bounds the row and the work of one join. */
export const clusterMembersMax = 64;

/** Where a story belongs: its cluster (null: alone) and the story whose text it repeats (null: its own text). */
export interface Assignment {
  readonly id: string;
  readonly cluster: string | null;
  readonly original: string | null;
}

/** What placing one story comes to: its own assignment, and those of other stories that change because of it. */
export interface Placement {
  readonly own: Assignment;
  readonly moves: readonly Assignment[];
}

/**
 * What the pipeline needs of the clustering rules; pure. `keysOf`: the keys under which a story is made findable (few,
 * each costs a write) and those under which it looks for others. `related`: the candidates that may be of the same
 * event, strongest first, at most `relatedMax`. `place`: where the story belongs, given those of `related` as they
 * stand now and the clusters they are in. The same input gives the same answer whatever its order.
 */
export interface Clusterer {
  keysOf(line: StoryLine): { readonly announced: readonly string[]; readonly asked: readonly string[] };
  related(line: StoryLine, candidates: readonly StoryLine[]): readonly StoryLine[];
  place(input: {
    readonly story: StoryLine;
    readonly related: readonly StoryLine[];
    readonly clusters: readonly Cluster[];
  }): Placement;
}

/** Where a story stands: in which cluster (null: alone), and which story's text it repeats (null: its own). */
export interface Place {
  readonly cluster: string | null;
  readonly original: string | null;
}

/** A story's change of place; `from` and `to` are equal for one whose text changed where it stands. */
export interface Move {
  readonly id: string;
  readonly from: Place;
  readonly to: Place;
}

/**
 * All that placing one story sets out to do, its own move first. It is stored with the story before anything else is
 * written, so that whoever comes after a crash finishes this and does not decide anew from what is half done.
 */
export interface PlacementPlan {
  readonly own: Move;
  readonly moves: readonly Move[];
  /**
   * The version of each cluster that was known when this was decided (one that is missing had none). Who finds another
   * decides anew when this is done. Null: nothing was decided, a story is to be shown anew where it stands.
   */
  readonly seen: Readonly<Record<string, number>> | null;
}

/** Other stories that one placement may move; a placement that asks for more brings the story in and moves nobody. */
export const movesMax = 16;
