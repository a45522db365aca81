import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalClassesMinutes, isDue, nextTurn } from '../../../../lambdas/core/schedule/due-feeds.ts';
import { isSkipped, skipTimes } from '../../../../lambdas/core/schedule/skip-times.ts';

/** Sunday, 4 October 2026, 00:00 UTC. */
const sunday = Date.UTC(2026, 9, 4) / 60_000;
const skipOf = (hints: Parameters<typeof skipTimes>[0]): number => skipTimes(hints) ?? 0;

function turnsOf(row: { intervalMinutes: number; skip?: number }, minutes: number, feedId = 'f'): number[] {
  const turns: number[] = [];
  for (let at = sunday - 1; at < sunday + minutes; at = nextTurn({ ...row, feedId }, at))
    turns.push(at - sunday);
  return turns.filter((at) => at >= 0 && at < minutes);
}

describe('skipTimes', () => {
  it('is nothing for hints that name no time, every time or none there is', () => {
    expect(skipTimes({})).toBeUndefined();
    expect(skipTimes({ skipHours: Array.from({ length: 24 }, (_, hour) => hour) })).toBeUndefined();
    expect(skipTimes({ skipDays: [0, 1, 2, 3, 4, 5, 6] })).toBeUndefined();
    expect(skipTimes({ skipHours: [-1, 24, 1.5, Number.NaN], skipDays: [7, -1] })).toBeUndefined();
  });

  it('names hours of the UTC day and weekdays', () => {
    const skip = skipOf({ skipHours: [3], skipDays: [0] });
    expect(isSkipped(skip, sunday + 720)).toBe(true);
    expect(isSkipped(skip, sunday + 1_440 + 3 * 60)).toBe(true);
    expect(isSkipped(skip, sunday + 1_440 + 4 * 60)).toBe(false);
  });
});

describe('a feed that asks to be left alone', () => {
  it('is not polled in the hours it names, and as soon as they end', () => {
    const turns = turnsOf({ intervalMinutes: 20, skip: skipOf({ skipHours: [0, 1, 2, 3, 4, 5] }) }, 1_440);
    expect(Math.min(...turns)).toBe(360);
    expect(turns.length).toBeGreaterThanOrEqual(54);
  });

  it('is polled every day though its turn would always fall in an hour it names', () => {
    for (const feedId of ['a', 'b', 'c', 'd']) {
      const skip = skipOf({ skipHours: Array.from({ length: 23 }, (_, hour) => hour) });
      const turns = turnsOf({ intervalMinutes: 1_440, skip }, 7 * 1_440, feedId);
      expect(turns).toHaveLength(7);
      for (const turn of turns) expect(Math.floor((turn % 1_440) / 60)).toBe(23);
    }
  });

  it('is polled once a day in a longer stretch: no wish keeps it unread for more than 24 hours', () => {
    const turns = turnsOf({ intervalMinutes: 20, skip: skipOf({ skipDays: [0, 1, 2] }) }, 3 * 1_440 + 1);
    expect(turns).toEqual([1_440, 2_880, 4_320]);
  });

  it('is never left for more than a day and its interval, and due exactly at its turns', () => {
    const interval = fc.constantFrom(...intervalClassesMinutes);
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }));
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }));
    const after = fc.integer({ min: sunday, max: sunday + 10_080 });
    fc.assert(
      fc.property(interval, hours, days, after, (intervalMinutes, skipHours, skipDays, from) => {
        const skip = skipTimes({ skipHours, skipDays });
        const row = { feedId: 'f', intervalMinutes, notBefore: 0, ...(skip !== undefined && { skip }) };
        const turn = nextTurn(row, from);
        expect(turn).toBeGreaterThan(from);
        expect(turn - from).toBeLessThanOrEqual(2_880);
        expect(isDue({ feedId: 'f', row, lastTick: turn - 1, tick: turn })).toBe(true);
        expect(isDue({ feedId: 'f', row, lastTick: from, tick: turn - 1 })).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is not polled when a wait ends in an hour it names', () => {
    const row = { feedId: 'f', intervalMinutes: 20, skip: skipOf({ skipHours: [0, 1] }) };
    const wait = { ...row, notBefore: (sunday + 30) * 60_000 };
    const isDueAt = (tick: number) => isDue({ feedId: 'f', row: wait, lastTick: tick - 1, tick });
    const dues = Array.from({ length: 121 }, (_, at) => at).filter((at) => isDueAt(sunday + at));
    expect(dues).toEqual([120]);
  });
});
