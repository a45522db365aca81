import { describe, expect, it } from 'vitest';
import { servedTimes } from '../../../../lambdas/core/render/served-time.ts';
import { storyDetail, storyFields } from '../../../../lambdas/core/render/story-json.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { copyReference, originalReference } from '../../../../lambdas/core/story/copy-references.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { hostileStories } from '../../../support/feed-fixture.ts';
import { nowMs, storyId, storyOf } from '../../../support/serve-fixture.ts';

const fieldsOf = (...input: Parameters<typeof storyOf>) => {
  const line = storyLine(storyOf(...input));
  return storyFields(line, servedTimes(line, nowMs));
};

describe('storyFields', () => {
  it('has exactly the documented fields, in order', () => {
    expect(Object.keys(fieldsOf({ n: 1 }))).toEqual([
      'id',
      'title',
      'url',
      'source',
      'feeds',
      'published',
      'updated',
      'firstSeen',
      'revision',
      'summary',
      'authors',
      'lang',
      'relevance',
      'topics',
      'countries',
      'organisations',
      'people',
      'systems',
      'operations',
      'copies',
      'cluster',
      'copyOf',
      'notice',
    ]);
  });

  it('gives topics with score and evidence, names as text, and no link that may not be served', () => {
    expect(fieldsOf({ n: 1, topics: ['sea.mines'], countries: ['AU'], url: 'javascript:x' })).toMatchObject({
      url: null,
      topics: [{ topic: 'sea.mines', score: 0.9, evidence: [{ field: 'title', words: 'story', at: 0 }] }],
      countries: ['AU'],
    });
  });

  it('names the copies of a story with links that may be served, and the story that a copy repeats', () => {
    const [first, url] = [storyOf({ n: 9 }), 'javascript:alert(1)'];
    const copy = { ...copyReference(storyOf({ n: 1, source: 'mod-fi' })), url };
    expect(fieldsOf({ n: 9, copies: [copy], cluster: storyId(9) })).toMatchObject({
      copies: [{ id: storyId(1), source: 'mod-fi', url: null, published: '2026-11-22T11:00:00.000Z' }],
      cluster: storyId(9),
      copyOf: null,
    });
    expect(Object.keys(fieldsOf({ n: 9, copies: [copy] }).copies[0] ?? {})).toEqual([
      'id',
      'source',
      'url',
      'published',
    ]);
    expect(fieldsOf({ n: 1, original: originalReference(storyOf({ n: 1 }), first) }).copyOf).toBe(storyId(9));
  });

  it('never gives a published time after first sight', () => {
    const { published, firstSeen } = fieldsOf({ n: 1, published: '2031-01-01T00:00:00.000Z' });
    expect(published).toBe(firstSeen);
  });
});

describe('storyDetail', () => {
  it('adds the evidence of every tag to the fields of the list', () => {
    const story = storyOf({ n: 1, topics: ['sea.mines'], countries: ['AU', 'FI'], systems: ['F-35'] });
    const detail = storyDetail(story, nowMs);
    expect(Object.keys(detail).slice(0, 23)).toEqual(Object.keys(fieldsOf({ n: 1 })));
    expect(detail.evidence.topics.map(({ name }) => name)).toEqual(['sea.mines']);
    expect(detail.evidence.countries.map(({ name }) => name)).toEqual(['AU', 'FI']);
    expect(detail.evidence.systems).toEqual([
      { name: 'F-35', evidence: [{ field: 'title', words: 'F-35', at: 0 }] },
    ]);
  });

  it('adds the copies that only the cluster names, the members of the event and what a copy repeats', () => {
    const first = storyOf({ n: 9, cluster: storyId(9), title: 'First' });
    const copies = [3, 2].map((n) => {
      const copy = storyOf({ n, cluster: storyId(9), source: 'mod-fi' });
      return { ...copy, original: originalReference(copy, first) };
    });
    const [listed, other] = copies;
    if (listed === undefined || other === undefined) throw new Error('Expected two copies');
    const cluster = { id: storyId(9), members: [first, ...copies].map(memberLine), total: 3, version: 2 };
    const detail = storyDetail({ ...first, copies: [copyReference(listed)] }, nowMs, cluster);
    expect(detail.copies.map(({ id }) => id)).toEqual([storyId(3), storyId(2)]);
    expect(detail.members.map(({ id, copyOf }) => [id, copyOf])).toEqual([
      [storyId(9), null],
      [storyId(3), storyId(9)],
      [storyId(2), storyId(9)],
    ]);
    const { sortTime } = first;
    expect(storyDetail(other, nowMs, cluster).original).toEqual({
      id: storyId(9),
      source: 'harbour-post',
      title: 'First',
      url: 'https://harbour.example/story/9',
      sortTime,
    });
    expect(storyDetail(other, nowMs)).toMatchObject({
      original: { id: storyId(9), source: 'harbour-post', title: null, url: null, sortTime },
      members: [],
      copies: [],
    });
    expect(storyDetail(first, nowMs).original).toBeNull();
  });

  it('gives the earlier texts as they were, latest first, and what an edit says it is', () => {
    const earlier = { updated: '2026-11-22T01:00:00.000Z', text: 'mark' };
    const history = [
      { ...earlier, revision: 2, summary: 'Second' },
      { ...earlier, revision: 1, title: 'First\ud800', summary: 'First' },
    ];
    const story = storyOf({ n: 1, title: 'Now', summary: 'Now', revision: 3, history, notice: 'correction' });
    const { revisions, notice } = storyDetail(story, nowMs);
    expect(notice).toBe('correction');
    expect(revisions).toEqual([
      { revision: 2, updated: earlier.updated, title: 'Now', summary: 'Second', changed: ['summary'] },
      {
        revision: 1,
        updated: earlier.updated,
        title: 'First',
        summary: 'First',
        changed: ['title', 'summary'],
      },
    ]);
    expect(storyDetail(storyOf({ n: 1 }), nowMs)).toMatchObject({ revisions: [], notice: null });
  });

  it('holds no lone surrogate and tells nothing of the bookkeeping', () => {
    for (const story of hostileStories) {
      const text = JSON.stringify(storyDetail(story, nowMs));
      expect(text).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
      expect(text).not.toMatch(/"(?:trace|sightings|version|hash)"/);
    }
  });
});
