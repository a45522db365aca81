import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  minutesUntilTurn,
  pollMinutesAt,
  samePace,
  utcWeekday,
} from '../../../../lambdas/core/schedule/quiet-times.ts';

const tickOf = (time: string) => Date.parse(time) / 60_000;
const row = (times: number) => ({ intervalMinutes: 10, quiet: { intervalMinutes: 120, times } });

describe('pollMinutesAt', () => {
  it('takes the quiet interval in a quiet hour and on a quiet day, UTC', () => {
    const night = row(1 << 3);
    expect(pollMinutesAt(night, tickOf('2026-03-04T02:59:00Z'))).toBe(10);
    expect(pollMinutesAt(night, tickOf('2026-03-04T03:00:00Z'))).toBe(120);
    expect(pollMinutesAt(night, tickOf('2026-03-04T04:00:00Z'))).toBe(10);
    const saturday = row(1 << 30);
    expect(pollMinutesAt(saturday, tickOf('2026-03-06T23:59:00Z'))).toBe(10);
    expect(pollMinutesAt(saturday, tickOf('2026-03-07T00:00:00Z'))).toBe(120);
  });

  it('is the one interval of a row without quiet times', () => {
    expect(pollMinutesAt({ intervalMinutes: 40 }, 12_345)).toBe(40);
  });

  it('holds for the rest of the hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000_000 }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        (tick, times) => {
          const last = tick + minutesUntilTurn(tick) - 1;
          expect(pollMinutesAt(row(times), last)).toBe(pollMinutesAt(row(times), tick));
          expect((last + 1) % 60).toBe(0);
        },
      ),
    );
  });
});

describe('utcWeekday', () => {
  it('is that of the calendar', () => {
    for (let day = 20_000; day < 20_014; day += 1)
      expect(utcWeekday(day)).toBe(new Date(day * 86_400_000).getUTCDay());
  });
});

describe('samePace', () => {
  it('tells apart what polls at other times', () => {
    expect(samePace(row(6), row(6))).toBe(true);
    expect(samePace(row(6), row(7))).toBe(false);
    expect(samePace(row(6), { intervalMinutes: 10 })).toBe(false);
    expect(samePace({ intervalMinutes: 10 }, { intervalMinutes: 12 })).toBe(false);
  });
});
