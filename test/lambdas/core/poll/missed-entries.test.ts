import { describe, expect, it } from 'vitest';
import {
  type DocumentPair,
  missedEstimate,
  overrunAfter,
} from '../../../../lambdas/core/poll/missed-entries.ts';

const hour = 3_600_000;
const lastSeenAt = Date.parse('2026-11-20T00:00:00Z');
const seen = (keys: readonly string[], leftDay: number | null = null) =>
  keys.map((key) => ({ key, hash: `h-${key}`, seenDay: 1, leftDay }));
/** Entries published so many hours after the last sight. */
const listed = (hours: readonly number[], name = 'n') =>
  hours.map((after) => ({
    key: `${name}${after}`,
    hash: `h-${name}${after}`,
    published: new Date(lastSeenAt + after * hour).toISOString(),
  }));
const estimate = (window: DocumentPair['window'], entries: DocumentPair['entries']) =>
  missedEstimate({ window, entries, lastSeenAt });

describe('missedEstimate', () => {
  const window = seen(['a', 'b', 'c']);

  it('F08: is what fits before the oldest entry at the document’s own pace when nothing of the last one is left', () => {
    expect(estimate(window, listed([12, 11, 10, 9, 8]))).toBe(5);
    expect(estimate(window, listed([10, 8, 6, 4]))).toBe(2);
    expect(estimate(window, listed([3, 2, 1]))).toBe(1);
  });

  it('is none while one entry of the last document is still listed', () => {
    const kept = { key: 'c', hash: 'other', published: null };
    expect(estimate(window, [...listed([12, 11, 10]), kept])).toBe(0);
  });

  it('is none for a publisher that only changed its guids', () => {
    expect(estimate(window, [...listed([12, 11, 10]), { key: 'z', hash: 'h-c', published: null }])).toBe(0);
  });

  it('is none for a shorter document, a first one, one that was empty or lists its latest alone', () => {
    expect(estimate(window, listed([12, 11]))).toBe(0);
    expect(estimate([], listed([12, 11, 10]))).toBe(0);
    expect(estimate(window, [])).toBe(0);
    expect(estimate(seen(['a']), listed([12]))).toBe(0);
    expect(estimate(seen(['a', 'b', 'c'], 7), listed([12, 11, 10]))).toBe(0);
  });

  it('stays within a document’s worth, whatever the dates say, and is none for entries older than the last sight', () => {
    const undated = listed([3, 2, 1]).map((entry) => ({ ...entry, published: null }));
    expect(estimate(window, undated)).toBe(1);
    expect(estimate(window, listed([900, 899.9, 899.8]))).toBe(3);
    expect(estimate(window, listed([-5, -6, -7]))).toBe(0);
    expect(estimate(window, listed([5, 5, 5].map((at, nth) => at + nth / 1e9)))).toBe(3);
  });
});

describe('overrunAfter', () => {
  const state = { intervalMinutes: 40 };

  it('halves the interval with each loss and forgets that after a month without one', () => {
    const first = overrunAfter(state, { missed: 3, now: 0, minutesMin: 1 });
    expect(first).toEqual({ minutes: 20, at: 0 });
    const second = overrunAfter(
      { ...state, ...(first && { overrun: first }) },
      { missed: 1, now: hour, minutesMin: 1 },
    );
    expect(second).toEqual({ minutes: 10, at: hour });
    const kept = { ...state, overrun: { minutes: 10, at: 0 } };
    expect(overrunAfter(kept, { missed: 0, now: 29 * 24 * hour, minutesMin: 1 })).toEqual({
      minutes: 10,
      at: 0,
    });
    expect(overrunAfter(kept, { missed: 0, now: 30 * 24 * hour, minutesMin: 1 })).toBeUndefined();
  });

  it('stays at the feed’s own bound or more', () => {
    expect(overrunAfter(state, { missed: 1, now: 1, minutesMin: 30 })).toEqual({ minutes: 30, at: 1 });
    const kept = { intervalMinutes: 1, overrun: { minutes: 1, at: 0 } };
    expect(overrunAfter(kept, { missed: 1, now: 1, minutesMin: 1 })).toEqual({ minutes: 1, at: 1 });
  });
});
