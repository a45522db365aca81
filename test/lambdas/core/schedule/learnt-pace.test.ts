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
});
