import type { Feed } from '../core/words/feed.ts';
import { opmlOfCatalogue, renderOpml } from '../core/catalogue/opml.ts';
import { wireTag } from '../core/story/story-line.ts';
import { readStoryQuery } from '../core/query/story-query.ts';
import { isoTime } from '../core/words/time.ts';
import { topicCounts } from '../core/query/topic-counts.ts';
import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import { jsonAnswer, problemAnswer, refusedAnswer, type Answer } from './answer.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';

/** Stories that are counted at most; beyond it the counts say that they are not complete. */
const countedMax = 4_000;
const hourMs = 3_600_000;
const windowHours = 7 * 24;

/** `/api/topics`: the taxonomy with the number of stories per topic and domain in a window, by default seven days. */
export async function topicsRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { vocabulary } = context;
  const allowed = ['since', 'until'] as const;
  const query = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed });
  if (!query.ok) return refusedAnswer(query.problem);
  // A window that starts on the hour keeps the answer, and so its entity tag, the same while nothing new arrives.
  const recent = isoTime((Math.floor(call.nowMs / hourMs) - windowHours) * hourMs);
  const window = { since: query.value.since?.at ?? recent, until: query.value.until?.at ?? null };
  const page = await context.stories.page({
    ...window,
    tags: [wireTag],
    limit: countedMax,
    after: null,
    rowsMax: countedMax,
    accepts: () => true,
  });
  return jsonAnswer(
    { window, complete: page.next === null, ...topicCounts(context.tree, page.lines) },
    cacheLives.listing,
  );
}

/** `/api/sources`: every publisher of the catalogue with its feeds. */
export async function sourcesRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  if (refusal !== null) return refusal;
  const feedsOf = new Map<string, Feed[]>();
  for (const feed of context.catalogue.feeds) {
    const feeds = feedsOf.get(feed.source);
    if (feeds === undefined) feedsOf.set(feed.source, [feed]);
    else feeds.push(feed);
  }
  const sources = context.catalogue.sources.map(({ id, title, url, country, kind }) => {
    const feeds = (feedsOf.get(id) ?? []).map(({ source: _source, ...feed }) => feed);
    return { id, title, url, country, kind, feeds };
  });
  return jsonAnswer({ sources }, cacheLives.listing);
}

/** `/opml`: one feed per topic, and the catalogue's own feeds. */
export async function opmlRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  if (refusal !== null) return refusal;
  const topicFeeds = [...context.directory.topicLabels].map(([slug, title]) => ({
    title,
    url: `${context.publicUrl}/topics/${slug}.rss`,
  }));
  // No creation date: the list has none of its own, and the time of asking would change the entity tag each time.
  const document = opmlOfCatalogue(context.catalogue, { topicFeeds, title: 'Sitrep', dateCreated: '' });
  const [mediaType, cacheControl] = [mediaTypes.opml, cacheLives.listing];
  return { status: 200, mediaType, body: renderOpml(document), cacheControl, lastModified: null };
}

/** `/healthz`: 200 with what the store holds, 503 when it does not answer. */
export async function healthRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  if (refusal !== null) return refusal;
  try {
    const { stories, newestStory } = await context.stories.totals();
    return jsonAnswer({ version: context.version, stories, newestStory }, cacheLives.never);
  } catch (error) {
    context.log.error('serve.failed', { path: call.path, error });
    return problemAnswer('unavailable', 'Expected the store to answer, got a failure', {
      headers: { 'retry-after': '30' },
    });
  }
}

/** The refusal of any parameter on a route that has none. */
export function refusedParameters({ search, nowMs }: RouteCall, { vocabulary }: ServeContext): Answer | null {
  const query = readStoryQuery(search, { vocabulary, nowMs, allowed: [] });
  return query.ok ? null : refusedAnswer(query.problem);
}
