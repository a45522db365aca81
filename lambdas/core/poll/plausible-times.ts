import { retryAfterMsMax } from '../fetch/retry-after.ts';
import type { FeedState } from './feed-state.ts';

/** Clocks of functions may differ by so much; a time noted further ahead came from a wrong clock. */
const clockMsMax = 3_600_000;

/** No wait of ours is longer than a week (see gone-feed.ts); a day is room for skipped days and clocks. */
const waitMsMax = 8 * 86_400_000;

/** The end of a feed's wait, or 0 for one that no right clock can have noted. Epoch milliseconds. */
export const plausibleWait = (notBefore: number, now: number): number =>
  notBefore > now + waitMsMax ? 0 : notBefore;

/** The end of a publisher's Retry-After (a day at the most), or 0 for one that no right clock can have noted. */
export const plausibleHold = (until: number, now: number): number =>
  until > now + retryAfterMsMax + clockMsMax ? 0 : until;

/**
 * The state without the times that a clock far ahead left in it, each of which would stop something until then: waits,
 * the daily full read, the telling of a repeated message. Epoch milliseconds.
 */
export function withPlausibleTimes(state: FeedState, now: number): FeedState {
  const isAhead = (time: number | null): boolean => time !== null && time > now + clockMsMax;
  return {
    ...state,
    lastPollAt: isAhead(state.lastPollAt) ? 0 : state.lastPollAt,
    unconditionalAt: isAhead(state.unconditionalAt) ? null : state.unconditionalAt,
    notBefore: plausibleWait(state.notBefore, now),
    retryAt: plausibleHold(state.retryAt, now),
  };
}
