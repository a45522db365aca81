import type { Cluster } from '../words/cluster.ts';
import type { StoryLine } from '../words/story.ts';

/** Stories that one placement looks at, so that its work is bounded however large an event grows. */
export const localStoriesMax = 96;

/** First seen first, then by id: the total order of stories in which seeds, originals and ties are decided. */
export function bySight(one: StoryLine, other: StoryLine): number {
  if (one.firstSeen !== other.firstSeen) return one.firstSeen < other.firstSeen ? -1 : 1;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/**
 * The stories that a placement weighs: the story, its related ones and the members of the clusters they are in, each once, in
 * the order of sight. A line of `related` is as the story stands now and replaces the member of that id; what it says
 * of its cluster is believed. Of more than `localStoriesMax`, the clusters' members are thinned out: seed and newest stay.
 */
export function localSet(input: {
  readonly story: StoryLine;
  readonly related: readonly StoryLine[];
  readonly clusters: readonly Cluster[];
}): StoryLine[] {
  const { story, related, clusters } = input;
  const lines = new Map<string, StoryLine>([[story.id, story]]);
  for (const line of related.slice(0, localStoriesMax - 1)) if (!lines.has(line.id)) lines.set(line.id, line);
  const rest = new Map<string, StoryLine[]>();
  for (const cluster of clusters) {
    const members = cluster.members
      .filter(({ id }) => !lines.has(id))
      .map((member) => (member.cluster === cluster.id ? member : { ...member, cluster: cluster.id }));
    rest.set(cluster.id, spread(members));
  }
  const queues = [...rest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, members]) => members);
  const longest = Math.max(0, ...queues.map((members) => members.length));
  for (let at = 0; at < longest; at += 1)
    for (const members of queues) {
      const member = members[at];
      if (member !== undefined && lines.size < localStoriesMax && !lines.has(member.id))
        lines.set(member.id, member);
    }
  return [...lines.values()].sort(bySight);
}

/** Members in an order in which any beginning represents them: first, newest, and from there on by turns inwards. */
function spread(members: readonly StoryLine[]): StoryLine[] {
  const sorted = [...members].sort(bySight);
  const order: StoryLine[] = [];
  while (sorted.length > 0) {
    const next = order.length % 2 === 0 ? sorted.shift() : sorted.pop();
    if (next !== undefined) order.push(next);
  }
  return order;
}
