import { describe, expect, it } from 'vitest';
import { eventNews } from '../../../../lambdas/core/cluster-view/event-news.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { hostileStories } from '../../../support/feed-fixture.ts';
import { storyOf, type StoryInput } from '../../../support/serve-fixture.ts';

const lineOf = (input: StoryInput) => storyLine(storyOf({ title: '', summary: '', ...input }));
const figures = (...texts: readonly string[]) =>
  eventNews(texts.map((summary, n) => lineOf({ n, summary }))).map((news) => news.figures);

describe('eventNews', () => {
  it('gives names with the report that has them first', () => {
    const news = eventNews([
      lineOf({ n: 3, topics: ['sea.mines'], countries: ['FI'], organisations: ['Navy'] }),
      lineOf({ n: 2, topics: ['sea.mines', 'air.drones'], countries: ['FI', 'SE'], systems: ['F-35'] }),
      lineOf({ n: 1, countries: ['SE'], organisations: ['Navy'] }),
    ]);
    expect(
      news.map(({ topics, countries, organisations, systems }) => [
        topics,
        countries,
        organisations,
        systems,
      ]),
    ).toEqual([
      [['sea.mines'], ['FI'], ['Navy'], []],
      [['air.drones'], ['SE'], [], ['F-35']],
      [[], [], [], []],
    ]);
  });

  it('gives figures with what they count, once', () => {
    expect(
      figures(
        'A $3.2 billion order for 12 boats, 40% more.',
        'The 12 boats cost $3.2 billion; 1,200 sailors.',
        '1200 sailors and €5.',
      ),
    ).toEqual([['$3.2 billion order', '12 boats', '40%'], ['$3.2 billion', '1,200 sailors'], ['€5']]);
  });

  it('takes no year, date, version or part of a name for a figure', () => {
    expect(figures('In 2026 an F-35 and a T-72B3 of the 2022-11-03 order, v1.2.3, Su-34, AK47')).toEqual([
      [],
    ]);
  });

  it('names a bounded number, in time that grows with the text alone', () => {
    expect(figures(Array.from({ length: 500 }, (_, n) => `${n + 1} boats`).join(', '))[0]).toHaveLength(10);
    for (const text of ['1,'.repeat(5_000), '1'.repeat(10_000), '$ '.repeat(5_000), '1 a'.repeat(3_000)])
      expect(figures(text)[0]?.length).toBeLessThanOrEqual(10);
    expect(eventNews(hostileStories.map(storyLine))).toHaveLength(hostileStories.length);
  });
});
