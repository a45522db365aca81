import { createHash } from 'node:crypto';
import type { Feed } from '../words/feed.ts';
import type { ScheduleRow } from '../poll/feed-state.ts';

/** The intervals a feed can be polled at, in minutes. Each divides the next, so phases never drift apart. */
export const intervalClassesMinutes = [1, 5, 10, 20, 40, 120, 240, 480, 1_440] as const;

/** No public host is polled more often than this, whatever the catalogue says. Source: RSS profile, hourly convention. */
export const politeIntervalMinutesMin = 5;

/** Missed ticks are caught up over this many minutes at the most; one poll per feed, however many were missed. */
export const catchUpMinutesMax = 60;

/** Bounds of the poll interval, in minutes. */
export type IntervalBounds = { readonly min: number; readonly max: number };

/** Bounds of a feed that names none. */
const everyDefault: IntervalBounds = { min: 10, max: 480 };

/** A feed's own bounds or the default ones, with the polite floor where the host is not the operator's. */
export function intervalBounds(feed: Pick<Feed, 'every'>, isOwnHost: boolean): IntervalBounds {
  const { min, max } = feed.every ?? everyDefault;
  const floor = isOwnHost ? 1 : politeIntervalMinutesMin;
  return { min: Math.max(min, floor), max: Math.max(max, floor) };
}

/** The interval class for a wish of so many minutes: the longest class not above it once it is within the bounds. */
export function intervalClass(wishMinutes: number, bounds: IntervalBounds): number {
  const wanted = Math.min(Math.max(wishMinutes, bounds.min), bounds.max);
  return intervalClassesMinutes.findLast((minutes) => minutes <= wanted) ?? intervalClassesMinutes[0];
}

/** The minute within its interval at which a feed is polled: a hash of its id, so that phases are spread evenly. */
export function phaseMinutes(feedId: string, intervalMinutes: number): number {
  return createHash('sha256').update(feedId).digest().readUInt32BE(0) % intervalMinutes;
}

/** The first minute after `afterTick` at which the feed's phase comes round; epoch minutes. */
export function nextTick(feedId: string, intervalMinutes: number, afterTick: number): number {
  const phase = phaseMinutes(feedId, intervalMinutes);
  const sincePhase = (((afterTick - phase) % intervalMinutes) + intervalMinutes) % intervalMinutes;
  return afterTick + intervalMinutes - sincePhase;
}

/**
 * Is the feed due at some minute in (lastTick, tick]? A pure function of the feed's interval and phase, so an unchanged
 * poll has nothing to write. A feed that was never polled (no row) is due at once; one put off by `notBefore` (epoch
 * milliseconds) is not due until then.
 */
export function isDue(due: {
  feedId: string;
  row: ScheduleRow | null;
  lastTick: number | null;
  tick: number;
}): boolean {
  const { feedId, row, tick } = due;
  if (row === null) return true;
  if (row.notBefore > tick * 60_000) return false;
  const from = Math.max(due.lastTick ?? tick - 1, tick - catchUpMinutesMax);
  // A feed whose wait ended since the last tick is due now, even if its phase came round while it waited.
  const waitEnded = row.notBefore > from * 60_000;
  return waitEnded || nextTick(feedId, row.intervalMinutes, from) <= tick;
}
