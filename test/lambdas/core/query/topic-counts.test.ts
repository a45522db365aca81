import { describe, expect, it } from 'vitest';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { topicCounts } from '../../../../lambdas/core/query/topic-counts.ts';
import { storyOf, tree, wire } from '../../../support/serve-fixture.ts';

describe('topicCounts', () => {
  it('counts a story once per domain, however many of its topics it carries', () => {
    const { stories, domains } = topicCounts(tree, wire.map(storyLine));
    expect(stories).toBe(5);
    expect(domains.map(({ slug, count }) => [slug, count])).toEqual([
      ['sea', 2],
      ['air', 2],
    ]);
    expect(domains[0]?.topics.map(({ slug, count }) => [slug, count])).toEqual([
      ['sea.submarines', 2],
      ['sea.mines', 1],
    ]);
  });

  it('lists every topic with zero when there is nothing, and none that left the taxonomy', () => {
    const { domains } = topicCounts(tree, [storyLine(storyOf({ n: 1, topics: ['space.old'] }))]);
    expect(domains.flatMap(({ count, topics }) => [count, ...topics.map((topic) => topic.count)])).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(JSON.stringify(domains)).not.toContain('space');
  });
});
