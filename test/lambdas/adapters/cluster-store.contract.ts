import { beforeAll, describe, expect, it } from 'vitest';
import { memberLine } from '../../../lambdas/core/story/cluster-members.ts';
import { storyLine } from '../../../lambdas/core/story/story-line.ts';
import { type Cluster, clusterMembersMax } from '../../../lambdas/core/words/cluster.ts';
import type { Clock, ClusterStore } from '../../../lambdas/ports.ts';
import { storyAt } from '../../support/stories.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const dayMs = 86_400_000;
const longAgo = '2026-01-01T00:00:00.000Z';
const at = (minute: number): string => new Date(start - minute * 60_000).toISOString();

/** What every cluster store must hold; `open` gives one under this clock. */
export function clusterStoreContract(name: string, open: (clock: Clock) => Promise<ClusterStore>): void {
  describe(`cluster store, ${name}`, () => {
    let store: ClusterStore;
    let now = start;
    beforeAll(async () => {
      store = await open(() => now);
    });

    let nextTest = 0;
    /** Every test has keys and stories of its own. */
    const fresh = () => {
      nextTest += 1;
      const test = nextTest;
      const line = (number: number, minute: number, parts = {}) =>
        storyLine(storyAt(test * 1_000 + number, at(minute), parts));
      return { key: (word: string) => `${word} ${test}`, line, id: `cluster-${test}` };
    };
    const titles = (lines: readonly { title: string }[]) => lines.map(({ title }) => title);
    const clusterOf = (id: string, numbers: readonly number[], version: number): Cluster => ({
      id,
      version,
      total: numbers.length,
      members: numbers.map((number) => memberLine(storyAt(number, at(number), { cluster: id }))),
    });

    it('finds a story under each key it was announced under, and under no other', async () => {
      const { key, line } = fresh();
      await store.announce(line(1, 1), [key('a'), key('b')]);
      expect(await store.candidates([key('a')], longAgo)).toMatchObject([{ id: line(1, 1).id }]);
      expect(await store.candidates([key('b'), key('a')], longAgo)).toHaveLength(1);
      expect(await store.candidates([key('c')], longAgo)).toEqual([]);
      expect(await store.candidates([], longAgo)).toEqual([]);
    });

    it('keeps what the rules compare of an announced story', async () => {
      const { key, line } = fresh();
      const announced = line(1, 1, { agency: 'Reuters' });
      await store.announce(announced, [key('a')]);
      const { title, summary, source, sortTime, countries, agency } = announced;
      expect(await store.candidates([key('a')], longAgo)).toMatchObject([
        { title, summary, source, sortTime, countries, agency },
      ]);
    });

    it('takes an announcement again without giving it twice, and never an older revision over a newer one', async () => {
      const { key, line } = fresh();
      await store.announce(line(1, 1, { title: 'second', revision: 2 }), [key('a')]);
      await store.announce(line(1, 1, { title: 'second', revision: 2 }), [key('a')]);
      await store.announce(line(1, 1, { title: 'first', revision: 1 }), [key('a')]);
      expect(titles(await store.candidates([key('a')], longAgo))).toEqual(['second']);
    });

    it('gives the latest revision of a story that stands under two keys with two texts', async () => {
      const { key, line } = fresh();
      await store.announce(line(1, 1, { title: 'first', revision: 1 }), [key('a')]);
      await store.announce(line(1, 1, { title: 'second', revision: 2 }), [key('b')]);
      expect(titles(await store.candidates([key('a'), key('b')], longAgo))).toEqual(['second']);
    });

    it('gives the newest of a key first, from that instant on, and a bounded number', async () => {
      const { key, line } = fresh();
      for (let number = 0; number < 40; number += 1)
        await store.announce(line(number, 40 - number, { title: `number ${number}` }), [key('a')]);
      const found = await store.candidates([key('a')], longAgo);
      expect(found).toHaveLength(10);
      expect(titles(found.slice(0, 2))).toEqual(['number 39', 'number 38']);
      expect(titles(await store.candidates([key('a')], at(2)))).toEqual(['number 39', 'number 38']);
    });

    it('gives those first that stand under most of the keys', async () => {
      const { key, line } = fresh();
      await store.announce(line(1, 1, { title: 'one key' }), [key('a')]);
      await store.announce(line(2, 9, { title: 'two keys' }), [key('a'), key('b')]);
      const found = await store.candidates([key('a'), key('b')], longAgo);
      expect(titles(found)).toEqual(['two keys', 'one key']);
    });

    it('forgets an announcement eight days after the story', async () => {
      const { key, line } = fresh();
      await store.announce(line(1, 0), [key('a')]);
      try {
        now = start + 8 * dayMs - 1_000;
        expect(await store.candidates([key('a')], longAgo)).toHaveLength(1);
        now = start + 8 * dayMs;
        expect(await store.candidates([key('a')], longAgo)).toEqual([]);
      } finally {
        now = start;
      }
    });

    it('keeps keys apart that look alike, whatever is in them', async () => {
      const { key, line } = fresh();
      const hostile = [key('a#b'), key('a'), key('ü+ß'), key('\u{1f6a2}'), key(' '), '長'.repeat(5_000)];
      for (const [number, word] of hostile.entries()) await store.announce(line(number, number), [word]);
      for (const [number, word] of hostile.entries())
        expect(await store.candidates([word], longAgo)).toMatchObject([{ id: line(number, number).id }]);
    });

    it('gives back a cluster as it was saved, and null for one it does not know', async () => {
      const { id } = fresh();
      expect(await store.cluster(id)).toBeNull();
      const cluster = clusterOf(id, [3, 2, 1], 1);
      expect(await store.save(cluster, 0)).toBe(true);
      expect(await store.cluster(id)).toEqual(cluster);
    });

    it('saves the successor of the version that is stored and of no other', async () => {
      const { id } = fresh();
      expect(await store.save(clusterOf(id, [1], 2), 1)).toBe(false);
      expect(await store.save(clusterOf(id, [1], 1), 0)).toBe(true);
      expect(await store.save(clusterOf(id, [2], 1), 0)).toBe(false);
      expect(await store.save(clusterOf(id, [1, 2], 2), 1)).toBe(true);
      expect(await store.save(clusterOf(id, [1, 3], 2), 1)).toBe(false);
      expect(await store.cluster(id)).toMatchObject({ version: 2, total: 2 });
    });

    it('lets exactly one of several savers win', async () => {
      const { id } = fresh();
      const saves = await Promise.all(
        [1, 2, 3, 4].map((number) => store.save(clusterOf(id, [number], 1), 0)),
      );
      expect(saves.filter(Boolean)).toHaveLength(1);
    });

    it('keeps a cluster that everybody left, so that its versions go on', async () => {
      const { id } = fresh();
      await store.save(clusterOf(id, [1], 1), 0);
      expect(await store.save(clusterOf(id, [], 2), 1)).toBe(true);
      expect(await store.cluster(id)).toEqual({ id, members: [], total: 0, version: 2 });
      expect(await store.save(clusterOf(id, [2], 3), 2)).toBe(true);
    });

    it('keeps as many members as a cluster names, in order', async () => {
      const { id } = fresh();
      const numbers = Array.from({ length: clusterMembersMax }, (_, number) => clusterMembersMax - number);
      await store.save(clusterOf(id, numbers, 1), 0);
      const members = (await store.cluster(id))?.members;
      expect(titles(members ?? [])).toEqual(titles(clusterOf(id, numbers, 1).members));
    });
  });
}
