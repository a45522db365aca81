import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRhythm, rhythmAfter, storiesPerDay } from '../../../../lambdas/core/schedule/rhythm.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-03-04T12:00:00Z');
const every = (gapMs: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => new Date(now - (at + 0.5) * gapMs).toISOString());

describe('firstRhythm', () => {
  it.each([0.1, 0.6, 3, 12, 40])('tells %d stories a day from the dates of one document', (perDay) => {
    const rate = storiesPerDay(firstRhythm({ now, published: every(dayMs / perDay, 25) }));
    expect(rate).toBeGreaterThan(perDay * 0.7);
    expect(rate).toBeLessThan(perDay * 1.3);
  });

  it('does not take a busy hour for the rate of the day', () => {
    const hour = firstRhythm({ now, published: every(3_600_000 / 25, 25) });
    expect(storiesPerDay(hour)).toBeLessThan(200);
  });

  it('takes a feed whose last story is years old for a silent one', () => {
    const old = every(dayMs, 30).map((time) => new Date(Date.parse(time) - 900 * dayMs).toISOString());
    expect(storiesPerDay(firstRhythm({ now, published: old }))).toBeLessThan(0.05);
  });

  it('learns nothing from a document without dates, from rubbish, or from dates that lie ahead', () => {
    const unknown = storiesPerDay(firstRhythm({ now, published: [] }));
    const ahead = new Date(now + 9 * dayMs).toISOString();
    for (const published of [
      [null, null],
      ['yesterday', ''],
      [ahead, ahead],
    ])
      expect(storiesPerDay(firstRhythm({ now, published }))).toBe(unknown);
  });

  it('is of finite numbers, whatever the dates', () => {
    const dates = fc.array(fc.option(fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map(String))));
    fc.assert(
      fc.property(dates, (published) => {
        const rate = storiesPerDay(firstRhythm({ now, published }));
        expect(Number.isFinite(rate) && rate > 0).toBe(true);
      }),
    );
  });
});

describe('rhythmAfter', () => {
  const watched = (days: number, perDay: number, published: string | null) => {
    let rhythm = firstRhythm({ now, published: [] });
    for (let at = 1; at <= days; at += 1)
      rhythm = rhythmAfter(rhythm, { now: now + at * dayMs, published: Array(perDay).fill(published) });
    return storiesPerDay(rhythm);
  };

  it('learns the rate of a feed without dates from what appears', () => {
    expect(watched(30, 12, null)).toBeCloseTo(12, 0);
  });

  it('is not led astray by dates that never change or lie ahead', () => {
    expect(watched(30, 12, '1970-01-01T00:00:00Z')).toBeCloseTo(12, 0);
    expect(watched(30, 12, '2099-01-01T00:00:00Z')).toBeCloseTo(12, 0);
  });

  it('counts a hundred old stories put out at once as one day of many', () => {
    let rhythm = firstRhythm({ now, published: every(dayMs, 25) });
    rhythm = rhythmAfter(rhythm, { now: now + 1, published: every(400 * dayMs, 100) });
    expect(storiesPerDay(rhythm)).toBeLessThan(10);
    expect(storiesPerDay(rhythmAfter(rhythm, { now: now + 80 * dayMs, published: [] }))).toBeLessThan(0.2);
  });

  it('falls with silence, and does not depend on how often the silence was noted', () => {
    const rhythm = firstRhythm({ now, published: every(dayMs / 4, 30) });
    const once = rhythmAfter(rhythm, { now: now + 10 * dayMs, published: [] });
    let daily = rhythm;
    for (let day = 1; day <= 10; day += 1)
      daily = rhythmAfter(daily, { now: now + day * dayMs, published: [] });
    expect(storiesPerDay(daily)).toBeCloseTo(storiesPerDay(once), 2);
    expect(storiesPerDay(once)).toBeLessThan(storiesPerDay(rhythm) * 0.7);
  });

  it('stands still when the clock goes back', () => {
    const rhythm = firstRhythm({ now, published: every(dayMs, 10) });
    expect(rhythmAfter(rhythm, { now: now - dayMs, published: [] })).toEqual(rhythm);
  });
});
