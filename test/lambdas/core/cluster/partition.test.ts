import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededChance } from '../../../../bench/support/made-up-news.ts';
import { averageLinkGroups } from '../../../../lambdas/core/cluster/partition.ts';

const grouped = (scores: readonly (readonly number[])[], together: [number, number][] = []) =>
  averageLinkGroups({
    count: scores.length,
    score: (one, other) => scores[one]?.[other] ?? 0,
    together,
    border: 0,
  });

describe('groups by average link', () => {
  it('leaves everybody alone where nothing scores above the border', () => {
    expect(grouped([[0, 0, -1], [0, 0, 0], []])).toEqual([[0], [1], [2]]);
    expect(grouped([])).toEqual([]);
  });

  it('joins two, and a third one only when it fits both on average', () => {
    expect(grouped([[0, 3, 1], [0, 0, -0.5], []])).toEqual([[0, 1, 2]]);
    expect(grouped([[0, 3, 1], [0, 0, -2], []])).toEqual([[0, 1], [2]]);
  });

  it('keeps together what belongs together, whatever the scores say', () => {
    const apart = Array.from({ length: 4 }, () => [-4, -4, -4, -4]);
    expect(
      grouped(apart, [
        [0, 2],
        [3, 2],
      ]),
    ).toEqual([[0, 2, 3], [1]]);
  });

  it('divides the same set the same way however it is numbered', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 });
    // Scores of a seeded generator: two equal averages, which numbers would decide, do not happen.
    fc.assert(
      fc.property(fc.integer({ min: 0 }), order, (seed, places) => {
        const chance = seededChance(seed);
        const values = Array.from({ length: 28 }, () => 6 * chance() - 3);
        const at = (one: number, other: number): number => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          return values[(high * (high - 1)) / 2 + low] ?? 0;
        };
        const divide = (score: (one: number, other: number) => number) =>
          averageLinkGroups({ count: 8, score, together: [], border: 0 });
        const renumbered = divide((one, other) => at(places[one] ?? 0, places[other] ?? 0));
        const named = renumbered.map((group) =>
          group
            .map((index) => places[index] ?? 0)
            .sort((one, other) => one - other)
            .join(),
        );
        expect(named.sort()).toEqual(divide(at).map(String).sort());
      }),
    );
  });
});
