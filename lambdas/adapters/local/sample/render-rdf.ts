import { escapedXml, rfc3339Date } from './markup.ts';
import type { SampleDocument, SampleItem } from './sample-wire.ts';

/** The document as RSS 1.0 (RDF) with Dublin Core dates, creators and subjects; an item is named by its link. */
export function renderRdf({ feed, source, items }: SampleDocument): string {
  return [
    `<?xml version="1.0" encoding="${feed.encoding}"?>`,
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"',
    '  xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<channel rdf:about="${escapedXml(source.url)}">`,
    `<title>${escapedXml(feed.title)}</title>`,
    `<link>${escapedXml(source.url)}</link>`,
    `<description>${escapedXml(`News from ${source.title}`)}</description>`,
    `<dc:language>${feed.language}</dc:language>`,
    '<items><rdf:Seq>',
    ...items.map(({ link }) => `<rdf:li rdf:resource="${escapedXml(link)}"/>`),
    '</rdf:Seq></items>',
    '</channel>',
    ...items.map((item) => rdfItem(item, feed.utcOffsetMinutes)),
    '</rdf:RDF>',
    '',
  ].join('\n');
}

function rdfItem(item: SampleItem, utcOffsetMinutes: number): string {
  return [
    `<item rdf:about="${escapedXml(item.link)}">`,
    `<title>${escapedXml(item.title)}</title>`,
    `<link>${escapedXml(item.link)}</link>`,
    `<description>${escapedXml(item.summary)}</description>`,
    ...(item.publishedMs === null
      ? []
      : [`<dc:date>${rfc3339Date(item.publishedMs, utcOffsetMinutes)}</dc:date>`]),
    ...item.authors.map((author) => `<dc:creator>${escapedXml(author)}</dc:creator>`),
    ...item.categories.map((category) => `<dc:subject>${escapedXml(category)}</dc:subject>`),
    '</item>',
  ].join('\n');
}
