import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  intervalBounds,
  intervalClass,
  intervalClassesMinutes,
  isDue,
  nextTick,
  nextTurn,
  phaseMinutes,
  presentRow,
} from '../../../../lambdas/core/schedule/due-feeds.ts';
import { feedOf } from '../../../support/stories.ts';

const interval = fc.constantFrom(...intervalClassesMinutes);
const feedId = fc.string({ minLength: 1, maxLength: 30 });
const row = (intervalMinutes: number, notBefore = 0) => ({ feedId: 'f', intervalMinutes, notBefore });

describe('isDue', () => {
  it('comes round exactly once in every interval, whatever the feed and the minute', () => {
    fc.assert(
      fc.property(feedId, interval, fc.integer({ min: 1, max: 40_000_000 }), (id, minutes, start) => {
        const dueAt = Array.from({ length: minutes }, (_, at) => start + at).filter((tick) =>
          isDue({ feedId: id, row: row(minutes), lastTick: tick - 1, tick }),
        );
        expect(dueAt).toHaveLength(1);
        expect(dueAt[0]).toBe(nextTick(id, minutes, start - 1));
      }),
      { numRuns: 60 },
    );
  });

  it('polls a feed once, not several times, after ticks were missed', () => {
    const tick = 30_000_000;
    expect(isDue({ feedId: 'f', row: row(5), lastTick: tick - 45, tick })).toBe(true);
    expect(isDue({ feedId: 'f', row: row(5), lastTick: tick, tick })).toBe(false);
  });

  it('has a feed without a row due at once', () => {
    expect(isDue({ feedId: 'f', row: null, lastTick: 99, tick: 100 })).toBe(true);
  });

  it('waits until notBefore and polls as soon as the wait is over, though the phase passed meanwhile', () => {
    const tick = 30_000_000;
    const waiting = row(1_440, (tick + 3) * 60_000);
    expect(isDue({ feedId: 'f', row: waiting, lastTick: tick - 1, tick })).toBe(false);
    expect(isDue({ feedId: 'f', row: waiting, lastTick: tick + 2, tick: tick + 3 })).toBe(true);
    expect(isDue({ feedId: 'f', row: waiting, lastTick: tick + 3, tick: tick + 4 })).toBe(false);
  });

  it('spreads feeds evenly over their interval', () => {
    const phases = Array.from({ length: 2_000 }, (_, at) => phaseMinutes(`feed-${at}`, 20));
    const perMinute = Array.from(
      { length: 20 },
      (_, minute) => phases.filter((phase) => phase === minute).length,
    );
    expect(Math.min(...perMinute)).toBeGreaterThan(60);
    expect(Math.max(...perMinute)).toBeLessThan(140);
  });
});

describe('intervalClass', () => {
  it('is the longest class not above the wish, within the bounds', () => {
    expect(intervalClass(37, { min: 1, max: 1_440 })).toBe(30);
    expect(intervalClass(0.1, { min: 1, max: 1_440 })).toBe(1);
    expect(intervalClass(9_999, { min: 1, max: 480 })).toBe(480);
    expect(intervalClass(1, { min: 40, max: 480 })).toBe(40);
  });

  it('stays within the bounds, whatever they are', () => {
    const minutes = fc.integer({ min: 1, max: 1_440 });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), minutes, minutes, (wish, one, other) => {
        const bounds = { min: Math.min(one, other), max: Math.max(one, other) };
        const interval = intervalClass(wish, bounds);
        expect(interval).toBeGreaterThanOrEqual(bounds.min);
        expect(interval).toBeLessThanOrEqual(bounds.max);
      }),
    );
  });

  it('never leaves a feed without a turn on any day: every class divides the day', () => {
    expect(intervalClassesMinutes.filter((minutes) => 1_440 % minutes !== 0)).toEqual([]);
  });

  it('keeps public hosts at five minutes or more and lets our own go down to one', () => {
    expect(intervalBounds({ every: { min: 1, max: 1 } }, false)).toEqual({ min: 5, max: 5 });
    expect(intervalBounds({ every: { min: 1, max: 1 } }, true)).toEqual({ min: 1, max: 1 });
    expect(intervalBounds({}, false)).toEqual({ min: 10, max: 480 });
  });
});

describe('nextTurn', () => {
  const times = fc.integer({ min: 0, max: 2 ** 31 - 1 });

  it('is the first minute at which the row is due, with quiet times or without', () => {
    fc.assert(
      fc.property(
        feedId,
        fc.tuple(interval, interval),
        times,
        fc.integer({ min: 1, max: 40_000_000 }),
        (id, [busy, rest], bits, start) => {
          const polled = { ...row(busy), quiet: { intervalMinutes: rest, times: bits } };
          const turn = nextTurn({ ...polled, feedId: id }, start);
          const isDueAt = (tick: number) => isDue({ feedId: id, row: polled, lastTick: tick - 1, tick });
          expect(turn).toBeGreaterThan(start);
          expect(turn - start).toBeLessThanOrEqual(1_440);
          expect(isDueAt(turn)).toBe(true);
          const before = Array.from({ length: turn - start - 1 }, (_, at) => start + 1 + at);
          expect(before.filter(isDueAt)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('polls by the longer interval in the quiet hours and days, and by the other as soon as they end', () => {
    const midnight = 20_000 * 1_440;
    const nights = { feedId: 'f', intervalMinutes: 10, quiet: { intervalMinutes: 120, times: 0b111111 } };
    const turns: number[] = [];
    for (let at = midnight - 1; at < midnight + 1_440; at = nextTurn(nights, at)) turns.push(at - midnight);
    expect(turns.filter((at) => at >= 0 && at < 360)).toHaveLength(3);
    expect(turns.filter((at) => at >= 360 && at < 1_440)).toHaveLength(108);
  });

  it('comes to an end for intervals that share no minute with the day', () => {
    const odd = { feedId: 'f', intervalMinutes: 1_439, quiet: { intervalMinutes: 1_301, times: 0x555555 } };
    expect(nextTurn(odd, 30_000_000) - 30_000_000).toBeLessThanOrEqual(2_880);
  });
});

describe('presentRow', () => {
  const present = { isOwnHost: false, now: 0 };
  const slow = { feedId: 'f', intervalMinutes: 720, notBefore: 0 };

  it('keeps an interval that the publisher stretched beyond the usual bounds, but not beyond the catalogue’s', () => {
    expect(presentRow(feedOf('f'), slow, present)?.intervalMinutes).toBe(720);
    const every = { min: 10, max: 480 };
    expect(presentRow(feedOf('f', { every }), slow, present)?.intervalMinutes).toBe(480);
    expect(presentRow(feedOf('f', { every: { min: 1, max: 1 } }), slow, present)?.intervalMinutes).toBe(5);
  });

  it('does not believe a wait from a clock that was far ahead', () => {
    const day = 86_400_000;
    const rowUntil = (notBefore: number) => presentRow(feedOf('f'), { ...slow, notBefore }, present);
    expect(rowUntil(7 * day)?.notBefore).toBe(7 * day);
    expect(rowUntil(9 * day)?.notBefore).toBe(0);
  });
});
