import { byFirstSight, memberLine } from '../../lambdas/core/story/cluster-members.ts';
import { type Cluster, clusterMembersMax } from '../../lambdas/core/words/cluster.ts';
import type { Story } from '../../lambdas/core/words/story.ts';
import type { ClusterStore } from '../../lambdas/ports.ts';

/** The clusters of the stories at hand, and the ids that were asked for in order. */
export interface FakeClusterReader extends Pick<ClusterStore, 'cluster'> {
  readonly asked: readonly string[];
  /** Stores another cluster under its id than the stories make. */
  put(cluster: Cluster): void;
}

/** Reads clusters as ingest would have stored them: the stories that name a cluster are its members. */
export function fakeClusterReader(stories: () => readonly Story[]): FakeClusterReader {
  const asked: string[] = [];
  const stored = new Map<string, Cluster>();
  return {
    asked,
    put: (cluster) => {
      stored.set(cluster.id, cluster);
    },
    cluster: async (id) => {
      asked.push(id);
      return stored.get(id) ?? clusterFrom(id, stories());
    },
  };
}

function clusterFrom(id: string, stories: readonly Story[]): Cluster | null {
  const members = stories.filter(({ cluster }) => cluster === id).map(memberLine);
  if (members.length === 0) return null;
  members.sort(byFirstSight);
  return { id, members: members.slice(0, clusterMembersMax), total: members.length, version: 1 };
}
