import { feedDelta, feedTags } from '../core/feed-delta/feed-tag.ts';
import { wantsFeedDelta } from '../core/feed-delta/instance-manipulation.ts';
import { isNotModified, listedTags } from '../core/render/entity-tag.ts';
import type { FeedDocument } from '../core/render/feed-document.ts';
import { renderFeedPage } from '../core/render/feed-page.ts';
import { cacheLives, deltaVary, feedVary, mediaTypes } from '../core/render/http-headers.ts';
import { feedFormats, prefersPage, type FeedFormat } from '../core/render/preferred-form.ts';
import type { Answer } from './answer.ts';
import { formats } from './feed-formats.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { loggedStories } from './story-page.ts';

/** Where our edge says what the reader has, after it made that a part of its cache key (lib/edge/normalise-query.js). */
const baseHeader = 'x-delta-base';

/** A feed document as it was asked for; `addressIn` gives its address in another format. */
export interface FeedAsked {
  readonly feed: FeedDocument;
  readonly format: FeedFormat;
  readonly cacheControl: string;
  readonly addressIn: (format: FeedFormat) => string;
  readonly call: RouteCall;
  readonly context: ServeContext;
}

/**
 * The answer that serves this request best: the page for a browser, what is new for a reader that takes deltas and shows
 * what it has (226), else the whole document. A delta is never a guess: with a tag that is not ours, or of another feed,
 * format or release, the whole document is sent. Source: RFC 9110 §12, RFC 3229.
 */
export function feedAnswer(asked: FeedAsked): Answer {
  const { feed, format, call, context } = asked;
  if (prefersPage(call.headers.get('accept'))) return pageAnswer(asked);
  const scope = scopeOf(asked, format);
  const tags = feedTags(feed, scope);
  const { mediaType, render } = formats[format];
  const whole: Answer = {
    status: 200,
    mediaType,
    body: () => render(feed, context.directory),
    cacheControl: asked.cacheControl,
    lastModified: feed.updated,
    etags: [tags.plain, tags.telling],
    headers: { vary: feedVary },
    logged: loggedStories(feed.items.map(({ line }) => line)),
  };
  if (!wantsFeedDelta(call.headers.get('a-im'))) return whole;
  return deltaAnswer(asked, { ...whole, etags: [tags.telling, tags.plain] }, scope);
}

/** `whole` without what the reader has; `whole` itself when that cannot be told for certain or leaves nothing out. */
function deltaAnswer({ feed, format, call, context }: FeedAsked, whole: Answer, scope: string): Answer {
  const atEdge = call.headers.get(baseHeader);
  const shown = atEdge ?? call.headers.get('if-none-match') ?? '';
  // Who has it all gets 304, and with it what is said of the whole: how long that may be kept.
  const has = { ifNoneMatch: shown, ifModifiedSince: null };
  if (isNotModified(has, { etags: whole.etags ?? [], lastModified: null, changed: null })) return whole;
  const delta = feedDelta(feed, scope, shown);
  if (delta === null) return whole;
  // Which of several tags was taken must be said; with one alone it is plain.
  const base = listedTags(shown).length > 1 ? { 'delta-base': delta.base } : {};
  return {
    ...whole,
    status: 226,
    body: () => formats[format].render(delta.feed, context.directory),
    cacheControl: atEdge === null ? cacheLives.delta : cacheLives.edgeDelta,
    headers: { vary: deltaVary, im: 'feed', ...base },
    logged: { ...loggedStories(delta.feed.items.map(({ line }) => line)), delta: true },
  };
}

function pageAnswer(asked: FeedAsked): Answer {
  const { feed, addressIn } = asked;
  return {
    status: 200,
    mediaType: mediaTypes.html,
    body: () =>
      renderFeedPage(
        feed,
        feedFormats.map((format) => ({ format, url: addressIn(format) })),
      ),
    cacheControl: asked.cacheControl,
    lastModified: feed.updated,
    etags: [feedTags(feed, scopeOf(asked, 'page')).plain],
    headers: { vary: feedVary },
    logged: { ...loggedStories(feed.items.map(({ line }) => line)), page: true },
  };
}

const scopeOf = ({ feed, context }: FeedAsked, form: FeedFormat | 'page'): string =>
  `${context.renderMark} ${form} ${feed.selfUrl}`;
