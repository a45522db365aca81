import type { CollapseRule } from '../core/query/collapse.ts';
import { storyLine } from '../core/story/story-line.ts';
import type { Cluster } from '../core/words/cluster.ts';
import type { StoryLine } from '../core/words/story.ts';
import type { ServeDependencies } from './serve-context.ts';

/** Clusters one answer reads before it ends early; a last reading of lines may bring `limitMax` more. */
const clustersMax = 400;

/** Stories one answer reads because a cluster keeps their text cut; beyond it a member is taken as the cluster has it. */
const wholeStoriesMax = 100;

/** Reads under way at the same time: half of the connections that the client keeps. Source: AWS SDK, maxSockets. */
const readsAtOnce = 25;

/** The clusters of one answer, each read once. `get` gives null for one that is not stored (or was not read). */
export interface ClusterReads {
  has(id: string): boolean;
  get(id: string): Cluster | null;
  read(ids: readonly string[]): Promise<void>;
  count(): number;
  /** Has the answer read as many as it may? */
  isSpent(): boolean;
}

/** Opens the reads of one answer under its rule. */
export function createClusterReads(
  rule: Pick<CollapseRule, 'needsWhole'>,
  { stories, clusters }: Pick<ServeDependencies, 'stories' | 'clusters'>,
): ClusterReads {
  const known = new Map<string, Cluster | null>();
  let storiesLeft = wholeStoriesMax;
  const completed = async (cluster: Cluster): Promise<Cluster> => {
    const cut = cluster.members.filter((member) => rule.needsWhole(member)).slice(0, storiesLeft);
    storiesLeft -= cut.length;
    if (cut.length === 0) return cluster;
    const found = await inGroups(cut, async ({ id }) => [id, await stories.story(id)] as const);
    const whole = new Map(found.map(([id, story]) => [id, story === null ? null : storyLine(story)]));
    const members = cluster.members.flatMap((member): StoryLine[] => {
      const line = whole.get(member.id);
      // A story that is gone cannot stand for the others.
      return line === null ? [] : [line ?? member];
    });
    return { ...cluster, members };
  };
  return {
    has: (id) => known.has(id),
    get: (id) => known.get(id) ?? null,
    read: async (ids) => {
      const found = await inGroups(ids, async (id) => [id, await clusters.cluster(id)] as const);
      for (const [id, cluster] of found) known.set(id, cluster === null ? null : await completed(cluster));
    },
    count: () => known.size,
    isSpent: () => known.size >= clustersMax,
  };
}

async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += readsAtOnce)
    results.push(...(await Promise.all(items.slice(at, at + readsAtOnce).map(work))));
  return results;
}
