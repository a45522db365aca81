import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesWords, durationWords, paceWords } from '../../../../lambdas/core/check/amounts.ts';

const hour = 3_600_000;
const day = 24 * hour;

test.each([
  [0, '0 min'],
  [-5, '0 min'],
  [59 * 60_000, '59 min'],
  [hour, '1 h'],
  [47 * hour, '47 h'],
  [2 * day, '2 d'],
  [29 * day, '29 d'],
  [30 * day, '1 mo'],
  [364 * day, '12 mo'],
  [365 * day, '1 y'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [9_949, '9.9 kB'],
  [9_950, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [10_485_760, '10 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(bytesWords(bytes)).toBe(words);
});

test.each([
  [1, '999 an hour'],
  [20 * 60_000, '3 an hour'],
  [8 * hour, '3 a day'],
  [day, '1 a day'],
  [2 * day, '4 a week'],
  [7 * day, '1 a week'],
  [15 * day, '2 a month'],
  [60 * day, '6 a year'],
  [365 * day, '1 a year'],
  [3_000 * day, '< 1 a year'],
])('a gap of %d milliseconds is %s', (gap, words) => {
  expect(paceWords(gap)).toBe(words);
});

test('every amount fits its column of the table', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (amount) => {
      expect(durationWords(amount).length).toBeLessThanOrEqual(6);
      expect(paceWords(amount).length).toBeLessThanOrEqual(11);
      expect(paceWords(amount)).not.toMatch(/^0 /);
    }),
  );
});
