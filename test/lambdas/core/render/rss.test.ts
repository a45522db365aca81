import { describe, expect, it } from 'vitest';
import { htmlText, singleLine, wellFormedText } from '../../../../lambdas/core/render/xml-text.ts';
import { renderRss } from '../../../../lambdas/core/render/rss.ts';
import { feedOf, hostileStories, hostileTexts } from '../../../support/feed-fixture.ts';
import { all, parseXml, textOf } from '../../../support/parse-xml.ts';
import { storyId, storyOf, wire } from '../../../support/serve-fixture.ts';

const channelOf = (text: string) => {
  const channel = all(parseXml(text), 'channel')[0];
  if (channel === undefined) throw new Error('Expected a channel, got none');
  return channel;
};

describe('renderRss', () => {
  it('describes the channel: its own address, its home, when its content last changed', () => {
    const channel = channelOf(
      renderRss(feedOf(wire, { nextUrl: 'https://wire.example/feed.rss?cursor=abc' })),
    );
    expect(textOf(channel, 'title')).toBe('Sitrep: Mines & <mine> countermeasures');
    expect(textOf(channel, 'link')).toBe('https://wire.example/');
    expect(textOf(channel, 'lastBuildDate')).toBe('Sun, 22 Nov 2026 11:00:00 GMT');
    expect(textOf(channel, 'ttl')).toBe('15');
    const links = all(channel, 'atom:link').map(({ attributes }) => [
      attributes.get('rel'),
      attributes.get('href'),
    ]);
    expect(links).toEqual([
      ['self', 'https://wire.example/feed.rss?topic=sea&limit=2'],
      ['next', 'https://wire.example/feed.rss?cursor=abc'],
    ]);
  });

  it('gives each item a guid that is no link, its date, its tags and the feed it came from', () => {
    const item = all(channelOf(renderRss(feedOf(wire.slice(2, 3)))), 'item')[0];
    if (item === undefined) throw new Error('Expected an item, got none');
    const [guid] = all(item, 'guid');
    expect(guid?.text).toBe(`urn:sitrep:story:${storyId(3)}`);
    expect(guid?.attributes.get('isPermaLink')).toBe('false');
    expect(textOf(item, 'pubDate')).toBe('Sun, 22 Nov 2026 09:00:00 GMT');
    expect(textOf(item, 'dc:creator')).toBe('Ann Lee');
    expect(all(item, 'category').map(({ text, attributes }) => [attributes.get('domain'), text])).toEqual([
      ['urn:sitrep:topic', 'sea.mines'],
      ['urn:sitrep:topic', 'sea.submarines'],
      ['urn:sitrep:country', 'FI'],
    ]);
    const [source] = all(item, 'source');
    expect([source?.text, source?.attributes.get('url')]).toEqual([
      'Ministry news',
      'https://mod.example/rss',
    ]);
  });

  it('stays well-formed and keeps the text of hostile stories', () => {
    const items = all(channelOf(renderRss(feedOf(hostileStories))), 'item');
    expect(items.map((item) => textOf(item, 'title'))).toEqual(hostileTexts.map(singleLine));
    expect(items.map((item) => textOf(item, 'description'))).toEqual(
      hostileTexts.map((text) => htmlText(wellFormedText(text).trim())),
    );
    expect(items.map((item) => textOf(item, 'dc:creator'))).toEqual(hostileTexts.map(singleLine));
  });

  it('is a valid empty channel without a date when nothing matches', () => {
    const channel = channelOf(renderRss(feedOf([])));
    expect(all(channel, 'item')).toEqual([]);
    expect(textOf(channel, 'lastBuildDate')).toBeNull();
  });

  it('leaves out a link that may not be served and keeps the item', () => {
    const story = storyOf({ n: 1, url: 'javascript:alert(1)' });
    const text = renderRss(feedOf([story]));
    expect(text).not.toContain('javascript');
    expect(all(channelOf(text), 'item')).toHaveLength(1);
  });
});
