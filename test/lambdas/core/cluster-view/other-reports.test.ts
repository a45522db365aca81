import { describe, expect, it } from 'vitest';
import {
  namedReportsMax,
  noReports,
  otherReports,
} from '../../../../lambdas/core/cluster-view/other-reports.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { originalReference } from '../../../../lambdas/core/story/copy-references.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { storyId, storyOf } from '../../../support/serve-fixture.ts';

const first = storyOf({ n: 20, cluster: storyId(20) });
const second = storyOf({ n: 15, cluster: storyId(20), title: 'Own words' });
const copyOf = (of: Story, n: number): Story => {
  const copy = storyOf({ n, cluster: storyId(20), source: 'mod-fi' });
  return { ...copy, original: originalReference(copy, of) };
};
const clusterOf = (members: readonly Story[], total = members.length) => ({
  id: storyId(20),
  members: members.map(memberLine),
  total,
  version: 1,
});
const ids = ({ reports }: ReturnType<typeof otherReports>) => reports.map(({ id }) => id);

describe('otherReports', () => {
  it('lists the copies of a line, with the latest first sight of them', () => {
    const copies = [
      {
        id: storyId(3),
        source: 'mod-fi',
        url: null,
        published: first.published,
        firstSeen: '2026-11-22T10:00:00.000Z',
      },
      { id: storyId(2), source: 'gone', url: 'https://gone.example/', published: '2026-11-22T08:00:00.000Z' },
    ];
    const reports = otherReports(storyLine({ ...first, copies }), { collapse: 'copies', cluster: null });
    expect(reports).toEqual({
      reports: [
        {
          id: storyId(3),
          source: 'mod-fi',
          title: null,
          url: null,
          published: first.published,
          copyOf: first.id,
        },
        {
          id: storyId(2),
          source: 'gone',
          title: null,
          url: 'https://gone.example/',
          published: '2026-11-22T08:00:00.000Z',
          copyOf: first.id,
        },
      ],
      more: 0,
      changed: '2026-11-22T10:00:00.000Z',
      total: null,
    });
  });

  it('lists the other members of a cluster: own texts first, each kind in order of first sight', () => {
    const cluster = clusterOf([first, copyOf(first, 18), second, copyOf(second, 12), storyOf({ n: 5 })]);
    const reports = otherReports(storyLine(first), { collapse: 'cluster', cluster });
    expect(ids(reports)).toEqual([15, 5, 18, 12].map(storyId));
    expect(reports.reports.map(({ copyOf: of }) => of)).toEqual([null, null, storyId(20), storyId(15)]);
    expect(reports.reports.map(({ title }) => title)).toEqual(['Own words', 'Story 5', null, 'Story 12']);
    expect([reports.total, reports.more]).toEqual([5, 0]);
  });

  it('names a bounded number and counts the others, also those that the cluster does not name', () => {
    const members = Array.from({ length: 30 }, (_, n) => storyOf({ n, cluster: storyId(20) }));
    const reports = otherReports(storyLine(first), { collapse: 'cluster', cluster: clusterOf(members, 100) });
    expect(reports.reports).toHaveLength(namedReportsMax);
    expect([reports.more, reports.total]).toEqual([100 - 1 - namedReportsMax, 100]);
  });

  it('changes when a member is edited', () => {
    const edited = { ...second, updated: '2026-11-22T11:00:00.000Z' };
    const reports = otherReports(storyLine(first), {
      collapse: 'cluster',
      cluster: clusterOf([first, edited]),
    });
    expect(reports.changed).toBe('2026-11-22T11:00:00.000Z');
  });

  it('counts an item that its cluster does not list yet', () => {
    const reports = otherReports(storyLine(second), { collapse: 'cluster', cluster: clusterOf([first]) });
    expect([ids(reports), reports.total, reports.more]).toEqual([[storyId(20)], 2, 0]);
  });

  it('lists copies where no cluster is stored, and nothing where each story stands for itself', () => {
    const line = storyLine({ ...first, copies: [{ id: storyId(3), source: 'x', url: null, published: '' }] });
    expect(ids(otherReports(line, { collapse: 'cluster', cluster: null }))).toEqual([storyId(3)]);
    expect(otherReports(line, { collapse: 'none', cluster: clusterOf([first, second]) })).toEqual(noReports);
  });
});
