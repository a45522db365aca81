import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedDelta, feedTags } from '../../../../lambdas/core/feed-delta/feed-tag.ts';
import { codedEntityTag } from '../../../../lambdas/core/render/entity-tag.ts';
import { feedOf } from '../../../support/feed-fixture.ts';
import { storyOf } from '../../../support/serve-fixture.ts';

const scope = 'a scope';
const stories = Array.from({ length: 200 }, (_, n) => storyOf({ n: n + 1 }));
const feed = feedOf(stories.slice(0, 3));
const ids = (delta: ReturnType<typeof feedDelta>) => delta?.feed.items.map(({ line }) => line.id);

describe('feedTags', () => {
  it('are the same for the same content, and share their beginning', () => {
    const { plain, telling } = feedTags(feed, scope);
    expect(feedTags(feedOf(stories.slice(0, 3)), scope)).toEqual({ plain, telling });
    expect(plain).toMatch(/^"[\w-]{22}"$/);
    expect(telling.startsWith(plain.slice(0, -1))).toBe(true);
  });

  it('change with whatever is listed or said of the feed, and with the scope', () => {
    const [first, ...rest] = feed.items;
    if (first === undefined) throw new Error('Expected an item');
    const others = [
      feedTags({ ...feed, items: rest }, scope),
      feedTags({ ...feed, items: [...rest, first] }, scope),
      feedTags({ ...feed, items: [{ ...first, title: 'Edited' }, ...rest] }, scope),
      feedTags(
        {
          ...feed,
          items: [{ ...first, tags: [{ kind: 'topic', term: 'sea.mines', label: 'Mines' }] }, ...rest],
        },
        scope,
      ),
      feedTags({ ...feed, items: [{ ...first, line: { ...first.line, cluster: 'grown' } }, ...rest] }, scope),
      feedTags({ ...feed, title: 'Renamed' }, scope),
      feedTags({ ...feed, nextUrl: 'https://wire.example/feed.rss?cursor=x' }, scope),
      feedTags(feed, 'another scope'),
    ];
    const plain = [feedTags(feed, scope), ...others].map((tags) => tags.plain);
    expect(new Set(plain).size).toBe(plain.length);
  });

  it('stay within what a header may be, with the most items there are', () => {
    expect(feedTags(feedOf(stories), scope).telling.length).toBeLessThan(1_400);
  });
});

describe('feedDelta', () => {
  it('leaves out exactly what the tag tells of, for any number of items and under any coding', () => {
    const coding = fc.constantFrom('', 'br', 'gzip');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(10), coding, (had, more, name) => {
        const { telling } = feedTags(feedOf(stories.slice(more, more + had)), scope);
        const shown = name === '' ? telling : codedEntityTag(telling, name);
        const now = feedOf(stories.slice(0, more + had));
        expect(ids(feedDelta(now, scope, shown))).toEqual(stories.slice(0, more).map(({ id }) => id));
      }),
    );
  });

  it('sends an item again that was edited, and not one that is as it was', () => {
    const { telling } = feedTags(feed, scope);
    const edited = feedOf([storyOf({ n: 1 }), storyOf({ n: 2, title: 'Edited' }), storyOf({ n: 3 })]);
    expect(ids(feedDelta(edited, scope, telling))).toEqual([storyOf({ n: 2 }).id]);
  });

  it('is null when nothing can be left out, and for what is no telling tag of this scope', () => {
    const { plain, telling } = feedTags(feed, scope);
    expect(feedDelta(feedOf(stories.slice(10, 12)), scope, telling)).toBeNull();
    const wrong = [
      '',
      '*',
      plain,
      telling.replaceAll('"', ''),
      telling.slice(0, -3),
      `${telling.slice(0, -2)}"`,
    ];
    for (const tag of wrong) expect([tag, feedDelta(feed, scope, tag)]).toEqual([tag, null]);
    expect(feedDelta(feed, 'another scope', telling)).toBeNull();
  });

  it('never throws, and never leaves out what a made-up tag cannot know', () => {
    const tag = fc.oneof(fc.string(), fc.stringMatching(/^"[\w-]{22}\.[\w-]{0,60}"$/));
    fc.assert(
      fc.property(tag, (shown) => {
        expect(feedDelta(feed, scope, shown)).toBeNull();
      }),
    );
  });
});
