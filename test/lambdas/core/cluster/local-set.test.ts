import { describe, expect, it } from 'vitest';
import { localSet, localStoriesMax } from '../../../../lambdas/core/cluster/local-set.ts';
import { madeLine } from './made-lines.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2) + minute * 60_000).toISOString();

describe('the local set of a placement', () => {
  it('holds story, related stories and the members of clusters, each once and in order of sight', () => {
    const story = madeLine({ id: 's', published: at(9) });
    const related = madeLine({ id: 'r', published: at(5), cluster: 'm' });
    const member = madeLine({ id: 'm', published: at(1), cluster: 'm' });
    const cluster = { id: 'm', members: [member, madeLine({ id: 'r' })], total: 2, version: 3 };
    const set = localSet({ story, related: [related], clusters: [cluster] });
    expect(set).toEqual([member, related, story]);
  });

  it('believes the cluster about a member whose line was written before it joined', () => {
    const stale = madeLine({ id: 'm' });
    const cluster = { id: 'm', members: [stale], total: 1, version: 1 };
    const set = localSet({ story: madeLine({ id: 's' }), related: [], clusters: [cluster] });
    expect(set.find(({ id }) => id === 'm')?.cluster).toBe('m');
  });

  it('thins large clusters out to its bound and keeps their first and newest members', () => {
    const clusters = ['a', 'b'].map((name) => {
      const ids = Array.from({ length: 64 }, (_, index) => `${name}${index}`);
      const members = ids.map((id, index) => madeLine({ id, published: at(index), cluster: `${name}0` }));
      return { id: `${name}0`, members, total: 64, version: 1 };
    });
    const input = { story: madeLine({ id: 's', published: at(99) }), related: [] };
    const set = localSet({ ...input, clusters });
    expect(set).toHaveLength(localStoriesMax);
    const ids = new Set(set.map(({ id }) => id));
    for (const id of ['s', 'a0', 'b0', 'a63', 'b63']) expect(ids).toContain(id);
    expect(localSet({ ...input, clusters: clusters.toReversed() })).toEqual(set);
  });
});
