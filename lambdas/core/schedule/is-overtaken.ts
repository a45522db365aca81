import type { ScheduleRow } from '../poll/feed-state.ts';
import { isDue } from './due-feeds.ts';

/** A request that is this fresh is polled without asking: it was simply under way. */
const freshMinutes = 2;

/**
 * Has a poll asked for at `tick` been overtaken by the feed's next turn? Then that turn has its own request, and this one
 * would only be one poll more: a backlog becomes one poll a feed. A request whose feed had no turn since is still wanted,
 * however long it waited. Minutes since the epoch.
 */
export function isOvertaken(row: Omit<ScheduleRow, 'notBefore'>, tick: number, now: number): boolean {
  if (now - tick <= freshMinutes) return false;
  return isDue({
    feedId: row.feedId,
    row: { ...row, notBefore: 0 },
    lastTick: tick,
    tick: now - freshMinutes,
  });
}
