import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfc3339Time, rfc822Time, servedTimes } from '../../../../lambdas/core/render/served-time.ts';
import { nowMs } from '../../../support/serve-fixture.ts';

const seen = '2026-11-22T11:00:00.000Z';
const times = (published: string, updated: string) =>
  servedTimes({ published, updated, firstSeen: seen, sortTime: seen }, nowMs);

describe('servedTimes', () => {
  it('serves a date in the future as first sight', () => {
    expect(times('2031-01-01T00:00:00.000Z', seen).published).toBe(Date.parse(seen));
    expect(times(seen, '2031-01-01T00:00:00.000Z').updated).toBe(Date.parse(seen));
  });

  it('serves an edit at its own time, and never before publication', () => {
    expect(times(seen, '2026-11-22T11:30:00.000Z').updated).toBe(Date.parse('2026-11-22T11:30:00.000Z'));
    expect(times(seen, '1999-01-01T00:00:00.000Z').updated).toBe(Date.parse(seen));
  });

  it('has changed when the story was seen, even if it claims to be older', () => {
    expect(times('2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z').changed).toBe(Date.parse(seen));
  });

  it('takes first sight for what is no date', () => {
    expect(times('', 'soon')).toEqual({
      published: Date.parse(seen),
      updated: Date.parse(seen),
      changed: Date.parse(seen),
    });
    const nothing = { published: '', updated: '', firstSeen: '', sortTime: '' };
    expect(servedTimes(nothing, nowMs)).toEqual({ published: 0, updated: 0, changed: 0 });
  });

  it('keeps published ≤ first sight, published ≤ updated ≤ changed, and all of them in four-digit years', () => {
    const text = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('', 'x', '-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'),
    );
    fc.assert(
      fc.property(text, text, (published, updated) => {
        const served = times(published, updated);
        expect(served.published).toBeLessThanOrEqual(Date.parse(seen));
        expect(served.updated).toBeGreaterThanOrEqual(served.published);
        expect(served.changed).toBeGreaterThanOrEqual(served.updated);
        expect(served.changed).toBeLessThanOrEqual(nowMs);
        expect(rfc3339Time(served.published)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(rfc822Time(served.published)).toMatch(
          /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
        );
      }),
    );
  });
});

describe('rfc822Time and rfc3339Time', () => {
  it('write days before 1970 and the day clocks change', () => {
    expect(rfc822Time(Date.UTC(1969, 6, 20, 20, 17))).toBe('Sun, 20 Jul 1969 20:17:00 GMT');
    expect(rfc3339Time(Date.UTC(2026, 2, 29, 1, 30, 0, 999))).toBe('2026-03-29T01:30:00Z');
  });
});
