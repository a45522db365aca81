import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  archivedUntil,
  isSettled,
  monthAt,
  monthNamed,
} from '../../../../lambdas/core/query/archive-month.ts';

describe('monthNamed', () => {
  it('has the bounds of the month in UTC', () => {
    expect(monthNamed('2024-02')).toEqual({
      name: '2024-02',
      start: Date.UTC(2024, 1),
      end: Date.UTC(2024, 2),
    });
    expect(monthNamed('2026-12')?.end).toBe(Date.UTC(2027, 0));
  });

  it.each(['2026-00', '2026-13', '2026-1', '26-01', '1969-12', '2101-01', '2026-10-01', ' 2026-10', ''])(
    'is null for %j',
    (name) => {
      expect(monthNamed(name)).toBeNull();
    },
  );
});

describe('months', () => {
  const instant = fc.integer({ min: 0, max: Date.UTC(2100, 11, 31) });

  it('hold every instant in exactly one, and join', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const month = monthAt(at);
        expect(month.start <= at && at < month.end).toBe(true);
        expect(monthNamed(month.name)).toEqual(month);
        expect(monthAt(month.end).start).toBe(month.end);
      }),
    );
  });

  it('are settled exactly when they end before what is not archived yet', () => {
    fc.assert(
      fc.property(instant, instant, (at, nowMs) => {
        const month = monthAt(at);
        expect(isSettled(month, nowMs)).toBe(month.end <= archivedUntil(nowMs));
      }),
    );
  });

  it('settle a day after their end', () => {
    const month = monthAt(Date.UTC(2026, 9, 5));
    expect(isSettled(month, Date.UTC(2026, 10, 1, 23, 59, 59, 999))).toBe(false);
    expect(isSettled(month, Date.UTC(2026, 10, 2))).toBe(true);
  });
});
