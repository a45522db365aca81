import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRetag } from '../../../../lambdas/core/retag/decide-retag.ts';
import {
  emptySummary,
  examplesMax,
  facetTotals,
  failedSummary,
  mergeSummaries,
  type RetagSummary,
  skippedSummary,
  storySummary,
} from '../../../../lambdas/core/retag/retag-summary.ts';
import type { NameTag, Relevance, Tags } from '../../../../lambdas/core/words/story.ts';
import { storyAt, tagsOf } from '../../../support/stories.ts';

/** Names that are fields of every object are names like others. */
const words = fc.constantFrom('alpha', 'bravo', 'charlie', 'constructor', '__proto__');
const names = fc.uniqueArray(words, { maxLength: 3 });
const nameTags = (of: readonly string[]): NameTag[] => of.map((name) => ({ name, evidence: [] }));
const tags: fc.Arbitrary<Tags> = fc
  .record({
    relevance: fc.constantFrom<Relevance>('core', 'peripheral', 'none'),
    topics: names,
    organisations: names,
    systems: names,
  })
  .map(({ relevance, topics, organisations, systems }) => ({
    ...tagsOf(topics),
    relevance,
    organisations: nameTags(organisations),
    systems: nameTags(systems),
  }));
const oneStory = fc
  .record({ number: fc.nat(99), before: tags, after: tags })
  .map(({ number, before, after }) => {
    const story = storyAt(number, '2026-11-19T10:00:00.000Z', { tags: before });
    return storySummary(story, decideRetag(story, after, 1));
  });
const summaries = fc
  .array(fc.oneof({ weight: 6, arbitrary: oneStory }, fc.constantFrom(skippedSummary, failedSummary)), {
    maxLength: 12,
  })
  .map((parts) => parts.reduce(mergeSummaries, emptySummary));

const countsOf = ({ read, changed, refined, unchanged, skipped }: RetagSummary) => ({
  read,
  parts: changed + refined + unchanged + skipped,
});

describe('summaries of re-tagging', () => {
  it('merge in whatever groups they are merged', () => {
    fc.assert(
      fc.property(summaries, summaries, summaries, (one, two, three) => {
        const left = mergeSummaries(mergeSummaries(one, two), three);
        expect(left).toEqual(mergeSummaries(one, mergeSummaries(two, three)));
      }),
    );
  });

  it('are not changed by the summary of no story', () => {
    fc.assert(
      fc.property(summaries, (one) => {
        expect(mergeSummaries(one, emptySummary)).toEqual(one);
        expect(mergeSummaries(emptySummary, one)).toEqual(one);
      }),
    );
  });

  it('add up: every story read is changed, refined, unchanged or skipped', () => {
    fc.assert(
      fc.property(summaries, (one) => {
        const { read, parts } = countsOf(one);
        expect(parts).toBe(read);
      }),
    );
  });

  it('count in both orders the same, and survive being stored', () => {
    fc.assert(
      fc.property(summaries, summaries, (one, two) => {
        const numbers = (summary: RetagSummary) => [
          countsOf(summary),
          summary.topics.map(({ name, gained, lost }) => [name, gained, lost]),
          summary.relevance.map(({ from, to, stories }) => [from, to, stories]),
          facetTotals(summary),
        ];
        expect(numbers(mergeSummaries(one, two))).toEqual(numbers(mergeSummaries(two, one)));
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
      }),
    );
  });

  it('keep the first three stories as examples, and count them all', () => {
    const parts = Array.from({ length: 9 }, (_, number) => {
      const story = storyAt(number, '2026-11-19T10:00:00.000Z', { tags: tagsOf([]) });
      return storySummary(story, decideRetag(story, tagsOf(['sea.mines'], ['NO']), 1));
    });
    const { topics, names: facets } = parts.reduce(mergeSummaries, emptySummary);
    expect(topics).toMatchObject([{ name: 'sea.mines', gained: 9, lost: 0, lostBy: [] }]);
    expect(topics[0]?.gainedBy.map(({ title }) => title)).toEqual(
      [0, 1, 2].map((number) => `Frigate number ${number} joins the fleet`),
    );
    expect(facets.countries.gainedBy).toHaveLength(examplesMax);
    expect(facets.countries.gainedBy[0]).toMatchObject({ name: 'NO' });
  });

  it('cut the titles of examples, so that a row holds them all', () => {
    const story = storyAt(1, '2026-11-19T10:00:00.000Z', { title: '漢'.repeat(500), tags: tagsOf([]) });
    const { topics } = storySummary(story, decideRetag(story, tagsOf(['sea.mines']), 1));
    expect([...(topics[0]?.gainedBy[0]?.title ?? '')].length).toBeLessThanOrEqual(60);
  });
});
