import type { FailureWeight } from './poll-outcome.ts';

/** How much each failure adds; four that pass by themselves count as one. Source: Media Cloud rss-fetcher. */
const failureCost: Record<FailureWeight, number> = { none: 0, temporary: 0.25, soft: 0.5, hard: 1 };

/** However often a feed fails hard, it is tried once a day: dead feeds do come back. */
const hardMsMax = 86_400_000;

/** Failures that may pass are tried twice a day at least: news must not leave the document meanwhile. */
const softMsMax = 43_200_000;

/** As many hard failures as take the shortest interval to a day. */
const failuresMax = 288;

/** A wait doubles no oftener; the cap is long reached. */
const doublingsMax = 12;

/** Failures after one more of this weight. */
export const failuresAfter = (failures: number, weight: FailureWeight): number =>
  Math.min(failures + failureCost[weight], failuresMax);

/**
 * Milliseconds to wait after a failure, its own weight counted in `failures`. Hard, lasting ones (404, no feed) slow the feed
 * down gently, by one interval each, to a day; soft and temporary ones double the wait with each whole failure, to half a
 * day. Never shorter than the interval.
 */
export function backOffMs(wait: {
  readonly weight: FailureWeight;
  readonly failures: number;
  readonly intervalMinutes: number;
}): number {
  const intervalMs = wait.intervalMinutes * 60_000;
  if (wait.weight === 'hard') {
    return Math.max(intervalMs, Math.min(intervalMs * Math.max(1, wait.failures), hardMsMax));
  }
  const doublings = Math.min(Math.floor(wait.failures), doublingsMax);
  return Math.max(intervalMs, Math.min(intervalMs * 2 ** doublings, softMsMax));
}
