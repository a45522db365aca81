import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byFirstSight, memberLine } from '../../../lambdas/core/story/cluster-members.ts';
import type { Story } from '../../../lambdas/core/words/story.ts';
import { queries, reports, worldOf } from '../../support/event-world.ts';
import { nowMs, serveFixture, storyId, storyOf } from '../../support/serve-fixture.ts';

interface Page {
  readonly stories: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

type Get = (path: string) => Promise<Response>;

/** The ids of each page of a walk to the end. */
async function walk(get: Get, query: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const mark: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: Page = JSON.parse(await (await get(`/api/stories?${query}${mark}`)).text());
    pages.push(page.stories.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return pages;
}

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('&');

/** What a way of collapsing must show of the stories that match, told from the stories themselves. */
const expected = {
  none: (matching: readonly Story[]) => matching,
  copies: (matching: readonly Story[]) =>
    matching.filter(({ original }) => !matching.some(({ id }) => id === original?.id)),
  cluster: (matching: readonly Story[]) =>
    matching.filter(
      (story) =>
        story.cluster === null ||
        !matching.some((other) => other.cluster === story.cluster && byFirstSight(other, story) < 0),
    ),
};
const collapses = ['none', 'copies', 'cluster'] as const;

describe('a walk through collapsed pages', () => {
  it.each(collapses)(
    'collapse=%s shows each that it should once, in order, in pages that are full',
    async (collapse) => {
      await fc.assert(
        fc.asyncProperty(
          reports(40),
          queries,
          fc.integer({ min: 1, max: 7 }),
          async (given, query, limit) => {
            const stories = worldOf(given);
            const { get } = serveFixture(stories);
            const ids = (await walk(get, joined(query, 'collapse=none', 'limit=200'))).flat();
            const matching = ids.flatMap((id) => stories.find((story) => story.id === id) ?? []);
            const wanted = expected[collapse](matching).map(({ id }) => id);
            const pages = await walk(get, joined(query, `collapse=${collapse}`, `limit=${limit}`));
            expect(pages.flat()).toEqual(wanted);
            expect(
              pages.slice(0, Math.floor(wanted.length / limit)).every((page) => page.length === limit),
            ).toBe(true);
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('shows of every event that has a match one story, and so loses none', async () => {
    await fc.assert(
      fc.asyncProperty(reports(40), queries, async (given, query) => {
        const stories = worldOf(given);
        const { get } = serveFixture(stories);
        const eventsOf = async (collapse: string) => {
          const ids = (await walk(get, joined(query, `collapse=${collapse}`))).flat();
          return ids.map((id) => stories.find((story) => story.id === id)?.cluster ?? id);
        };
        const shown = await eventsOf('cluster');
        expect(new Set(shown).size).toBe(shown.length);
        expect(new Set(shown)).toEqual(new Set(await eventsOf('none')));
        expect(new Set(await eventsOf('copies'))).toEqual(new Set(shown));
      }),
      { numRuns: 100 },
    );
  });

  it('lets the same item stand for an event however it grows', async () => {
    await fc.assert(
      fc.asyncProperty(reports(14), queries, async (given, query) => {
        const arrivals = [...given].sort((one, other) => other.seenMinutesAgo - one.seenMinutesAgo);
        const standing = new Map<string, string>();
        // All ask at one time: a window that moves with the clock lets stories go by itself.
        for (let count = 1; count <= arrivals.length; count += 1) {
          const stories = worldOf(arrivals.slice(0, count));
          const { get } = serveFixture(stories);
          for (const id of (await walk(get, joined(query, 'collapse=cluster'))).flat()) {
            const event = stories.find((story) => story.id === id)?.cluster ?? id;
            const guid = standing.get(event) ?? id;
            expect(id).toBe(guid);
            standing.set(event, guid);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a page costs', () => {
  const event = (count: number, cluster: string) =>
    Array.from({ length: count }, (_, n) => storyOf({ n, cluster }));

  it('reads no cluster by default, nor for stories that are alone', async () => {
    const { get, clusters, reader } = serveFixture(event(9, storyId(8)));
    expect((await walk(get, 'limit=50')).flat()).toHaveLength(9);
    expect((await walk(get, 'collapse=none')).flat()).toHaveLength(9);
    const alone = serveFixture(Array.from({ length: 9 }, (_, n) => storyOf({ n })));
    await walk(alone.get, 'collapse=cluster');
    expect([clusters.asked.length, alone.clusters.asked.length, reader.requests.length]).toEqual([0, 0, 2]);
  });

  it('reads a cluster once however many of its stories are passed over', async () => {
    const stories = [...event(900, storyId(899)), storyOf({ n: 1_000 })];
    const { get, clusters, reader } = serveFixture(stories);
    const [page] = await walk(get, 'collapse=cluster&limit=2');
    expect(page).toEqual([storyId(899), storyId(1_000)]);
    expect(clusters.asked).toEqual([storyId(899)]);
    expect(reader.requests).toHaveLength(2);
  });

  it('looks at no more rows than its bound, and goes on from there', async () => {
    const { get, reader } = serveFixture(event(4_100, storyId(4_099)));
    const pages = await walk(get, 'collapse=cluster');
    expect(pages).toEqual([[], [], [storyId(4_099)]]);
    for (const { rowsMax, limit } of reader.requests)
      expect([rowsMax <= 2_000, limit <= 200]).toEqual([true, true]);
    expect(reader.requests.length).toBeLessThan(12);
  });

  it('ends early, with a cursor, when a page would read more clusters than it may', async () => {
    const pairs = Array.from({ length: 1_500 }, (_, n) =>
      storyOf({ n: n / 100, id: storyId(n + 1), cluster: storyId(n + 9_000) }),
    );
    const { get, clusters } = serveFixture(pairs);
    for (const story of pairs) {
      const other = { ...memberLine(story), id: storyId(9_999), firstSeen: '2026-01-01T00:00:00.000Z' };
      clusters.put({ id: story.cluster ?? '', members: [other, memberLine(story)], total: 2, version: 1 });
    }
    const { stories, nextCursor }: Page = JSON.parse(
      await (await get('/api/stories?collapse=cluster')).text(),
    );
    expect(stories).toEqual([]);
    expect(nextCursor).not.toBeNull();
    expect(clusters.asked.length).toBeLessThanOrEqual(600);
  });
});

describe('what the store may lack', () => {
  const at = (hour: number) => new Date(nowMs - hour * 3_600_000).toISOString();

  it('a cluster that is not stored leaves each of its stories to itself, but for copies', async () => {
    const first = storyOf({ n: 3, cluster: storyId(3) });
    const other = storyOf({ n: 2, cluster: storyId(3) });
    const { id, source, kind, lang, sortTime } = first;
    const original = { id, source, kind, lang, sortTime, lacks: [], adds: [] };
    const copy = storyOf({ n: 1, source: 'mod-fi', cluster: storyId(3), original });
    const { get, clusters } = serveFixture([first, other, copy]);
    clusters.cluster = async () => null;
    expect((await walk(get, 'collapse=cluster')).flat()).toEqual([storyId(2), storyId(3)]);
  });

  it('a story that its cluster does not list yet is one of it all the same', async () => {
    const [first, second] = [storyOf({ n: 3, cluster: storyId(3) }), storyOf({ n: 2, cluster: storyId(3) })];
    const { get, clusters } = serveFixture([first, second]);
    clusters.put({ id: storyId(3), members: [memberLine(first)], total: 1, version: 1 });
    expect((await walk(get, 'collapse=cluster')).flat()).toEqual([storyId(3)]);
  });

  it('a member whose story is gone does not stand for the others where its text has to be read', async () => {
    const second = storyOf({ n: 2, title: 'Needle', cluster: storyId(3) });
    const gone = {
      ...memberLine(storyOf({ n: 3, firstSeen: at(3) })),
      summary: 'Needle …',
      cluster: storyId(3),
    };
    const { get, clusters } = serveFixture([second]);
    clusters.put({ id: storyId(3), members: [gone, memberLine(second)], total: 2, version: 2 });
    expect((await walk(get, 'collapse=cluster&q=-straw')).flat()).toEqual([storyId(2)]);
  });
});
