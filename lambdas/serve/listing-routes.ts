import type { Feed } from '../core/words/feed.ts';
import { opmlOfCatalogue, renderOpml } from '../core/catalogue/opml.ts';
import {
  type FeedCondition,
  feedConditions,
  healthReport,
  type HealthReport,
} from '../core/poll/feed-health.ts';
import { readStoryQuery } from '../core/query/story-query.ts';
import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import { readTableFormat } from './analysis-query.ts';
import { jsonAnswer, problemAnswer, refusedAnswer, type Answer } from './answer.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { csvAnswer } from './table-answer.ts';

/** How a source fares by its feeds: as well as the best of them. */
const bestFirst = [
  'healthy',
  'quiet',
  'moved',
  'never-polled',
  'failing',
  'gone',
] as const satisfies FeedCondition[];

/** Columns of the table of feeds, after those of the source. */
const healthColumns = [
  'state',
  'outcome',
  'checked',
  'lastSuccess',
  'lastNewEntry',
  'failures',
  'intervalMinutes',
  'nextPoll',
  'entriesPerDay',
  'advice',
] as const;

/** `/api/sources`: every publisher of the catalogue with its feeds and how they fare. */
export async function sourcesRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { vocabulary, catalogue } = context;
  const query = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed: ['format'] });
  if (!query.ok) return refusedAnswer(query.problem);
  const format = readTableFormat(call.search);
  if (!format.ok) return refusedAnswer(format.problem);
  const health = new Map((await context.health.feedHealth()).map((row) => [row.feedId, row]));
  const feeds = catalogue.feeds.map((feed) => {
    return { feed, health: healthReport(feed, health.get(feed.id) ?? null, call.nowMs) };
  });
  if (format.value === 'csv') {
    const rows = feeds.map((row) => [
      row.feed.source,
      row.feed.id,
      row.feed.url,
      ...healthColumns.map((column) => row.health[column]),
    ]);
    const header = ['source', 'feed', 'url', ...healthColumns];
    return csvAnswer('sources', { header, rows }, cacheLives.listing);
  }
  const bySource = new Map<string, FeedWithHealth[]>(catalogue.sources.map(({ id }) => [id, []]));
  for (const row of feeds) bySource.get(row.feed.source)?.push(row);
  const sources = catalogue.sources.map(({ id, title, url, country, kind }) => {
    const own = bySource.get(id) ?? [];
    return { id, title, url, country, kind, state: sourceState(own), feeds: own.map(feedJson) };
  });
  const states = Object.fromEntries(
    feedConditions.map((state) => [state, feeds.filter((row) => row.health.state === state).length]),
  );
  return jsonAnswer({ feeds: states, sources }, cacheLives.listing);
}

interface FeedWithHealth {
  readonly feed: Feed;
  readonly health: HealthReport;
}

const feedJson = ({ feed: { source: _source, ...feed }, health }: FeedWithHealth) => ({ ...feed, health });

/** Null for a source without feeds. */
const sourceState = (feeds: readonly FeedWithHealth[]): FeedCondition | null =>
  bestFirst.find((state) => feeds.some(({ health }) => health.state === state)) ?? null;

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
