import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalAtRate, pollPace } from '../../../../lambdas/core/schedule/poll-pace.ts';
import { pollMinutesAt } from '../../../../lambdas/core/schedule/quiet-times.ts';
import type { Rhythm } from '../../../../lambdas/core/schedule/rhythm.ts';

const limits = { bounds: { min: 5, max: 1_440 }, hintMinutes: 5 };
const flat = (perDay: number): Rhythm => ({
  at: 0,
  days: 14,
  hours: Array(24).fill((perDay * 14) / 24),
  weekdays: Array(7).fill(perDay * 2),
});
/** Sixty stories in office hours, five days a week. */
const office: Rhythm = {
  ...flat(0),
  hours: Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? 6 : 0)),
  weekdays: [0, 12, 12, 12, 12, 12, 0],
};
const rate = fc.double({ min: 0.001, max: 5_000, noNaN: true });
const minutes = fc.integer({ min: 1, max: 1_440 });
const boundsOf = (one: number, other: number) => ({ min: Math.min(one, other), max: Math.max(one, other) });

describe('intervalAtRate', () => {
  it('never grows with the rate', () => {
    fc.assert(
      fc.property(rate, rate, fc.tuple(minutes, minutes), minutes, (one, other, [from, to], hintMinutes) => {
        const of = { bounds: boundsOf(from, to), hintMinutes };
        const slow = intervalAtRate(Math.min(one, other), of);
        expect(intervalAtRate(Math.max(one, other), of)).toBeLessThanOrEqual(slow);
      }),
    );
  });

  it('is within the bounds and not shorter than the hint, unless the bounds end before it', () => {
    fc.assert(
      fc.property(rate, minutes, minutes, minutes, (perDay, from, to, hintMinutes) => {
        const bounds = boundsOf(from, to);
        const interval = intervalAtRate(perDay, { bounds, hintMinutes });
        expect(interval).toBeGreaterThanOrEqual(Math.max(bounds.min, Math.min(hintMinutes, bounds.max)));
        expect(interval).toBeLessThanOrEqual(bounds.max);
      }),
    );
  });

  it('halves when the rate is four times as high or the budget twice as large', () => {
    expect(intervalAtRate(1, limits)).toBe(120);
    expect(intervalAtRate(4, limits)).toBe(60);
    expect(intervalAtRate(1, { ...limits, atOneADayMinutes: 60 })).toBe(60);
  });
});

describe('pollPace', () => {
  it('has no quiet times for a feed that publishes round the clock, or of which too little is known', () => {
    expect(pollPace(flat(5), limits)).toEqual({ intervalMinutes: intervalAtRate(70.25 / 14.125, limits) });
    const few = { ...flat(0), hours: [0, 0, 0, 1, ...Array(20).fill(0)], weekdays: [0, 1, 0, 0, 0, 0, 0] };
    expect(pollPace(few, limits)).not.toHaveProperty('quiet');
  });

  it('polls a newsroom oftener in its hours and seldom at night and at the weekend', () => {
    const pace = pollPace(office, limits);
    const at = (time: string) => pollMinutesAt(pace, Date.parse(time) / 60_000);
    const flatInterval = intervalAtRate(60.25 / 14.125, limits);
    expect(at('2026-03-04T12:00:00Z')).toBeLessThan(flatInterval);
    expect(at('2026-03-04T01:00:00Z')).toBeGreaterThan(flatInterval);
    expect(at('2026-03-07T12:00:00Z')).toBeGreaterThan(flatInterval);
    expect(at('2026-03-04T01:00:00Z')).toBe(at('2026-03-08T12:00:00Z'));
  });

  it('is never faster than bounds and hint allow, in its quiet times nor out of them', () => {
    const counts = (length: number) =>
      fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        counts(24),
        counts(7),
        fc.tuple(minutes, minutes),
        minutes,
        (hours, weekdays, [from, to], hintMinutes) => {
          const bounds = boundsOf(from, to);
          const { intervalMinutes, quiet } = pollPace(
            { at: 0, days: 14, hours, weekdays },
            { bounds, hintMinutes },
          );
          const floor = Math.max(bounds.min, Math.min(hintMinutes, bounds.max));
          expect(intervalMinutes).toBeGreaterThanOrEqual(floor);
          if (quiet === undefined) return;
          expect(quiet.intervalMinutes).toBeGreaterThan(intervalMinutes);
          expect(quiet.intervalMinutes).toBeLessThanOrEqual(bounds.max);
        },
      ),
    );
  });
});
