import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cadenceOf } from '../../../../lambdas/core/check/cadence.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const entry = (published: string | null, updated: string | null = null) => ({
  id: null,
  title: null,
  link: null,
  summary: null,
  content: null,
  author: null,
  categories: [],
  published,
  updated,
});
const hoursAgo = (hours: number) => entry(new Date(now - hours * 3_600_000).toISOString());

test('takes the median gap, whatever the order, and the age of the newest', () => {
  const cadence = cadenceOf([100, 5, 2, 8].map(hoursAgo), now);
  expect(cadence).toEqual({
    dated: 4,
    future: 0,
    newest: '2026-03-10T10:00:00.000Z',
    newestAgeMs: 7_200_000,
    medianGapMs: 3 * 3_600_000,
  });
});

test('falls back on the time of an update, and on the mean gap of batches', () => {
  expect(cadenceOf([entry(null, '2026-03-10T11:00:00Z')], now).newestAgeMs).toBe(3_600_000);
  expect(cadenceOf([1, 1, 1, 1, 5].map(hoursAgo), now).medianGapMs).toBe(3_600_000);
});

test('dates far ahead are counted and are no history; one just ahead is new', () => {
  expect(cadenceOf([hoursAgo(-1_000), hoursAgo(4)], now)).toMatchObject({
    dated: 2,
    future: 1,
    newestAgeMs: 14_400_000,
  });
  expect(cadenceOf([hoursAgo(-2)], now)).toMatchObject({ future: 0, newestAgeMs: 0 });
});

test('says nothing without dates, and no gap of one date', () => {
  const silent = { dated: 0, future: 0, newest: null, newestAgeMs: null, medianGapMs: null };
  expect(cadenceOf([], now)).toEqual(silent);
  expect(cadenceOf([entry(null), entry('nonsense')], now)).toEqual(silent);
  expect(cadenceOf([hoursAgo(3), hoursAgo(3)], now).medianGapMs).toBeNull();
});

test('a gap is above zero and no longer than the whole history', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2 }), (ages) => {
      const { medianGapMs } = cadenceOf(ages.map(hoursAgo), now);
      const span = (Math.max(...ages) - Math.min(...ages)) * 3_600_000;
      if (span === 0) expect(medianGapMs).toBeNull();
      else expect(medianGapMs !== null && medianGapMs > 0 && medianGapMs <= span).toBe(true);
    }),
  );
});
