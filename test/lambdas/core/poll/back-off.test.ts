import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs, failuresAfter } from '../../../../lambdas/core/poll/back-off.ts';

const minute = 60_000;
const weights = ['temporary', 'soft', 'hard'] as const;

/** The waits, in minutes, after so many failures of one weight in a row. */
function waits(weight: (typeof weights)[number], count: number, intervalMinutes = 20): number[] {
  let failures = 0;
  return Array.from({ length: count }, () => {
    failures = failuresAfter(failures, weight);
    return backOffMs({ weight, failures, intervalMinutes }) / minute;
  });
}

describe('the wait after a failure', () => {
  it('P45: grows by an interval with each lasting failure, to a day and no further', () => {
    expect(waits('hard', 4)).toEqual([20, 40, 60, 80]);
    expect(waits('hard', 300).at(-1)).toBe(1_440);
    expect(waits('hard', 300, 5).at(-1)).toBe(1_440);
  });

  it('F13: doubles with each two soft and each four temporary failures, to half a day', () => {
    expect(waits('soft', 5)).toEqual([20, 40, 40, 80, 80]);
    expect(waits('temporary', 9)).toEqual([20, 20, 20, 40, 40, 40, 40, 80, 80]);
    expect(waits('temporary', 200).at(-1)).toBe(720);
  });

  it('is never shorter than the interval, longer than a day or shorter than the one before', () => {
    const interval = fc.integer({ min: 1, max: 1_440 });
    fc.assert(
      fc.property(fc.constantFrom(...weights), interval, (weight, minutes) => {
        const all = waits(weight, 60, minutes);
        expect([...all].sort((one, other) => one - other)).toEqual(all);
        expect(all[0]).toBeGreaterThanOrEqual(minutes);
        expect(all.at(-1)).toBeLessThanOrEqual(1_440);
      }),
    );
  });
});
