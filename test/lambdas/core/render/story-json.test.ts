import { describe, expect, it } from 'vitest';
import { servedTimes } from '../../../../lambdas/core/render/served-time.ts';
import { storyDetail, storyFields } from '../../../../lambdas/core/render/story-json.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { hostileStories } from '../../../support/feed-fixture.ts';
import { nowMs, storyOf } from '../../../support/serve-fixture.ts';

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
    ]);
  });

  it('gives topics with score and evidence, names as text, and no link that may not be served', () => {
    expect(fieldsOf({ n: 1, topics: ['sea.mines'], countries: ['AU'], url: 'javascript:x' })).toMatchObject({
      url: null,
      topics: [{ topic: 'sea.mines', score: 0.9, evidence: [{ field: 'title', words: 'story', at: 0 }] }],
      countries: ['AU'],
    });
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
    expect(Object.keys(detail).slice(0, 21)).toEqual(Object.keys(fieldsOf({ n: 1 })));
    expect(detail.evidence.topics.map(({ name }) => name)).toEqual(['sea.mines']);
    expect(detail.evidence.countries.map(({ name }) => name)).toEqual(['AU', 'FI']);
    expect(detail.evidence.systems).toEqual([
      { name: 'F-35', evidence: [{ field: 'title', words: 'F-35', at: 0 }] },
    ]);
  });

  it('holds no lone surrogate and tells nothing of the bookkeeping', () => {
    for (const story of hostileStories) {
      const text = JSON.stringify(storyDetail(story, nowMs));
      expect(text).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
      expect(text).not.toMatch(/"(?:trace|sightings|version|hash)"/);
    }
  });
});
