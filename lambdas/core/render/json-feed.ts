import { reportsText } from './also-reported.ts';
import type { FeedDirectory } from './feed-directory.ts';
import type { FeedDocument, FeedItem } from './feed-document.ts';
import { storyFields } from './story-json.ts';
import { rfc3339Time } from './served-time.ts';
import { isoTime } from '../words/time.ts';

/**
 * JSON Feed 1.1. `_sitrep` carries what the format has no place for: the publisher, the scored topics, the names and
 * where else the story appeared, under the same names as `/api/stories`. Source: jsonfeed.org/version/1.1.
 */
export function renderJsonFeed(feed: FeedDocument, directory: FeedDirectory): string {
  return `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.selfUrl,
    description: feed.description,
    // JSON Feed knows one way back; where pages end, it goes on through the archive.
    ...nextUrl(feed),
    authors: [{ name: 'Sitrep' }],
    items: feed.items.map((item) => jsonItem(item, directory)),
  })}\n`;
}

function nextUrl({ nextUrl: next, history }: FeedDocument): { readonly next_url?: string } {
  const url = next ?? history?.previousArchive ?? null;
  return url === null ? {} : { next_url: url };
}

function jsonItem(item: FeedItem, directory: FeedDirectory) {
  const { line } = item;
  return {
    id: item.iri,
    ...(item.link === null ? {} : { url: item.link }),
    title: item.title,
    content_text: [item.summary === '' ? item.title : item.summary, reportsText(item.also)]
      .filter((part) => part !== '')
      .join('\n\n'),
    date_published: rfc3339Time(item.published),
    date_modified: rfc3339Time(item.updated),
    ...(item.authors.length === 0 ? {} : { authors: item.authors.map((name) => ({ name })) }),
    ...(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(line.lang) ? { language: line.lang } : {}),
    tags: item.tags.map(({ term }) => term),
    _sitrep: sitrepFields(item, directory),
  };
}

function sitrepFields(item: FeedItem, directory: FeedDirectory) {
  const publisher = directory.sources.get(item.line.source);
  const fields = storyFields(item.line, item);
  return {
    source: { ...item.source, country: publisher?.country ?? null, kind: item.line.kind },
    feeds: fields.feeds,
    firstSeen: fields.firstSeen,
    revision: fields.revision,
    relevance: fields.relevance,
    topics: fields.topics.map(({ topic, score }) => ({ topic, score })),
    countries: fields.countries,
    organisations: fields.organisations,
    people: fields.people,
    systems: fields.systems,
    operations: fields.operations,
    copies: fields.copies,
    copyOf: fields.copyOf,
    notice: fields.notice,
    cluster: fields.cluster === null ? null : { id: fields.cluster, ...membersOf(item) },
  };
}

/** The other stories of the event that an item stands for: those it names, and how many the event has in all. */
function membersOf({ also }: FeedItem) {
  if (also.total === null) return {};
  const members = also.reports.map(({ id, sourceId, title, url, published, copyOf }) => {
    return { id, source: sourceId, title, url, published: isoTime(published), copyOf };
  });
  return { total: also.total, members };
}
