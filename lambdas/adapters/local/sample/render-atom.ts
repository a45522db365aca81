import { escapedXml, rfc3339Date } from './markup.ts';
import type { SampleDocument, SampleItem } from './sample-wire.ts';

/**
 * The document as Atom 1.0 (RFC 4287). With `relativeLinks` the feed carries an xml:base and its links are paths.
 * An undated item still has the `updated` that RFC 4287 §4.2.15 demands, without `published`.
 */
export function renderAtom({ feed, source, items, changedMs }: SampleDocument): string {
  const base = feed.relativeLinks ? ` xml:base="${escapedXml(source.url)}"` : '';
  return [
    `<?xml version="1.0" encoding="${feed.encoding}"?>`,
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}"${base}>`,
    `<id>${escapedXml(`${source.url}#${feed.id}`)}</id>`,
    `<title>${escapedXml(feed.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${escapedXml(source.url)}"/>`,
    `<author><name>${escapedXml(source.title)}</name></author>`,
    `<updated>${rfc3339Date(changedMs, feed.utcOffsetMinutes)}</updated>`,
    ...items.map((item) => atomEntry(item, feed.utcOffsetMinutes)),
    '</feed>',
    '',
  ].join('\n');
}

function atomEntry(item: SampleItem, utcOffsetMinutes: number): string {
  const type = item.markup ? ' type="html"' : '';
  return [
    '<entry>',
    `<id>${escapedXml(item.guid ?? item.link)}</id>`,
    `<title${type}>${escapedXml(item.title)}</title>`,
    `<link rel="alternate" href="${escapedXml(item.link)}"/>`,
    ...(item.publishedMs === null
      ? []
      : [`<published>${rfc3339Date(item.publishedMs, utcOffsetMinutes)}</published>`]),
    `<updated>${rfc3339Date(item.changedMs, utcOffsetMinutes)}</updated>`,
    ...item.authors.map((author) => `<author><name>${escapedXml(author)}</name></author>`),
    ...item.categories.map((category) => `<category term="${escapedXml(category)}"/>`),
    `<summary${type}>${escapedXml(item.summary)}</summary>`,
    ...(item.content === null ? [] : [`<content type="html">${escapedXml(item.content)}</content>`]),
    '</entry>',
  ].join('\n');
}
