import { cdata, escapedXml, rfc822Date } from './markup.ts';
import type { SampleDocument, SampleItem } from './sample-wire.ts';

/**
 * The document as RSS 2.0 with dc:creator and content:encoded. A `malformed` feed writes titles and summaries as they
 * are, so a bare `&`, a stray `<` or an unclosed tag in the data reaches the reader, as it does from hand-made feeds.
 */
export function renderRss({ feed, source, items, changedMs }: SampleDocument): string {
  const head = [
    `<title>${escapedXml(feed.title)}</title>`,
    `<link>${escapedXml(source.url)}</link>`,
    `<description>${escapedXml(`News from ${source.title}`)}</description>`,
    `<language>${feed.language}</language>`,
    `<lastBuildDate>${rfc822Date(changedMs, feed.utcOffsetMinutes)}</lastBuildDate>`,
  ];
  const namespaces =
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
  return [
    `<?xml version="1.0" encoding="${feed.encoding}"?>`,
    `<rss version="2.0" ${namespaces}>`,
    '<channel>',
    ...head,
    ...items.map((item) => rssItem(item, feed)),
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

function rssItem(item: SampleItem, feed: SampleDocument['feed']): string {
  const text = feed.malformed ? (value: string) => value : escapedXml;
  const description = item.markup && !feed.malformed ? cdata(item.summary) : text(item.summary);
  return [
    '<item>',
    `<title>${text(item.title)}</title>`,
    `<link>${escapedXml(item.link)}</link>`,
    ...(item.guid === null ? [] : [guidElement(item.guid, item.link)]),
    ...(item.publishedMs === null
      ? []
      : [`<pubDate>${rfc822Date(item.publishedMs, feed.utcOffsetMinutes)}</pubDate>`]),
    ...item.authors.map((author) => `<dc:creator>${escapedXml(author)}</dc:creator>`),
    ...item.categories.map((category) => `<category>${escapedXml(category)}</category>`),
    `<description>${description}</description>`,
    ...(item.content === null ? [] : [`<content:encoded>${cdata(item.content)}</content:encoded>`]),
    '</item>',
  ].join('\n');
}

function guidElement(guid: string, link: string): string {
  return `<guid${guid === link ? '' : ' isPermaLink="false"'}>${escapedXml(guid)}</guid>`;
}
