import { rfc3339Date } from './markup.ts';
import type { SampleDocument, SampleItem } from './sample-wire.ts';

/** The document as JSON Feed 1.1. A summary in HTML becomes `content_html`, as the format's summary is plain text. */
export function renderJson({ feed, source, items }: SampleDocument): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: source.url,
    language: feed.language,
    items: items.map((item) => jsonItem(item, feed.utcOffsetMinutes)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function jsonItem(item: SampleItem, utcOffsetMinutes: number): Record<string, unknown> {
  const html = item.content ?? (item.markup ? item.summary : null);
  return {
    id: item.guid ?? item.link,
    url: item.link,
    title: item.title,
    ...(html === null ? { content_text: item.summary } : { content_html: html }),
    ...(html === null || item.markup ? {} : { summary: item.summary }),
    ...(item.publishedMs === null ? {} : { date_published: rfc3339Date(item.publishedMs, utcOffsetMinutes) }),
    ...(item.publishedMs === null || item.changedMs <= item.publishedMs
      ? {}
      : { date_modified: rfc3339Date(item.changedMs, utcOffsetMinutes) }),
    ...(item.authors.length === 0 ? {} : { authors: item.authors.map((name) => ({ name })) }),
    ...(item.categories.length === 0 ? {} : { tags: item.categories }),
  };
}
