import { nextTurn } from './due-feeds.ts';
import type { PollPace } from './quiet-times.ts';

/** A turn is met this much early: polls begin seconds after their tick, and the next turn must not slip for that. */
const earlyMsMax = 90_000;

/** A document that was read at `now` (epoch milliseconds) and its publisher's wish as far as it counts, minutes. */
export interface WishedPace extends PollPace {
  readonly feedId: string;
  readonly now: number;
  readonly wishMinutes: number;
}

/**
 * Until when the feed is to wait so that its next turn keeps to the wish: its first turn that does, epoch milliseconds; 0
 * when its very next turn does. Needed where a pace begins, because a feed's turns have fixed minutes: one that is first
 * read just before its minute would be asked again at once.
 */
export function waitForWish({ feedId, now, wishMinutes, intervalMinutes, quiet, skip }: WishedPace): number {
  const row = { feedId, intervalMinutes, ...(quiet && { quiet }), ...(skip !== undefined && { skip }) };
  const earliest = Math.ceil((now + wishMinutes * 60_000 - earlyMsMax) / 60_000);
  const tick = Math.floor(now / 60_000);
  return nextTurn(row, tick) >= earliest ? 0 : nextTurn(row, earliest - 1) * 60_000;
}
