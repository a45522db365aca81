import { type Cluster, clusterMembersMax, type Place } from '../words/cluster.ts';
import type { Story, StoryLine } from '../words/story.ts';
import { placeOf } from './story-place.ts';
import { storyLine } from './story-line.ts';

/** Code points of a member's summary; the story itself has all of it. */
const memberSummaryMax = 400;

/** Code points of the summary of an announced line: enough to tell likely relatives, which are then read in full. */
const announcedSummaryMax = 300;

/**
 * What a story is announced with: what comparisons need and no more, because each reader pays for it. The same wherever the
 * story stands by now.
 */
export function announcedLine(story: Story): StoryLine {
  const { original: _original, ...line } = storyLine(story);
  const { topics, ...names } = { ...line, summary: shortened(line.summary, announcedSummaryMax) };
  const bareTopics = topics.map((topic) => ({ ...topic, evidence: [] }));
  return { ...names, topics: bareTopics, url: null, authors: [], feeds: [], copies: [], cluster: null };
}

/** A story as a member of its cluster: without evidence, without the copies it lists (they are members too). */
export function memberLine(story: Story): StoryLine {
  const line = storyLine(story);
  const topics = line.topics.map((topic) => ({ ...topic, evidence: [] }));
  return { ...line, summary: shortened(line.summary, memberSummaryMax), topics, copies: [] };
}

function shortened(text: string, codePointsMax: number): string {
  if (text.length <= codePointsMax) return text;
  const points = [...text];
  return points.length <= codePointsMax ? text : `${points.slice(0, codePointsMax - 1).join('')}…`;
}

/** Order of first sight, then id. */
export const byFirstSight = (
  one: Pick<Story, 'id' | 'firstSeen'>,
  other: Pick<Story, 'id' | 'firstSeen'>,
): number => {
  if (one.firstSeen !== other.firstSeen) return one.firstSeen < other.firstSeen ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/**
 * The next version of a cluster in which exactly those of `stories` are members that stand in it, each as it is now; null
 * when that is so already. Other members stay. Beyond `clusterMembersMax` the first seen are kept by name and the others
 * only counted, once: when they are in `joined`; a crash between the two writes leaves such a one uncounted.
 */
export function withMembers(
  cluster: Cluster,
  stories: readonly Story[],
  joined: ReadonlySet<string>,
): Cluster | null {
  const listed = new Set(cluster.members.map((member) => member.id));
  const present = stories.filter((story) => story.cluster === cluster.id);
  const concerned = new Set(stories.map((story) => story.id));
  const stayed = cluster.members.filter((member) => !concerned.has(member.id));
  const all = [...stayed, ...present.map(memberLine)].sort(byFirstSight);
  const members = all.slice(0, clusterMembersMax);
  const left = cluster.members.filter(
    (member) => concerned.has(member.id) && !present.some((story) => story.id === member.id),
  );
  // One that is not named may be new, or one that was only counted; beyond the names nothing but `joined` can tell.
  const isFull = cluster.total >= clusterMembersMax;
  const added = present.filter((story) => !listed.has(story.id) && (!isFull || joined.has(story.id)));
  const total = Math.max(members.length, cluster.total + added.length - left.length);
  const isSame = total === cluster.total && areSame(members, cluster.members);
  return isSame ? null : { id: cluster.id, members, total, version: cluster.version + 1 };
}

/** The same lines in the same order; the order of a line's fields does not matter, a store may give them in another. */
function areSame(lines: readonly StoryLine[], others: readonly StoryLine[]): boolean {
  const text = (line: StoryLine | undefined): string => JSON.stringify(Object.entries(line ?? {}).sort());
  return lines.length === others.length && lines.every((line, at) => text(line) === text(others[at]));
}

/** A cluster that nothing is stored of. */
export const emptyCluster = (id: string): Cluster => ({ id, members: [], total: 0, version: 0 });

/**
 * The clusters as the stories themselves tell it: a story that was read (`stories`) is a member of the cluster it stands
 * in and of no other, whatever the items list, because an item is written after its stories. `without` is left out, so
 * that it is placed by the others alone. Clusters left without members are left out.
 */
export function clustersAsTold(
  items: readonly Cluster[],
  stories: readonly StoryLine[],
  without: string,
): readonly Cluster[] {
  const read = new Set(stories.map(({ id }) => id));
  return items.flatMap((item) => {
    const others = item.members.filter(({ id }) => id !== without && !read.has(id));
    const told = stories.filter((story) => story.cluster === item.id);
    const members = [...others, ...told].sort(byFirstSight);
    return members.length === 0 ? [] : [{ ...item, members }];
  });
}

/** Where a story stands as far as is known: by the story itself, else by the cluster that lists it; undefined: unknown. */
export function knownPlace(
  id: string,
  known: { readonly related: readonly StoryLine[]; readonly clusters: readonly Cluster[] },
): Place | undefined {
  const story = known.related.find((candidate) => candidate.id === id);
  if (story !== undefined) return placeOf(story);
  for (const cluster of known.clusters) {
    const member = cluster.members.find((candidate) => candidate.id === id);
    if (member !== undefined) return { cluster: cluster.id, original: member.original?.id ?? null };
  }
  return undefined;
}

/**
 * Each story once, as the latest revision among these lines has it: those that occur most often first, else in the order in
 * which they first occur.
 */
export function mostFound(lines: readonly StoryLine[]): readonly StoryLine[] {
  const found = new Map<string, { line: StoryLine; count: number }>();
  for (const line of lines) {
    const known = found.get(line.id);
    const isNewest = known === undefined || line.revision > known.line.revision;
    found.set(line.id, { line: isNewest ? line : known.line, count: (known?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((one, other) => other.count - one.count).map(({ line }) => line);
}
