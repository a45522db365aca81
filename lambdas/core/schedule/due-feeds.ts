import { addressMark } from './address-mark.ts';
import { createHash } from 'node:crypto';
import { plausibleWait } from '../poll/plausible-times.ts';
import type { Feed } from '../words/feed.ts';
import type { ScheduleRow } from '../poll/feed-state.ts';
import { minutesUntilTurn, pollMinutesAt } from './quiet-times.ts';
import { blockStart, isSkipped, releasedTick } from './skip-times.ts';

/**
 * The intervals a feed can be polled at, in minutes. Each divides the day, so a feed is polled at the same minutes of
 * every day, and all classes share its own minute: a change of class never moves the phase. Neighbours differ by a third
 * or so, which costs less than 1 % of delay against any interval at all; factors of two and three would cost 2 and 5 %
 * (calculated: the delay goes with (x + 1/x) / 2 for an interval x times the best one).
 */
export const intervalClassesMinutes = [
  1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 48, 60, 80, 96, 120, 160, 180, 240, 288, 360, 480, 720,
  1_440,
] as const;

/** No public host is polled more often than this, whatever the catalogue says. Source: RSS profile, hourly convention. */
export const politeIntervalMinutesMin = 5;

/** Missed ticks are caught up over a day, the longest interval; one poll per feed, however many were missed. */
const catchUpMinutesMax = 1_440;

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

/** As far as a publisher's wish may stretch the interval: to the bound the catalogue names, else to a day. */
export const hintMinutesMax = ({ every }: Pick<Feed, 'every'>): number => every?.max ?? 1_440;

/**
 * The interval for a wish of so many minutes: the longest class not above it among those within the bounds. Bounds that
 * hold no class give their lower end, so the answer is always within them.
 */
export function intervalClass(wishMinutes: number, bounds: IntervalBounds): number {
  const allowed = intervalClassesMinutes.filter((minutes) => minutes >= bounds.min && minutes <= bounds.max);
  return (
    allowed.findLast((minutes) => minutes <= wishMinutes) ?? allowed[0] ?? Math.max(1, Math.ceil(bounds.min))
  );
}

/** The minute within its interval at which a feed is polled: a hash of its id, so that phases are spread evenly. */
export function phaseMinutes(feedId: string, intervalMinutes: number): number {
  return feedHash(feedId) % intervalMinutes;
}

const feedHash = (feedId: string): number => createHash('sha256').update(feedId).digest().readUInt32BE(0);

/** The first minute after `afterTick` at which the feed's phase comes round; epoch minutes. */
export function nextTick(feedId: string, intervalMinutes: number, afterTick: number): number {
  return nextOfPhase(feedHash(feedId), intervalMinutes, afterTick);
}

function nextOfPhase(hash: number, intervalMinutes: number, afterTick: number): number {
  const phase = hash % intervalMinutes;
  const sincePhase = (((afterTick - phase) % intervalMinutes) + intervalMinutes) % intervalMinutes;
  return afterTick + intervalMinutes - sincePhase;
}

/** Two days hold a turn of every class, and every bound of a feed; the search for one goes no further. */
const searchMinutesMax = 2 * 1_440;

/**
 * The first minute after `afterTick` at which a feed's turn comes by its row: its interval, or the longer one of its quiet
 * times, whichever holds at that minute; a turn in the times to skip is taken when those end. `notBefore` is not looked at.
 * Epoch minutes.
 */
export function nextTurn(row: Omit<ScheduleRow, 'notBefore'>, afterTick: number): number {
  const { skip } = row;
  // A turn that came earlier in the skipped stretch we are in has not been taken yet.
  const from = isSkipped(skip, afterTick) ? blockStart(skip, afterTick) - 1 : afterTick;
  return releasedTick(skip, nextTurnOfPace(row, from));
}

function nextTurnOfPace(row: Omit<ScheduleRow, 'notBefore'>, afterTick: number): number {
  const hash = feedHash(row.feedId);
  if (row.quiet === undefined) return nextOfPhase(hash, row.intervalMinutes, afterTick);
  let from = afterTick;
  while (from - afterTick < searchMinutesMax) {
    const turn = nextOfPhase(hash, pollMinutesAt(row, from + 1), from);
    const until = from + minutesUntilTurn(from + 1);
    if (turn <= until) return turn;
    from = until;
  }
  return from;
}

/**
 * Is the feed due at some minute in (lastTick, tick]? A pure function of the feed's row and phase, so an unchanged
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
  const waitEnded = row.notBefore > from * 60_000 && !isSkipped(row.skip, tick);
  return waitEnded || nextTurn({ ...row, feedId }, from) <= tick;
}

/** A last tick further ahead than this came from a wrong clock and counts as unknown. */
export const tickAheadMinutesMax = 60;

/**
 * The row to schedule a feed by: none when there is none or it was made for another address; otherwise with its intervals
 * within the feed's present bounds, so that a changed catalogue holds at once, and without a wait from a wrong clock. `now`
 * is epoch milliseconds.
 */
export function presentRow(
  feed: Feed,
  saved: ScheduleRow | undefined,
  { isOwnHost, now }: { readonly isOwnHost: boolean; readonly now: number },
): ScheduleRow | null {
  if (saved === undefined || (saved.mark !== undefined && saved.mark !== addressMark(feed.url))) return null;
  const row = { ...saved, notBefore: plausibleWait(saved.notBefore, now) };
  const { min } = intervalBounds(feed, isOwnHost);
  const bounds = { min, max: Math.max(min, hintMinutesMax(feed)) };
  const intervalMinutes = intervalClass(row.intervalMinutes, bounds);
  if (row.quiet === undefined) return { ...row, intervalMinutes };
  const quiet = { ...row.quiet, intervalMinutes: intervalClass(row.quiet.intervalMinutes, bounds) };
  return { ...row, intervalMinutes, quiet };
}
