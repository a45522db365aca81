import { createHash } from 'node:crypto';
import { isSettled, monthNamed, type ArchiveMonth } from '../core/query/archive-month.ts';
import { read, type Reading } from '../core/query/query-problem.ts';
import { canonicalQuery, parameterNames, readStoryQuery, withTopic } from '../core/query/story-query.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import {
  feedItem,
  type FeedDocument,
  type FeedHistory,
  type FeedItem,
} from '../core/render/feed-document.ts';
import { feedTitle } from '../core/render/feed-title.ts';
import { feedBytesMax, fittedFeed } from '../core/render/fit-feed.ts';
import { cacheLives } from '../core/render/http-headers.ts';
import { feedFormats, type FeedFormat } from '../core/render/preferred-form.ts';
import { closestWord } from '../core/words/closest-word.ts';
import { problemAnswer, refusedAnswer, type Answer } from './answer.ts';
import { feedAnswer } from './feed-answer.ts';
import { formats } from './feed-formats.ts';
import { archiveNeighbours, archiveQuery, precedingMonth, type ArchiveNeighbours } from './feed-history.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { readStoryPage, type StoryPage } from './story-page.ts';

/** What an archive's address may not have: the month is the window, and its documents are as long as they can be. */
const notInArchives: readonly string[] = ['since', 'until', 'limit'];

/**
 * `/feed.rss`, `/feed.atom`, `/feed.json`: the filtered wire; `/topics/{topic}.rss` and the like: the permanent short form
 * of `?topic=`, 404 for an unknown topic; either under `/archive/{yyyy-mm}`: a month that is over, as RFC 5005 archives it,
 * 404 before.
 */
export async function feedRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const { topic = null, month: monthName } = call.parts;
  const missing = missingTopic(topic, context);
  if (missing !== null) return missing;
  const month = monthName === undefined ? null : monthNamed(monthName);
  if (monthName !== undefined && (month === null || !isSettled(month, call.nowMs))) {
    return problemAnswer('not-found', 'Expected a month that has been over for a day, got another');
  }
  const { vocabulary } = context;
  const allowed =
    month === null ? parameterNames : parameterNames.filter((name) => !notInArchives.includes(name));
  const asked = readStoryQuery(call.search, { vocabulary, nowMs: call.nowMs, allowed });
  if (!asked.ok) return refusedAnswer(asked.problem);
  const filtered = topic === null ? asked.value : withTopic(asked.value, topic);
  const query = month === null ? filtered : archiveQuery(filtered, month);
  const page = await readStoryPage(query, context, filtered);
  if (!page.ok) return refusedAnswer(page.problem);
  const archive =
    month === null ? read(null) : await archivePlace(filtered, month, { context, call, page: page.value });
  if (!archive.ok) return refusedAnswer(archive.problem);
  const input = { call, context, asked: asked.value, filtered, page: page.value, archive: archive.value };
  return feedAnswer({
    feed: feedOf(input),
    format: feedFormats.find((name) => name === call.parts.format) ?? 'rss',
    cacheControl: month === null ? cacheLives.feed : cacheLives.archive,
    addressIn: (format) => addressOf(input, canonicalQuery(asked.value), { format }),
    call,
    context,
  });
}

function missingTopic(topic: string | null, { directory }: ServeContext): Answer | null {
  if (topic === null || directory.topicLabels.has(topic)) return null;
  const near = closestWord(topic, [...directory.topicLabels.keys()]);
  const hint = near === null ? '' : `; the nearest is ${near}`;
  return problemAnswer('not-found', `Expected the feed of a known topic, got another${hint}`);
}

/** Neighbours of an archived month; only the last document of a month leads to an older, only the first to a newer one. */
async function archivePlace(
  query: StoryQuery,
  month: ArchiveMonth,
  { context, call, page }: { context: ServeContext; call: RouteCall; page: StoryPage },
): Promise<Reading<ArchiveNeighbours>> {
  const found = await archiveNeighbours(query, month, { context, nowMs: call.nowMs });
  if (!found.ok) return found;
  const { older, newer } = found.value;
  return read({
    older: page.nextCursor === null ? older : null,
    newer: query.cursor === null ? newer : null,
  });
}

/**
 * `asked` is the query as addressed, which links repeat; `filtered` also has the topic that stands in the path. `archive`
 * is null for a document of the running feed.
 */
interface FeedInput {
  readonly call: RouteCall;
  readonly context: ServeContext;
  readonly asked: StoryQuery;
  readonly filtered: StoryQuery;
  readonly page: StoryPage;
  readonly archive: ArchiveNeighbours | null;
}

function feedOf(input: FeedInput): FeedDocument {
  const { call, context, asked, filtered, page, archive } = input;
  const { directory, publicUrl } = context;
  const title = feedTitle(filtered, directory);
  const withItems = (items: readonly FeedItem[], cut: boolean): FeedDocument => {
    const last = items.at(-1)?.line;
    const cursor = cut && last !== undefined ? page.cursorFor(last) : page.nextCursor;
    const more = cursor === null ? null : addressOf(input, canonicalQuery(asked, { cursor }));
    return {
      iri: feedIri(filtered),
      title,
      description: 'Defence news from many sources: tagged, de-duplicated, newest first.',
      homeUrl: `${publicUrl}/`,
      selfUrl: addressOf(input, canonicalQuery(asked)),
      nextUrl: archive === null ? more : null,
      history: historyOf(input, more, last?.sortTime ?? null),
      updated: items.length === 0 ? null : Math.max(...items.map(({ changed }) => changed)),
      items,
    };
  };
  const renderers = Object.values(formats).map(
    ({ render }) =>
      (feed: FeedDocument) =>
        render(feed, directory),
  );
  const items = page.lines.map((line) => feedItem(line, directory, call.nowMs, page.reportsOf(line)));
  return fittedFeed(items, { withItems, renderers, bytesMax: feedBytesMax });
}

/** `more`: the address of the rest of the same listing, null when it ends here. A window of time has no archive. */
function historyOf(input: FeedInput, more: string | null, lastSortTime: string | null): FeedHistory {
  const { asked, archive, call } = input;
  const newest = canonicalQuery(asked, { without: ['cursor'] });
  const inMonth = (month: string | null) =>
    month === null
      ? null
      : addressOf(input, canonicalQuery(asked, { without: ['limit', 'cursor'] }), { month });
  if (archive !== null) {
    return {
      archive: true,
      first: null,
      current: addressOf(input, newest, { month: null }),
      previousArchive: more ?? inMonth(archive.older),
      nextArchive: inMonth(archive.newer),
    };
  }
  const windowed = asked.since !== null || asked.until !== null;
  const preceding =
    more === null || windowed ? null : (inMonth(precedingMonth(lastSortTime, call.nowMs)) ?? more);
  return {
    archive: false,
    first: asked.cursor === null ? null : addressOf(input, newest),
    current: null,
    previousArchive: preceding,
    nextArchive: null,
  };
}

/** The address of this feed with these parameters; in another format or month (null: the running feed) when said. */
function addressOf(
  { call, context }: FeedInput,
  text: string,
  other: { readonly format?: FeedFormat; readonly month?: string | null } = {},
): string {
  const { archive = '', topic, format } = call.parts;
  const folder = other.month === undefined ? archive : other.month === null ? '' : `/archive/${other.month}`;
  const name = topic === undefined ? 'feed' : `topics/${topic}`;
  return `${context.publicUrl}${folder}/${name}.${other.format ?? format}${text === '' ? '' : `?${text}`}`;
}

/** A name for the feed of this query that is the same on every page of it and at every address of the service. */
function feedIri(query: StoryQuery): string {
  const text = canonicalQuery(query, { without: ['limit', 'cursor'] });
  return `urn:sitrep:feed:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
