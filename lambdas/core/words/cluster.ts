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
