import type { Assignment, Cluster, Placement } from '../words/cluster.ts';
import type { StoryLine } from '../words/story.ts';
import { localSet } from './local-set.ts';
import { averageLinkGroups } from './partition.ts';

/** What placing asks of the rules about two stories; both are symmetrical. */
export interface PairRules {
  readonly score: (one: StoryLine, other: StoryLine) => number;
  readonly isCopy: (one: StoryLine, other: StoryLine) => boolean;
  readonly border: number;
}

/** A group of the new partition, members in order of sight. */
type Group = readonly StoryLine[];

/**
 * Where a story belongs, and which others move because of it. The local set (see local-set.ts) is divided afresh by average
 * link; copies stay together whatever they score. The division is a function of the set alone, so that the order of
 * arrival has no say in it; it takes effect in the story's group and in the clusters that group draws from.
 * What was once found to be a copy of a story remains one, however either is edited since: an agency's "UPDATE 2" with
 * other figures does not make the text of before a text of its own, which readers would then be shown as new.
 */
export function placeStory(
  input: {
    readonly story: StoryLine;
    readonly related: readonly StoryLine[];
    readonly clusters: readonly Cluster[];
  },
  rules: PairRules,
): Placement {
  const lines = localSet(input).map((line) => (line.id === input.story.id ? withoutOriginal(line) : line));
  const groups = divided(lines, rules);
  const own = groups.find((group) => group.some(({ id }) => id === input.story.id)) ?? [input.story];
  const touched = touchedClusters(own);
  const assignments = groups
    .filter((group) => group === own || group.some(({ cluster }) => cluster !== null && touched.has(cluster)))
    .flatMap((group) => assigned(group, rules));
  const current = new Map(lines.map((line) => [line.id, line]));
  const ownAssignment = assignments.find(({ id }) => id === input.story.id) ?? {
    id: input.story.id,
    cluster: null,
    original: null,
  };
  const moves = assignments.filter(
    (assignment) => assignment.id !== input.story.id && isMove(assignment, current.get(assignment.id)),
  );
  return { own: ownAssignment, moves };
}

/** The story that is placed is judged by its text alone. */
function withoutOriginal({ original: _original, ...line }: StoryLine): StoryLine {
  return line;
}

const wasCopyOf = (copy: StoryLine, original: StoryLine): boolean => copy.original?.id === original.id;

function divided(lines: readonly StoryLine[], rules: PairRules): Group[] {
  const lineAt = (index: number): StoryLine => {
    const line = lines[index];
    if (line === undefined) throw new RangeError(`Expected an index below ${lines.length}, got ${index}`);
    return line;
  };
  const together: (readonly [number, number])[] = [];
  lines.forEach((one, at) => {
    for (let index = at + 1; index < lines.length; index += 1) {
      const other = lineAt(index);
      if (wasCopyOf(other, one) || wasCopyOf(one, other) || rules.isCopy(one, other))
        together.push([at, index]);
    }
  });
  const groups = averageLinkGroups({
    count: lines.length,
    score: (one, other) => rules.score(lineAt(one), lineAt(other)),
    together,
    border: rules.border,
  });
  return groups.map((group) => group.map(lineAt));
}

const touchedClusters = (group: Group): ReadonlySet<string> =>
  new Set(group.flatMap(({ cluster }) => (cluster === null ? [] : [cluster])));

/** The assignments of a group: the id of its oldest seed, else of its first story; a story alone has none. */
function assigned(group: Group, rules: PairRules): Assignment[] {
  const [first] = group;
  if (first === undefined) return [];
  const seed = group.find(({ id, cluster }) => id === cluster) ?? first;
  const cluster = group.length > 1 ? seed.id : null;
  const originals: StoryLine[] = [];
  const textOf = new Map<string, StoryLine>();
  return group.map((line) => {
    const former = textOf.get(line.original?.id ?? '');
    const original = former ?? originals.find((candidate) => rules.isCopy(candidate, line));
    if (original === undefined) originals.push(line);
    textOf.set(line.id, original ?? line);
    return { id: line.id, cluster, original: original?.id ?? null };
  });
}

function isMove(assignment: Assignment, line: StoryLine | undefined): boolean {
  if (line === undefined) return false;
  return line.cluster !== assignment.cluster || (line.original?.id ?? null) !== assignment.original;
}
