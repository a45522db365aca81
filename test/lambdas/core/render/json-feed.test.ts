import { describe, expect, it } from 'vitest';
import { renderJsonFeed } from '../../../../lambdas/core/render/json-feed.ts';
import { singleLine, wellFormedText } from '../../../../lambdas/core/render/xml-text.ts';
import { directory, feedOf, hostileStories, hostileTexts } from '../../../support/feed-fixture.ts';
import { storyId, storyOf, wire } from '../../../support/serve-fixture.ts';

const parsed = (...feed: Parameters<typeof feedOf>) => JSON.parse(renderJsonFeed(feedOf(...feed), directory));

describe('renderJsonFeed', () => {
  it('is a JSON Feed 1.1 with the address it was fetched from', () => {
    const feed = parsed(wire, { nextUrl: 'https://wire.example/feed.json?cursor=a' });
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Sitrep: Mines & <mine> countermeasures',
      home_page_url: 'https://wire.example/',
      feed_url: 'https://wire.example/feed.rss?topic=sea&limit=2',
      next_url: 'https://wire.example/feed.json?cursor=a',
    });
    expect(feed.items).toHaveLength(wire.length);
  });

  it('gives each item its text, dates, tags and publisher', () => {
    expect(parsed(wire.slice(2, 3)).items[0]).toMatchObject({
      id: `urn:sitrep:story:${storyId(3)}`,
      url: 'https://harbour.example/story/3',
      content_text: 'Summary of story 3.',
      date_published: '2026-11-22T09:00:00Z',
      date_modified: '2026-11-22T09:00:00Z',
      authors: [{ name: 'Ann Lee' }],
      language: 'fi',
      tags: ['sea.mines', 'sea.submarines', 'FI'],
      _sitrep: {
        source: {
          id: 'mod-fi',
          title: 'Ministry',
          url: 'https://mod.example/',
          country: 'FI',
          kind: 'official',
        },
        topics: [
          { topic: 'sea.mines', score: 0.9 },
          { topic: 'sea.submarines', score: 0.9 },
        ],
        countries: ['FI'],
        cluster: null,
      },
    });
  });

  it('leaves out what a story does not have, and always has content', () => {
    const [item] = parsed([storyOf({ n: 1, url: null, authors: [], summary: '', lang: '' })]).items;
    expect(item).toMatchObject({ content_text: 'Story 1' });
    for (const key of ['url', 'authors', 'language']) expect(item).not.toHaveProperty(key);
    expect(parsed([])).not.toHaveProperty('next_url');
  });

  it('keeps the text of hostile stories without lone surrogates', () => {
    const text = renderJsonFeed(feedOf(hostileStories), directory);
    expect(text).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
    const items: { title: string; content_text: string }[] = JSON.parse(text).items;
    expect(items.map(({ title }) => title)).toEqual(hostileTexts.map(singleLine));
    expect(items.map((item) => item.content_text)).toEqual(
      hostileTexts.map((one) => wellFormedText(one).trim()),
    );
  });
});
