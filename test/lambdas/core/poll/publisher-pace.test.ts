import { describe, expect, it } from 'vitest';
import { publisherPace } from '../../../../lambdas/core/poll/publisher-pace.ts';
import type { FeedHints } from '../../../../lambdas/core/words/feed-hints.ts';

const pace = (hints: FeedHints, maxAge = '', ttlMinutes: number | null = null) =>
  publisherPace({
    headers: new Map(maxAge === '' ? [] : [['cache-control', `max-age=${maxAge}`]]),
    now: 0,
    ttlMinutes,
    hints,
  });

describe('publisherPace', () => {
  it('is the longest of what the headers, the ttl and the update period say', () => {
    expect(pace({ ttlMinutes: 30, updatePeriodMinutes: 60 }, '600').hintMinutes).toBe(60);
    expect(pace({ ttlMinutes: 90, updatePeriodMinutes: 60 }, '600').hintMinutes).toBe(90);
    expect(pace({ ttlMinutes: 30 }, '7200').hintMinutes).toBe(120);
    expect(pace({}, '', 45).hintMinutes).toBe(45);
    expect(pace({}).hintMinutes).toBe(5);
  });

  it.each([999_999, 1e300, Number.POSITIVE_INFINITY, Number.NaN, -5, 0])(
    'P44: stays within five minutes and a day for a ttl of %d',
    (ttlMinutes) => {
      for (const hints of [{ ttlMinutes }, { updatePeriodMinutes: ttlMinutes }]) {
        const { hintMinutes } = pace(hints);
        expect(hintMinutes >= 5 && hintMinutes <= 1_440).toBe(true);
      }
    },
  );

  it('gives the times to skip where there are any', () => {
    expect(pace({ skipHours: [0, 1] }).skip).toBe(0b11);
    expect(pace({})).not.toHaveProperty('skip');
  });
});
