import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs, retryAfterMsMax } from '../../../../lambdas/core/fetch/retry-after.ts';

const now = Date.UTC(2026, 0, 15, 12);

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    ['0', 0],
    ['-5', 0],
    ['+5', 5_000],
    ['1.5', 1_500],
    ['Thu, 15 Jan 2026 12:01:00 GMT', 60_000],
    ['Thursday, 15-Jan-26 12:01:00 GMT', 60_000],
    ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
    ['86401', retryAfterMsMax],
    ['999999999999999', retryAfterMsMax],
    ['Fri, 31 Dec 9999 23:59:59 GMT', retryAfterMsMax],
  ])('reads %j', (header, waitMs) => {
    expect(retryAfterMs(header, now)).toBe(waitMs);
  });

  it.each([
    null,
    undefined,
    '',
    'soon',
    '1e309',
    '0x10',
    'NaN',
    'Infinity',
    '10 minutes',
    '5, 10',
    '9'.repeat(400),
  ])('gives null for %j', (header) => {
    expect(retryAfterMs(header, now)).toBeNull();
  });

  it('gives null or a wait within a day for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 4e12 }), (header, at) => {
        const waitMs = retryAfterMs(header, at);
        expect(waitMs === null || (waitMs >= 0 && waitMs <= retryAfterMsMax)).toBe(true);
      }),
    );
  });
});
