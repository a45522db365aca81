import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAtom } from '../../../../lambdas/core/render/atom.ts';
import type { FeedDocument, FeedItem } from '../../../../lambdas/core/render/feed-document.ts';
import { feedBytesMax, fittedFeed, shortSummary } from '../../../../lambdas/core/render/fit-feed.ts';
import { renderJsonFeed } from '../../../../lambdas/core/render/json-feed.ts';
import { renderRss } from '../../../../lambdas/core/render/rss.ts';
import { directory, feedOf } from '../../../support/feed-fixture.ts';
import { storyOf } from '../../../support/serve-fixture.ts';

const renderers = [renderRss, renderAtom, (feed: FeedDocument) => renderJsonFeed(feed, directory)];
const largest = (feed: FeedDocument) =>
  Math.max(...renderers.map((render) => Buffer.byteLength(render(feed))));

function fitted(items: readonly FeedItem[], bytesMax: number): FeedDocument {
  const withItems = (kept: readonly FeedItem[], cut: boolean) =>
    feedOf([], { items: kept, nextUrl: cut ? `https://wire.example/?after=${kept.at(-1)?.iri}` : null });
  return fittedFeed(items, { withItems, renderers, bytesMax });
}
const itemsOf = (count: number, fields: Partial<Parameters<typeof storyOf>[0]>) =>
  feedOf(Array.from({ length: count }, (_, n) => storyOf({ n, ...fields }))).items;

describe('fittedFeed', () => {
  it('leaves a feed that fits as it is', () => {
    const items = itemsOf(50, {});
    expect(fitted(items, feedBytesMax).items).toEqual(items);
  });

  it('shortens summaries first, with an ellipsis, and keeps every item', () => {
    const items = itemsOf(200, { summary: 'wörd & '.repeat(142) });
    const feed = fitted(items, feedBytesMax);
    expect(largest(feed)).toBeLessThanOrEqual(feedBytesMax);
    expect(feed.items.map(({ iri }) => iri)).toEqual(items.map(({ iri }) => iri));
    expect(feed.items.every(({ summary }) => summary.endsWith('…'))).toBe(true);
    expect(feed.nextUrl).toBeNull();
  });

  it('leaves out the oldest items last, and links to them', () => {
    const names = Array.from({ length: 20 }, (_, n) => `${'&<>"'.repeat(25)}${n}`);
    const items = itemsOf(50, { title: '&'.repeat(512), summary: '<'.repeat(1_000), organisations: names });
    const feed = fitted(items, feedBytesMax);
    expect(largest(feed)).toBeLessThanOrEqual(feedBytesMax);
    expect(feed.items.length).toBeLessThan(50);
    expect(feed.items.length).toBeGreaterThan(0);
    expect(feed.items.map(({ iri }) => iri)).toEqual(items.slice(0, feed.items.length).map(({ iri }) => iri));
    expect(feed.nextUrl).toContain(feed.items.at(-1)?.iri);
  });

  it('always keeps one item, so that paging goes on', () => {
    expect(fitted(itemsOf(3, {}), 10).items).toHaveLength(1);
  });

  it('is within the bound in every format when it was only estimated, for any text, names and copies', () => {
    const unit = fc.constantFrom('a', '&', '<', '"', '\\', 'é', '海', '🚢', '\n', ' ', '\u2028');
    const text = fc.string({ unit, maxLength: 300 });
    const copy = fc.record({
      id: fc.constant('c'.repeat(22)),
      source: fc.constantFrom('mod-fi', 'unknown-source'),
      url: fc.oneof(
        fc.constant(null),
        fc.nat(900).map((length) => `https://mod.example/${'p'.repeat(length)}`),
      ),
      published: fc.constant('2026-11-20T00:00:00.000Z'),
    });
    const story = fc.record({
      title: text,
      summary: text,
      authors: fc.array(text, { maxLength: 4 }),
      organisations: fc.array(text, { maxLength: 6 }),
      copies: fc.array(copy, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 10 }), fc.nat(60_000), (stories, extra) => {
        const { items } = feedOf(stories.map((fields, n) => storyOf({ n, ...fields })));
        const feed = fitted(items, 8_000 + extra);
        const isCutShort = feed.items.length === 1;
        expect(isCutShort || largest(feed) <= 8_000 + extra).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('writes nothing to find out that an ordinary page fits', () => {
    const items = itemsOf(50, {
      title: 'A headline of some eighty characters, which is what a headline mostly comes to',
      summary: 'A summary of a sentence or two. '.repeat(8),
      organisations: ['Royal Navy', 'BAE Systems'],
      topics: ['sea.mines', 'sea.submarines'],
      countries: ['AU', 'GB'],
    });
    const unwritten = (): string => {
      throw new Error('Expected nothing to be written');
    };
    const withItems = (kept: readonly FeedItem[]) => feedOf([], { items: kept });
    expect(fittedFeed(items, { withItems, renderers: [unwritten], bytesMax: feedBytesMax }).items).toEqual(
      items,
    );
  });

  it('is within the bound in every format, for any text', () => {
    const unit = fc.constantFrom('a', '&', '<', '"', '\\', 'é', '海', '🚢', '\n', ' ');
    const text = fc.string({ unit, maxLength: 400 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), fc.nat(30_000), (texts, extra) => {
        const stories = texts.map((one, n) => storyOf({ n, title: one, summary: one, authors: [one] }));
        const bytesMax = 6_000 + extra;
        const feed = fitted(feedOf(stories).items, bytesMax);
        expect(feed.items.length === 1 || largest(feed) <= bytesMax).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('shortSummary', () => {
  it('cuts after a word, by code points, and marks the cut', () => {
    expect(shortSummary('one two three', 20)).toBe('one two three');
    expect(shortSummary('one two three', 10)).toBe('one two…');
    expect(shortSummary('🚢🚢🚢🚢', 3)).toBe('🚢🚢…');
    expect(shortSummary('one two three', 0)).toBe('');
  });
});
