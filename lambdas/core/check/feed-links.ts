import { feedUrlLengthMax, isFeedAddress } from '../catalogue/feed-address.ts';
import { type MarkupTag, markupTags } from '../catalogue/markup-tags.ts';
import { parsedUrl } from '../words/parsed-url.ts';

/** A feed that a page names: an absolute http(s) address without a fragment, and what the page calls it. */
export interface FeedLink {
  readonly url: string;
  readonly type: string;
  readonly title: string;
}

/** Feed links stand in the head of a page; styles and scripts in front of them can be long. */
const textLengthMax = 1_000_000;

/** A portal names a feed for each section; more than this helps nobody choose. */
const linksMax = 20;

const feedTypes = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/rdf+xml',
  'application/x-rss+xml',
  'application/xml',
  'text/xml',
]);

const rawElements = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noembed', 'iframe', 'template']);

/**
 * The feeds an HTML page names with `<link rel="alternate" type="application/rss+xml" href="…">`, in the order of the
 * page, feeds of comments last; `base` is the page's own address (null: only absolute links count), a `<base href>` counts. Looks at the first million
 * characters, gives at most 20 links, each once. Linear in the text; never throws.
 * Source: HTML Living Standard §4.6.7.1 (link type alternate); RSS autodiscovery, rssboard.org/rss-autodiscovery.
 */
export function feedLinks(html: string, base: string | null): readonly FeedLink[] {
  const links = new Map<string, FeedLink>();
  let from = base;
  let hasBase = false;
  for (const tag of markupTags(html.slice(0, textLengthMax), rawElements)) {
    if (tag.kind === 'close' || tag.kind === 'cut') continue;
    const href = tag.attributes.get('href')?.trim() ?? '';
    if (tag.name === 'base' && href !== '' && !hasBase) {
      hasBase = true;
      from = parsedUrl(href, base)?.href ?? base;
    }
    if (tag.name !== 'link' || !namesFeed(tag)) continue;
    const link = linkOf(tag, href, from);
    if (link !== null && !links.has(link.url)) links.set(link.url, link);
    if (links.size === linksMax) break;
  }
  const found = [...links.values()];
  return [...found.filter((link) => !isOfComments(link)), ...found.filter(isOfComments)];
}

function namesFeed({ attributes }: MarkupTag): boolean {
  const relations = (attributes.get('rel') ?? '').slice(0, 200).toLowerCase().split(/\s+/);
  const type = typeOf(attributes.get('type'));
  if (relations.includes('feed')) return type === '' || feedTypes.has(type) || type === 'application/json';
  if (!relations.includes('alternate')) return false;
  // A JSON Feed of the first years is application/json, and so is what WordPress names beside its feeds.
  const isJsonFeed = type === 'application/json' && attributes.get('href')?.endsWith('feed.json') === true;
  return feedTypes.has(type) || isJsonFeed;
}

const typeOf = (type: string | undefined): string =>
  (type ?? '').slice(0, 200).split(';', 1)[0]?.trim().toLowerCase() ?? '';

function linkOf({ attributes }: MarkupTag, href: string, base: string | null): FeedLink | null {
  if (href === '' || href.length > feedUrlLengthMax) return null;
  const url = parsedUrl(
    href.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'),
    base,
  );
  if (url === null || url.href.length > feedUrlLengthMax || !isFeedAddress(url.href)) return null;
  url.hash = '';
  const title = (attributes.get('title') ?? '')
    .slice(0, 1_000)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return { url: url.href, type: typeOf(attributes.get('type')), title: [...title].slice(0, 200).join('') };
}

/** WordPress names the comments of a site and of a page next to the site's feed. */
function isOfComments({ url, title }: FeedLink): boolean {
  return (
    /\/comments\/(?:feed|default)|[?&]feed=comments/i.test(url) ||
    /\bcomments? feed\b|\bcomments\b/i.test(title)
  );
}
