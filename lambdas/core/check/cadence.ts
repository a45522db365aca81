import type { ParsedEntry } from '../words/entry.ts';

/** When a feed's entries came; gaps and ages in milliseconds, null where its dates do not say. */
export interface Cadence {
  /** Entries with a date. */
  readonly dated: number;
  /** Entries dated after `now`. */
  readonly future: number;
  readonly newest: string | null;
  readonly newestAgeMs: number | null;
  /** The median gap between neighbours; the mean one where most come in batches of one time. */
  readonly medianGapMs: number | null;
}

/**
 * The cadence of a document at `now` (epoch milliseconds). An entry counts by when it was published, else updated; dates
 * ahead of `now` by more than a day are no history and only counted as such. Never throws.
 */
export function cadenceOf(entries: readonly ParsedEntry[], now: number): Cadence {
  const dates = entries
    .map((entry) => Date.parse(entry.published ?? entry.updated ?? ''))
    .filter((at) => Number.isFinite(at));
  const history = dates.filter((at) => at <= now + 86_400_000).sort((one, other) => one - other);
  const newest = history.at(-1) ?? null;
  return {
    dated: dates.length,
    future: dates.length - history.length,
    newest: newest === null ? null : new Date(newest).toISOString(),
    newestAgeMs: newest === null ? null : Math.max(0, now - newest),
    medianGapMs: medianGap(history),
  };
}

/** Of times in ascending order; null when they are all one time. */
function medianGap(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((at, position) => at - (times[position] ?? at));
  const sorted = gaps.sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const median = (lower + upper) / 2;
  if (median > 0) return median;
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return span > 0 ? span / gaps.length : null;
}
