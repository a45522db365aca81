import { describe, expect, it } from 'vitest';
import { feedItem, storyIri } from '../../../../lambdas/core/render/feed-document.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { directory } from '../../../support/feed-fixture.ts';
import { nowMs, storyId, storyOf } from '../../../support/serve-fixture.ts';

const item = (...input: Parameters<typeof storyOf>) =>
  feedItem(storyLine(storyOf(...input)), directory, nowMs);

describe('feedItem', () => {
  it('is named by an IRI that ends with the id of the story', () => {
    expect(storyIri(storyId(1))).toMatch(new RegExp(`^urn:.*:${storyId(1)}$`));
  });

  it.each(['', '   ', '\u200b\u200d\ufeff', '\u0000', '\ud800', '\u2066\u2069'])(
    'names a story whose title %j cannot be seen by its source and time',
    (title) => {
      expect(item({ n: 1, title }).title).toBe('Harbour Post, 2026-11-22T11:00:00Z');
    },
  );

  it('keeps a title of signs', () => {
    expect(item({ n: 1, title: '🚢' }).title).toBe('🚢');
  });

  it('says which feed the story came from, or else its source, or nothing', () => {
    expect(item({ n: 1 }).origin?.url).toBe('https://harbour.example/feed?a=1&b=2');
    expect(item({ n: 1, sightings: [] }).origin).toEqual({
      title: 'Harbour Post',
      url: 'https://harbour.example/',
    });
    expect(item({ n: 1, source: 'gone', sightings: [] }).origin).toBeNull();
  });
});
