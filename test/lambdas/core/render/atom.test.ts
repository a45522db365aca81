import { describe, expect, it } from 'vitest';
import { renderAtom } from '../../../../lambdas/core/render/atom.ts';
import { singleLine, wellFormedText } from '../../../../lambdas/core/render/xml-text.ts';
import { feedOf, hostileStories, hostileTexts } from '../../../support/feed-fixture.ts';
import { all, parseXml, textOf, type XmlElement } from '../../../support/parse-xml.ts';
import { storyId, storyOf, wire } from '../../../support/serve-fixture.ts';

const linksOf = (element: XmlElement) =>
  all(element, 'link').map(({ attributes }) => [attributes.get('rel'), attributes.get('href')]);

function entryOf(...stories: Parameters<typeof storyOf>): XmlElement {
  const [entry] = all(parseXml(renderAtom(feedOf([storyOf(...stories)]))), 'entry');
  if (entry === undefined) throw new Error('Expected an entry, got none');
  return entry;
}

describe('renderAtom', () => {
  it('has what RFC 4287 demands of a feed', () => {
    const feed = parseXml(renderAtom(feedOf(wire, { nextUrl: 'https://wire.example/feed.atom?cursor=a' })));
    expect(feed.attributes.get('xmlns')).toBe('http://www.w3.org/2005/Atom');
    expect(textOf(feed, 'id')).toBe('urn:sitrep:feed:test');
    expect(textOf(feed, 'updated')).toBe('2026-11-22T11:00:00Z');
    expect(linksOf(feed)).toEqual([
      ['self', 'https://wire.example/feed.rss?topic=sea&limit=2'],
      ['alternate', 'https://wire.example/'],
      ['next', 'https://wire.example/feed.atom?cursor=a'],
    ]);
  });

  it('has what RFC 4287 demands of an entry', () => {
    const entry = entryOf({ n: 1, topics: ['sea.mines'], updated: '2026-11-22T11:30:00.000Z' });
    expect(textOf(entry, 'id')).toBe(`urn:sitrep:story:${storyId(1)}`);
    expect(textOf(entry, 'published')).toBe('2026-11-22T11:00:00Z');
    expect(textOf(entry, 'updated')).toBe('2026-11-22T11:30:00Z');
    expect(all(entry, 'author').map((author) => textOf(author, 'name'))).toEqual(['Ann Lee']);
    expect(linksOf(entry)).toEqual([['alternate', 'https://harbour.example/story/1']]);
    const [category] = all(entry, 'category');
    expect([...(category?.attributes ?? [])]).toEqual([
      ['scheme', 'urn:sitrep:topic'],
      ['term', 'sea.mines'],
      ['label', 'Mines & <mine> countermeasures'],
    ]);
  });

  it('names the publisher as author in the source, for entries without one', () => {
    const entry = entryOf({ n: 1, authors: [] });
    const [source] = all(entry, 'source');
    expect(all(entry, 'author')).toEqual([]);
    expect(source === undefined ? null : textOf(source, 'id')).toBe('https://harbour.example/feed?a=1&b=2');
    expect(source === undefined ? null : all(source, 'author')[0]?.text.trim()).toBe('Harbour Post');
  });

  it('gives an entry without a link its text as content', () => {
    const entry = entryOf({ n: 1, url: null });
    expect(linksOf(entry)).toEqual([]);
    expect(textOf(entry, 'content')).toBe('Summary of story 1.');
    expect(textOf(entry, 'summary')).toBeNull();
  });

  it('keeps the order of elements valid for a story of a source that left the catalogue', () => {
    const [source] = all(entryOf({ n: 1, source: 'gone', sightings: [] }), 'source');
    expect(source === undefined ? null : textOf(source, 'id')).toBe('urn:sitrep:source:gone');
  });

  it('stays well-formed and keeps the text of hostile stories', () => {
    const entries = all(parseXml(renderAtom(feedOf(hostileStories))), 'entry');
    expect(entries.map((entry) => textOf(entry, 'title'))).toEqual(hostileTexts.map(singleLine));
    expect(entries.map((entry) => textOf(entry, 'summary'))).toEqual(
      hostileTexts.map((text) => wellFormedText(text).trim()),
    );
  });

  it('has a time that never changes when nothing matches', () => {
    expect(textOf(parseXml(renderAtom(feedOf([]))), 'updated')).toBe('1970-01-01T00:00:00Z');
  });
});
