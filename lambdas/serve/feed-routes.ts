import { createHash } from 'node:crypto';
import { closestWord } from '../core/words/closest-word.ts';
import { renderAtom } from '../core/render/atom.ts';
import { feedItem, type FeedDocument, type FeedItem } from '../core/render/feed-document.ts';
import { feedTitle } from '../core/render/feed-title.ts';
import { feedBytesMax, fittedFeed } from '../core/render/fit-feed.ts';
import { renderJsonFeed } from '../core/render/json-feed.ts';
import { renderRss } from '../core/render/rss.ts';
import { canonicalQuery, parameterNames, readStoryQuery, withTopic } from '../core/query/story-query.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import { problemAnswer, refusedAnswer, type Answer } from './answer.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { loggedStories, readStoryPage, type StoryPage } from './story-page.ts';

/** The feed formats by the ending of their addresses. */
const formats = {
  rss: { mediaType: mediaTypes.rss, render: renderRss },
  atom: { mediaType: mediaTypes.atom, render: renderAtom },
  json: { mediaType: mediaTypes.jsonFeed, render: renderJsonFeed },
} as const;

/** `/feed.rss`, `/feed.atom`, `/feed.json`: the filtered wire. */
export function feedRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  return answerFeed(call, context, null);
}

/** `/topics/{topic}.rss` and the like: the permanent short form of `?topic=`; an unknown topic is 404. */
export async function topicFeedRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const topic = call.parts.topic ?? '';
  if (context.directory.topicLabels.has(topic)) return answerFeed(call, context, topic);
  const near = closestWord(topic, [...context.directory.topicLabels.keys()]);
  const hint = near === null ? '' : `; the nearest is ${near}`;
  return problemAnswer('not-found', `Expected the feed of a known topic, got another${hint}`);
}

async function answerFeed(call: RouteCall, context: ServeContext, topic: string | null): Promise<Answer> {
  const { vocabulary } = context;
  const asked = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed: parameterNames });
  if (!asked.ok) return refusedAnswer(asked.problem);
  const query = topic === null ? asked.value : withTopic(asked.value, topic);
  const page = await readStoryPage(query, context);
  if (!page.ok) return refusedAnswer(page.problem);
  const feed = feedOf({ call, context, asked: asked.value, query, page: page.value });
  const { mediaType, render } = call.parts.format === 'json' ? formats.json : xmlFormat(call);
  return {
    status: 200,
    mediaType,
    body: render(feed, context.directory),
    cacheControl: cacheLives.feed,
    lastModified: feed.updated,
    logged: loggedStories(feed.items.map(({ line }) => line)),
  };
}

const xmlFormat = ({ parts }: RouteCall) => (parts.format === 'atom' ? formats.atom : formats.rss);

/** `asked` is the query as addressed, which self links repeat; `query` also has the topic that stands in the path. */
interface FeedInput {
  readonly call: RouteCall;
  readonly context: ServeContext;
  readonly asked: StoryQuery;
  readonly query: StoryQuery;
  readonly page: StoryPage;
}

function feedOf({ call, context, asked, query, page }: FeedInput): FeedDocument {
  const { directory, publicUrl } = context;
  const address = (text: string) => `${publicUrl}${call.path}${text === '' ? '' : `?${text}`}`;
  const next = (cursor: string | null) =>
    cursor === null ? null : address(canonicalQuery(asked, { cursor }));
  const title = feedTitle(query, directory);
  const withItems = (items: readonly FeedItem[], cut: boolean): FeedDocument => {
    const last = items.at(-1)?.line;
    return {
      iri: feedIri(query),
      title,
      description: 'Defence news from many sources: tagged, de-duplicated, newest first.',
      homeUrl: `${publicUrl}/`,
      selfUrl: address(canonicalQuery(asked)),
      nextUrl: next(cut && last !== undefined ? page.cursorFor(last) : page.nextCursor),
      updated: items.length === 0 ? null : Math.max(...items.map(({ changed }) => changed)),
      items,
    };
  };
  const renderers = Object.values(formats).map(
    ({ render }) =>
      (feed: FeedDocument) =>
        render(feed, directory),
  );
  const items = page.lines.map((line) => feedItem(line, directory, call.nowMs));
  return fittedFeed(items, { withItems, renderers, bytesMax: feedBytesMax });
}

/** A name for the feed of this query that is the same on every page of it and at every address of the service. */
function feedIri(query: StoryQuery): string {
  const text = canonicalQuery(query, { without: ['limit', 'cursor'] });
  return `urn:sitrep:feed:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
