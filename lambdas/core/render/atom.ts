import { type NamedReport, reportTitle, textWithReportsHtml } from './also-reported.ts';
import { historyLinks, type FeedDocument, type FeedItem } from './feed-document.ts';
import { rfc3339Time } from './served-time.ts';
import { xmlElement } from './xml-text.ts';

/**
 * Atom 1.0. An entry without an author takes that of its atom:source, the publisher. Source: RFC 4287 §4.1.1, §4.1.2, §4.2.1.
 */
export function renderAtom(feed: FeedDocument): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<feed xmlns="http://www.w3.org/2005/Atom">\n',
    xmlElement('title', feed.title),
    xmlElement('subtitle', feed.description),
    xmlElement('id', feed.iri),
    link('self', feed.selfUrl, 'application/atom+xml'),
    link('alternate', feed.homeUrl, 'text/html'),
    feed.nextUrl === null ? '' : link('next', feed.nextUrl, 'application/atom+xml'),
    ...historyLinks(feed.history).map(([rel, href]) => link(rel, href, 'application/atom+xml')),
    feed.history?.archive === true
      ? xmlElement('fh:archive', null, { 'xmlns:fh': 'http://purl.org/syndication/history/1.0' })
      : '',
    // RFC 4287 demands a time even of a feed that lists nothing; the epoch is one that never changes.
    xmlElement('updated', rfc3339Time(feed.updated ?? 0)),
    xmlElement('generator', 'Sitrep'),
    person('Sitrep'),
    ...feed.items.map(entry),
    '</feed>\n',
  ].join('');
}

const link = (rel: string, href: string, type: string | null): string =>
  xmlElement('link', null, { rel, href, type });

const person = (name: string): string => `<author>\n${xmlElement('name', name)}</author>\n`;

function entry(item: FeedItem): string {
  return [
    '<entry>\n',
    xmlElement('title', item.title),
    xmlElement('id', item.iri),
    item.link === null ? '' : link('alternate', item.link, null),
    ...item.also.reports.map(related),
    xmlElement('published', rfc3339Time(item.published)),
    xmlElement('updated', rfc3339Time(item.updated)),
    ...item.authors.map(person),
    ...item.tags.map(({ kind, term, label }) =>
      xmlElement('category', null, { scheme: `urn:sitrep:${kind}`, term, label }),
    ),
    text(item),
    source(item),
    '</entry>\n',
  ].join('');
}

/** Source: RFC 4287 §4.2.7.2, "related". */
const related = (report: NamedReport): string =>
  report.url === null
    ? ''
    : xmlElement('link', null, { rel: 'related', href: report.url, title: reportTitle(report) });

/** An entry without an alternate link must have content, so its summary stands there. Source: RFC 4287 §4.1.2. */
function text({ link: address, summary, also }: FeedItem): string {
  const name = address === null ? 'content' : 'summary';
  if (also.reports.length > 0) return xmlElement(name, textWithReportsHtml(summary, also), { type: 'html' });
  return address !== null && summary === '' ? '' : xmlElement(name, summary, { type: 'text' });
}

function source({ source: publisher, origin }: FeedItem): string {
  return [
    '<source>\n',
    xmlElement('id', origin?.url ?? `urn:sitrep:source:${encodeURIComponent(publisher.id)}`),
    xmlElement('title', origin?.title ?? publisher.title),
    origin === null ? '' : link('self', origin.url, null),
    publisher.url === null ? '' : link('alternate', publisher.url, null),
    person(publisher.title),
    '</source>\n',
  ].join('');
}
