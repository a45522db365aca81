import { describe, expect, it } from 'vitest';
import {
  announcedLine,
  clustersAsTold,
  emptyCluster,
  knownPlace,
  memberLine,
  mostFound,
  withMembers,
} from '../../../../lambdas/core/story/cluster-members.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { type Cluster, clusterMembersMax } from '../../../../lambdas/core/words/cluster.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { idOf, storyAt } from '../../../support/stories.ts';

const at = (number: number): string =>
  new Date(Date.parse('2026-11-19T10:00:00.000Z') + number * 1_000).toISOString();
const member = (number: number, parts: Partial<Story> = {}): Story =>
  storyAt(number, at(number), { cluster: 'c', ...parts });
const nobody: ReadonlySet<string> = new Set();
const all = (stories: readonly Story[]) => new Set(stories.map(({ id }) => id));
const saved = (cluster: Cluster | null): Cluster => {
  if (cluster === null) throw new Error('Expected a cluster to save, got none');
  return cluster;
};
const of = (...stories: readonly Story[]): Cluster =>
  saved(withMembers(emptyCluster('c'), stories, all(stories)));

describe('the members of a cluster', () => {
  it('are those who stand in it, in the order of first sight', () => {
    const cluster = of(member(3), member(1), member(2, { cluster: 'other' }));
    expect(cluster).toMatchObject({ id: 'c', total: 2, version: 1 });
    expect(cluster.members.map(({ id }) => id)).toEqual([idOf(1), idOf(3)]);
  });

  it('stay as they are when nothing is new of those concerned', () => {
    const cluster = of(member(1), member(2));
    expect(withMembers(cluster, [member(2)], nobody)).toBeNull();
    expect(withMembers(cluster, [], nobody)).toBeNull();
    const reordered = cluster.members.map((line) => ({
      ...Object.fromEntries(Object.entries(line).reverse()),
      ...line,
    }));
    expect(withMembers({ ...cluster, members: reordered }, [member(1)], nobody)).toBeNull();
  });

  it('lose one who stands elsewhere and show an edited one anew', () => {
    const cluster = of(member(1), member(2), member(3));
    const changed = saved(
      withMembers(cluster, [member(1, { cluster: null }), member(2, { title: 'Edited' })], nobody),
    );
    expect(changed).toMatchObject({ total: 2, version: 2 });
    expect(changed.members.map(({ title }) => title)).toEqual(['Edited', member(3).title]);
  });

  it('are named up to a bound, the first seen, and counted beyond it once each', () => {
    const many = Array.from({ length: clusterMembersMax }, (_, number) => member(number + 10));
    const full = of(...many);
    const late = member(900);
    const more = saved(withMembers(full, [late], all([late])));
    expect(more).toMatchObject({ total: clusterMembersMax + 1 });
    expect(more.members).toHaveLength(clusterMembersMax);
    expect(withMembers(more, [late], nobody), 'who comes back to it does not count it again').toBeNull();
    const early = saved(withMembers(more, [member(1)], all([member(1)])));
    expect(early.members[0]?.id).toBe(idOf(1));
    expect(early.total).toBe(clusterMembersMax + 2);
  });

  it('carry a bounded summary and no evidence', () => {
    const line = memberLine(member(1, { summary: '😀'.repeat(600) }));
    expect([...line.summary]).toHaveLength(400);
    expect(line.topics.every(({ evidence }) => evidence.length === 0)).toBe(true);
  });
});

describe('an announced line', () => {
  it('is the same wherever the story stands', () => {
    const alone = storyAt(1, at(1));
    expect(announcedLine({ ...alone, cluster: 'c', version: 5 })).toEqual(announcedLine(alone));
  });
});

describe('clusters as the stories tell them', () => {
  const cluster = of(member(1), member(2), member(3));

  it('leave out the one to be placed, and those who say that they stand elsewhere', () => {
    const told = clustersAsTold([cluster], [storyLine(member(1, { cluster: 'other' }))], idOf(3));
    expect(told.map(({ members }) => members.map(({ id }) => id))).toEqual([[idOf(2)]]);
  });

  it('have those who say that they stand there before the row does', () => {
    const told = clustersAsTold([emptyCluster('c')], [storyLine(member(7))], idOf(3));
    expect(told[0]?.members.map(({ id }) => id)).toEqual([idOf(7)]);
  });

  it('are left out when nobody is left', () => {
    expect(clustersAsTold([of(member(3))], [], idOf(3))).toEqual([]);
  });

  it('tell where a story stands: by itself, else by the row, else not at all', () => {
    const known = { related: [storyLine(member(1, { cluster: 'other' }))], clusters: [cluster] };
    expect(knownPlace(idOf(1), known)).toEqual({ cluster: 'other', original: null });
    expect(knownPlace(idOf(2), known)).toEqual({ cluster: 'c', original: null });
    expect(knownPlace(idOf(99), known)).toBeUndefined();
  });
});

describe('stories found under several keys', () => {
  it('come once, as revised last, those found most often first', () => {
    const line = (number: number, revision = 1) => storyLine(storyAt(number, at(number), { revision }));
    const found = mostFound([line(1), line(2), line(3), line(3, 2), line(2)]);
    expect(found.map(({ id, revision }) => [id, revision])).toEqual([
      [idOf(2), 1],
      [idOf(3), 2],
      [idOf(1), 1],
    ]);
  });
});
