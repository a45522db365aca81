import { clusterChanged, clusterDocument } from '../core/render/cluster-json.ts';
import { cacheLives } from '../core/render/http-headers.ts';
import { storyLine } from '../core/story/story-line.ts';
import type { Cluster } from '../core/words/cluster.ts';
import type { Story } from '../core/words/story.ts';
import { jsonAnswer, problemAnswer, type Answer } from './answer.ts';
import { refusedParameters } from './listing-routes.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';

/** `/api/clusters/{id}`: one event by its id or that of any of its stories; a story alone is an event of one. Else 404. */
export async function clusterRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  if (refusal !== null) return refusal;
  const { nowMs } = call;
  const cluster = await findCluster(call.parts.id ?? '', context);
  const document =
    cluster === null ? null : clusterDocument(cluster, { directory: context.directory, nowMs });
  if (cluster === null || document === null)
    return problemAnswer('not-found', 'Expected the id of a cluster or of a story on the wire, got another');
  return {
    ...jsonAnswer(document, cacheLives.query),
    lastModified: clusterChanged(cluster, nowMs),
    logged: { stories: document.members.length, clusterId: document.id },
  };
}

/** A cluster has the id of a story, so an id is looked up as a cluster first and costs one read when it is one. */
async function findCluster(id: string, context: ServeContext): Promise<Cluster | null> {
  const cluster = await context.clusters.cluster(id);
  if (cluster !== null && cluster.members.length > 0) return cluster;
  const story = await context.stories.story(id);
  if (story === null) return null;
  const own = story.cluster === null || story.cluster === id ? null : await clusterOf(story, context);
  return own ?? { id, members: [storyLine(story)], total: 1, version: 0 };
}

/** The cluster a story stands in; null while it is alone. */
export async function clusterOf(
  story: Pick<Story, 'cluster'>,
  { clusters }: Pick<ServeContext, 'clusters'>,
): Promise<Cluster | null> {
  const cluster = story.cluster === null ? null : await clusters.cluster(story.cluster);
  return cluster === null || cluster.members.length === 0 ? null : cluster;
}
