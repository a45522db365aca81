import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../../../lambdas/core/parse/parse.ts';
import type { ParsedEntry } from '../../../../../lambdas/core/words/entry.ts';

const vocabularies =
  ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';

async function onlyEntry(document: string): Promise<ParsedEntry> {
  const bytes = Buffer.from(document);
  const result = await parseFeed({ bytes, contentType: null, base: 'https://example.org/feed' });
  const entry = result.ok ? result.parsed.entries[0] : undefined;
  if (entry === undefined) throw new Error('Expected an entry, got none.');
  return entry;
}

const rssItem = (body: string): Promise<ParsedEntry> =>
  onlyEntry(`<rss version="2.0"${vocabularies}><channel><item>${body}</item></channel></rss>`);
const atomEntry = (body: string, feed = ''): Promise<ParsedEntry> =>
  onlyEntry(`<feed xmlns="http://www.w3.org/2005/Atom"${vocabularies}>${feed}<entry>${body}</entry></feed>`);

const source = (body: string): string => `<source>${body}</source>`;
const author = (name: string): string => `<author><name>${name}</name></author>`;

describe('identifiers', () => {
  it.each([
    ['a  b\tc', 'a  b\tc'],
    ['HTTP://Example.org:80/A?b=1&amp;utm_source=x#y', 'HTTP://Example.org:80/A?b=1&utm_source=x#y'],
    ['<![CDATA[https://example.org/?a=1&amp;b=2]]>', 'https://example.org/?a=1&amp;b=2'],
    ['tag:example.org,2025:1', 'tag:example.org,2025:1'],
    ['a\u0008 b', 'a b'],
  ])('keeps %j as it is, but for the ends', async (guid, id) => {
    for (const entry of [await rssItem(`<guid>${guid}</guid>`), await atomEntry(`<id>${guid}</id>`)]) {
      expect(entry.id).toBe(id);
      expect(entry.guid).toBeUndefined();
    }
  });

  it('gives the absolute form of a relative Atom id and permalink, and the written one beside it', async () => {
    expect(await atomEntry('<id>  t3_abc\n</id>')).toMatchObject({
      id: 'https://example.org/t3_abc',
      guid: 't3_abc',
    });
    for (const entry of [await rssItem('<guid>/news/1</guid>'), await atomEntry('<id>/news/1</id>')]) {
      expect(entry).toMatchObject({ id: 'https://example.org/news/1', guid: '/news/1' });
    }
  });

  it.each(['12345', 't3_abc', '<guid isPermaLink="false">/news/1</guid>'])(
    'leaves an RSS guid that is no address as it is: %s',
    async (guid) => {
      const entry = await rssItem(guid.startsWith('<') ? guid : `<guid>${guid}</guid>`);
      expect(entry.id).toBe(guid.startsWith('<') ? '/news/1' : guid);
    },
  );
});

describe('dates', () => {
  it('reads the date of Dublin Core as the update, and as the publication where that is not given', async () => {
    const dc = '<dc:date>2025-02-03T00:00:00Z</dc:date>';
    expect(await rssItem(dc)).toMatchObject({
      published: '2025-02-03T00:00:00.000Z',
      updated: '2025-02-03T00:00:00.000Z',
    });
    expect(await rssItem(`${dc}<pubDate>Sat, 01 Feb 2025 00:00:00 GMT</pubDate>`)).toMatchObject({
      published: '2025-02-01T00:00:00.000Z',
      updated: '2025-02-03T00:00:00.000Z',
    });
  });
});

describe('credits', () => {
  it('tell whom an item is from', async () => {
    const body =
      '<source url="https://wire.example/feed">Wire Example</source><dc:source>Reuters</dc:source><dc:rights>© 2025 Desk</dc:rights>';
    expect((await rssItem(body)).credits).toEqual(['Wire Example', 'Reuters', '© 2025 Desk']);
    expect((await rssItem('<title>T</title>')).credits).toBeUndefined();
  });
});

describe('links', () => {
  it.each([
    '<link>https://example.org/?a=1&amp;amp;b=2</link>',
    '<link><![CDATA[https://example.org/?a=1&amp;b=2]]></link>',
    '<atom:link href="https://example.org/?a=1&amp;amp;b=2"/>',
    '<guid>https://example.org/?a=1&amp;amp;b=2</guid>',
  ])('reads the address in %s, escaped once too often', async (body) => {
    expect((await rssItem(body)).link).toBe('https://example.org/?a=1&b=2');
  });
});

describe('summary and content', () => {
  it('takes a second, different summary as content where there is none', async () => {
    expect(
      await rssItem('<itunes:summary>Long</itunes:summary><description>Short</description>'),
    ).toMatchObject({ summary: 'Short', content: 'Long' });
    expect(
      await rssItem('<description>Same</description><itunes:summary>Same</itunes:summary>'),
    ).toMatchObject({ summary: 'Same', content: null });
  });

  it('prefers what is marked as content', async () => {
    const body =
      '<description>Short</description><media:description>Caption</media:description><content:encoded>Whole</content:encoded>';
    expect(await rssItem(body)).toMatchObject({ summary: 'Short', content: 'Whole' });
  });
});

describe('authors', () => {
  it('puts any name before a bare address', async () => {
    const body = '<author>desk@example.org</author><itunes:author>The Show</itunes:author>';
    expect(await rssItem(body)).toMatchObject({
      author: 'The Show',
      authors: ['The Show', 'desk@example.org'],
    });
    expect(await rssItem(`${body}<dc:creator>Ann Lee</dc:creator>`)).toMatchObject({ author: 'Ann Lee' });
  });

  it('takes the first author of the source before that of the feed, but never before one of the entry', async () => {
    const copied = source(`<title>S</title><contributor><name>Cy</name></contributor>${author('Bo')}`);
    expect(await atomEntry(`<title>T</title>${copied}`, author('Feed'))).toMatchObject({
      title: 'T',
      authors: ['Bo'],
    });
    expect((await atomEntry(copied + author('Ann'), author('Feed'))).authors).toEqual(['Ann']);
    expect((await atomEntry(`${copied}<author><email>a@example.org</email></author>`)).authors).toEqual([
      'a@example.org',
    ]);
    expect((await atomEntry(source('<title>S</title>'), author('Feed'))).authors).toEqual(['Feed']);
  });

  it('takes one name of a source with several authors', async () => {
    expect((await atomEntry(source(author('Bo') + author('Cy')))).authors).toEqual(['Bo']);
  });

  it('keeps everything else of a source out of the entry, wherever it stands and however it is written', async () => {
    const copied = source(
      '<link href="https://other.example/"></link><title>S</title><id>urn:s</id><updated>2001-01-01T00:00:00Z</updated><category term="s"/><summary>S</summary>',
    );
    const own =
      '<title>T</title><id>urn:e</id><link href="/1"/><updated>2025-01-02T03:04:05Z</updated><summary>E</summary>';
    const expected = await atomEntry(own);
    expect(await atomEntry(copied + own)).toEqual(expected);
    expect(await atomEntry(own + copied)).toEqual(expected);
  });

  it('takes no author from the source of an RSS item, which is a name of a feed', async () => {
    expect((await rssItem('<source url="https://other.example/feed">Other</source>')).authors).toEqual([]);
  });
});
