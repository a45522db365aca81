import { historyLinks, type FeedDocument, type FeedItem } from './feed-document.ts';
import { rfc822Time } from './served-time.ts';
import { textWithReportsHtml } from './also-reported.ts';
import { xmlElement } from './xml-text.ts';

/** Minutes a reader may wait between polls; the same time as the max-age of the answer. Source: RSS 2.0 <ttl>. */
export const feedTtlMinutes = 15;

/**
 * RSS 2.0 with atom:link (self, and next while there are older items) and dc:creator. lastBuildDate is the last change of
 * what is listed, never the time of asking, so equal content gives equal bytes. Source: RSS 2.0, RSS Best Practices Profile.
 */
export function renderRss(feed: FeedDocument): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0">\n',
    '<channel>\n',
    xmlElement('title', feed.title),
    xmlElement('link', feed.homeUrl),
    xmlElement('description', feed.description),
    link('self', feed.selfUrl),
    feed.nextUrl === null ? '' : link('next', feed.nextUrl),
    ...historyLinks(feed.history).map(([rel, href]) => link(rel, href)),
    feed.history?.archive === true ? xmlElement('fh:archive', null) : '',
    xmlElement('generator', 'Sitrep'),
    xmlElement('docs', 'https://www.rssboard.org/rss-specification'),
    xmlElement('ttl', String(feedTtlMinutes)),
    feed.updated === null ? '' : xmlElement('lastBuildDate', rfc822Time(feed.updated)),
    ...feed.items.map(item),
    '</channel>\n</rss>\n',
  ].join('');
}

const link = (rel: string, href: string): string =>
  xmlElement('atom:link', null, { rel, href, type: 'application/rss+xml' });

function item(entry: FeedItem): string {
  const { origin } = entry;
  const text = textWithReportsHtml(entry.summary, entry.also);
  return [
    '<item>\n',
    xmlElement('title', entry.title),
    entry.link === null ? '' : xmlElement('link', entry.link),
    text === '' ? '' : xmlElement('description', text),
    ...entry.authors.map((author) => xmlElement('dc:creator', author)),
    ...entry.tags.map(({ kind, term }) => xmlElement('category', term, { domain: `urn:sitrep:${kind}` })),
    xmlElement('guid', entry.iri, { isPermaLink: 'false' }),
    xmlElement('pubDate', rfc822Time(entry.published)),
    origin === null ? '' : xmlElement('source', origin.title, { url: origin.url }),
    '</item>\n',
  ].join('');
}
