import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparableDays,
  type DayCount,
  deviation,
  isSpike,
  tailChance,
} from '../../../../lambdas/core/tally/spike-rule.ts';

/** So many days with these counts on a wire of a hundred stories a day. */
const days = (counts: readonly number[], total = 100): DayCount[] =>
  counts.map((count) => ({ count, total }));
const month = (count: number) => days(Array.from({ length: 20 }, () => count));
const spikes = (day: DayCount, before: readonly DayCount[], sources = 10): boolean => {
  const found = deviation(day, before);
  return found !== null && isSpike(found, { count: day.count, sources });
};

/** Poisson numbers from a seed (multiplicative generator of Lewis, Goodman and Miller; Knuth's product method). */
function poissonFrom(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return (mean: number): number => {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count += 1;
    return count;
  };
}

describe('a spike', () => {
  it('is a day far above the days before', () => {
    expect(spikes({ count: 30, total: 125 }, month(5))).toBe(true);
    expect(spikes({ count: 8, total: 100 }, month(5))).toBe(false);
  });

  it('is no small count, however rare the topic', () => {
    for (const count of [1, 2, 3, 4]) expect(spikes({ count, total: 100 }, month(0)), `${count}`).toBe(false);
    expect(spikes({ count: 9, total: 110 }, month(0))).toBe(true);
  });

  it('wants several publishers', () => {
    expect(spikes({ count: 30, total: 125 }, month(5), 2)).toBe(false);
  });

  it('wants a week to compare with', () => {
    expect(deviation({ count: 90, total: 100 }, month(5).slice(0, 6))).toBeNull();
    expect(spikes({ count: 60, total: 160 }, month(5).slice(0, 7))).toBe(true);
  });

  it('is not made by more feeds: the share of the wire has to grow too', () => {
    expect(spikes({ count: 30, total: 600 }, month(5))).toBe(false);
  });

  it('is not made by a quiet wire: the number has to grow too', () => {
    expect(spikes({ count: 6, total: 10 }, month(5))).toBe(false);
  });

  it('is seen although another was there some days before', () => {
    const before = days([5, 4, 6, 5, 80, 70, 5, 4, 6, 5, 5, 4, 6, 5, 5, 4, 6, 5, 4, 6]);
    expect(spikes({ count: 40, total: 140 }, before)).toBe(true);
  });

  it('is hardly ever met where nothing happens: one in ten thousand days of topics of any size, give or take', () => {
    let met = 0;
    for (const [seed, mean] of [0.1, 0.5, 1, 2, 5, 10, 20, 40].entries()) {
      const next = poissonFrom(seed + 11);
      const series = Array.from({ length: 2_500 }, () => ({ count: next(mean), total: 200 }));
      for (let at = 20; at < series.length; at += 1) {
        const day = series[at];
        if (day !== undefined && spikes(day, series.slice(at - 20, at))) met += 1;
      }
    }
    // Six where two are expected would be a chance of one in sixty.
    expect(met).toBeLessThanOrEqual(6);
  });

  it('scores higher the more stories there are, all else alike', () => {
    const history = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 7, maxLength: 28 });
    fc.assert(
      fc.property(history, fc.nat(200), fc.nat(200), (counts, one, other) => {
        const before = days(counts);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const low = deviation({ count: less, total: 300 }, before);
        const high = deviation({ count: more, total: 300 }, before);
        expect(high?.score).toBeGreaterThanOrEqual(low?.score ?? Number.NaN);
        expect(high?.chance).toBeLessThanOrEqual((low?.chance ?? Number.NaN) + 1e-12);
      }),
    );
  });
});

describe('the chance of a count', () => {
  it('is that of a negative binomial distribution', () => {
    // After 9.5 of shape in exposure 10: P(X ≥ 1) = 1 − (10/11)^9.5, P(X ≥ 2) less P(X = 1) = 9.5 (1/11) (10/11)^9.5.
    const none = (10 / 11) ** 9.5;
    const known = { stories: 9, exposure: 10, next: 1 };
    expect(tailChance(0, known)).toBe(1);
    expect(tailChance(1, known)).toBeCloseTo(1 - none, 10);
    expect(tailChance(2, known)).toBeCloseTo(1 - none - (9.5 / 11) * none, 10);
  });

  it('is certain where nothing was exposed, and never outside 0 to 1', () => {
    expect(tailChance(5, { stories: 3, exposure: 0, next: 1 })).toBe(1);
    expect(tailChance(5, { stories: 3, exposure: 7, next: 0 })).toBe(1);
    const amount = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (count, stories, exposure, next) => {
        const chance = tailChance(count, { stories, exposure, next });
        expect(chance >= 0 && chance <= 1).toBe(true);
      }),
    );
  });
});

describe('the days to compare with', () => {
  it('are working days for a working day and all days for a weekend without a week of its like', () => {
    const before = Array.from({ length: 28 }, (_, at) =>
      new Date(Date.UTC(2026, 10, 22 - at)).toISOString().slice(0, 10),
    );
    expect(comparableDays('2026-11-23', before)).toHaveLength(20);
    expect(comparableDays('2026-11-28', before)).toHaveLength(8);
    expect(comparableDays('2026-11-28', before.slice(0, 10))).toHaveLength(10);
  });
});
