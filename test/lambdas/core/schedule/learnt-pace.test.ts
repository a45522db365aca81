import { describe, expect, it } from 'vitest';
import { paceAfterDocument } from '../../../../lambdas/core/schedule/learnt-pace.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-03-04T12:00:00Z');
const bounds = { min: 10, max: 480 };
const listed = Array.from({ length: 30 }, (_, at) => new Date(now - (at + 1) * 3_600_000).toISOString());
const document = { now, listed, fresh: listed, bounds, hintMinutes: 5 };
const first = paceAfterDocument({}, document);

describe('paceAfterDocument', () => {
  it('takes a first document for history, not for thirty stories at once', () => {
    const undated = paceAfterDocument({}, { ...document, listed: listed.map(() => null) });
    expect(first.intervalMinutes).toBeLessThan(undated.intervalMinutes);
    expect(undated.intervalMinutes).toBeGreaterThanOrEqual(60);
  });

  it('is the same again for a document without news a moment later', () => {
    const again = paceAfterDocument(first, { ...document, fresh: [], now: now + 60_000 });
    expect(again.intervalMinutes).toBe(first.intervalMinutes);
    expect(again.quiet).toEqual(first.quiet);
  });

  it('keeps the publisher waiting no longer once the hint is gone', () => {
    const hinted = paceAfterDocument({}, { ...document, hintMinutes: 300 });
    expect(hinted.intervalMinutes).toBeGreaterThanOrEqual(300);
    expect(paceAfterDocument(hinted, { ...document, fresh: [] }).intervalMinutes).toBe(first.intervalMinutes);
  });

  it('slows a feed down that has fallen silent, to the end of its bounds', () => {
    const silentFor = (days: number) =>
      paceAfterDocument(first, { ...document, fresh: [], now: now + days * dayMs }).intervalMinutes;
    expect(silentFor(7)).toBeGreaterThan(first.intervalMinutes);
    expect(silentFor(365)).toBe(480);
  });

  it('keeps to the publisher’s wish beyond its bounds, by the first class that honours it', () => {
    const slow = { ...document, listed: [], fresh: [] };
    const hinted = (hintMinutes: number) =>
      paceAfterDocument({}, { ...slow, hintMinutes, hintMinutesMax: 1_440 }).intervalMinutes;
    expect([hinted(300), hinted(481), hinted(721), hinted(1_440)]).toEqual([360, 720, 1_440, 1_440]);
    expect(paceAfterDocument({}, { ...slow, hintMinutes: 1_440 }).intervalMinutes).toBe(480);
  });

  it('lets no wish cost a story: it counts up to half the time in which the document turns over', () => {
    // Thirty entries an hour apart turn over in thirty hours; ten in ten.
    const paced = (entries: number) =>
      paceAfterDocument(
        {},
        { ...document, listed: listed.slice(0, entries), hintMinutes: 1_440, hintMinutesMax: 1_440 },
      ).intervalMinutes;
    expect(paced(30)).toBeGreaterThan(480);
    expect(paced(30)).toBeLessThanOrEqual(960);
    expect(paced(10)).toBeLessThanOrEqual(320);
    expect(paced(10)).toBeGreaterThan(240);
  });

  it('holds a feed that overran us to half its interval, in quiet times too, whatever its publisher wishes', () => {
    const missing = { ...document, fresh: [], missed: 5, hintMinutes: 400 };
    const overrun = paceAfterDocument({ ...first, intervalMinutes: 60 }, missing);
    expect(overrun.overrun).toEqual({ minutes: 30, at: now });
    expect(overrun.intervalMinutes).toBeLessThanOrEqual(30);
    expect(overrun.quiet?.intervalMinutes ?? 0).toBeLessThanOrEqual(30);
    const later = paceAfterDocument(overrun, { ...document, fresh: [], now: now + dayMs, hintMinutes: 400 });
    expect(later.intervalMinutes).toBeLessThanOrEqual(30);
    const after = paceAfterDocument(overrun, { ...document, fresh: [], now: now + 31 * dayMs });
    expect(after).not.toHaveProperty('overrun');
  });

  it('passes on the times to skip', () => {
    expect(paceAfterDocument({}, { ...document, skip: 7 }).skip).toBe(7);
    expect(first).not.toHaveProperty('skip');
  });
});
