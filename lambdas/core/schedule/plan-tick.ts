import type { ScheduleRow } from '../poll/feed-state.ts';
import { hostKey } from '../fetch/host-key.ts';
import { plausibleHold } from '../poll/plausible-times.ts';
import type { Feed } from '../words/feed.ts';
import { hintMinutesMax, isDue, presentRow, tickAheadMinutesMax } from './due-feeds.ts';
import { type DueFeed, giveTurns, type TurnOfFeed } from './host-turns.ts';
import { type BudgetPlan, planBudget, stretchedRow } from './request-budget.ts';
import { type TickRow, waitingFeeds, waitingMax } from './tick-row.ts';

/** Everything a tick is decided from; `now` and the ends of the hosts' waits are epoch milliseconds. */
export interface TickFacts {
  readonly tick: number;
  readonly now: number;
  readonly saved: TickRow;
  readonly feeds: readonly Feed[];
  readonly rows: readonly ScheduleRow[];
  readonly hostWaits: ReadonlyMap<string, number>;
  readonly isOwnHost: (url: string) => boolean;
  /** Scheduled polls a day of all feeds together; absent or 0: as many as their intervals come to. */
  readonly requestBudget?: number;
}

/** What to send at a tick, and what to remember: `firsts` are those sent that have no row yet, `pending` and `waiting` as in TickRow. */
export interface TickPlan {
  readonly own: readonly Feed[];
  readonly turns: readonly TurnOfFeed[];
  /** The last minute whose turns are given out now or were before; null: none yet. */
  readonly given: number | null;
  readonly firsts: readonly Feed[];
  readonly waiting: readonly string[];
  readonly pending: readonly string[];
  readonly budget: BudgetPlan;
}

/** The last tick sent; null when it lies so far ahead that it came from a wrong clock. */
export function plausibleTick(saved: number | null, tick: number): number | null {
  return saved !== null && saved > tick + tickAheadMinutesMax ? null : saved;
}

/**
 * Decides a tick: feeds that waited come first, then those due; own hosts are sent as they are, public ones get a turn
 * each or wait. A host that asked us to wait gets none. Where the tick's turns were given out before (by a late run of the
 * last tick, or one that ended too early), those of the next minute are given.
 */
export function planTick(facts: TickFacts): TickPlan {
  const { tick, now, saved, hostWaits } = facts;
  const lastTick = plausibleTick(saved.tick, tick);
  const givenTick = plausibleTick(saved.given, tick);
  const waited = new Map(waitingFeeds(saved).map((id, at) => [id, at]));
  const { present, budget } = presentFeeds(facts);
  const isHeld = ({ row }: { row: ScheduleRow | null }) => row !== null && row.notBefore > tick * 60_000;
  const due = present
    .filter((at) =>
      waited.has(at.feed.id) ? !isHeld(at) : isDue({ feedId: at.feed.id, ...at, lastTick, tick }),
    )
    .sort((one, other) => place(waited, one.feed) - place(waited, other.feed));
  const own = due.filter(({ isOwn }) => isOwn);
  const open = due.filter(
    ({ isOwn, host }) => !isOwn && plausibleHold(hostWaits.get(host) ?? 0, now) <= tick * 60_000,
  );
  const { given, until } = giveTurns(open, { tick, now, given: givenTick });
  const sent = new Set([...own.map(({ feed }) => feed.id), ...given.map(({ feed }) => feed.id)]);
  // Feeds that were never polled wait in line like all others; behind the line a busy host would never reach them.
  const waiting = due.filter(({ feed }) => !sent.has(feed.id)).map(({ feed }) => feed.id);
  return {
    own: own.map(({ feed }) => feed),
    turns: given,
    given: until,
    firsts: due.filter(({ feed, row }) => row === null && sent.has(feed.id)).map(({ feed }) => feed),
    waiting: waiting.slice(0, waitingMax),
    pending: [...waited.keys()].filter((id) => sent.has(id)),
    budget,
  };
}

/** The feeds with their rows as they hold now: within the present bounds, and stretched to the budget. */
function presentFeeds({ feeds, rows, isOwnHost, now, requestBudget = 0 }: TickFacts) {
  const saved = new Map(rows.map((row) => [row.feedId, row]));
  const known = feeds.map((feed) => {
    const isOwn = isOwnHost(feed.url);
    const row = presentRow(feed, saved.get(feed.id), { isOwnHost: isOwn, now });
    return { feed, isOwn, row, host: row?.host ?? hostKey(feed.url), maxMinutes: hintMinutesMax(feed) };
  });
  const paced = known.flatMap(({ row, maxMinutes }) => (row === null ? [] : [{ row, maxMinutes }]));
  const budget = planBudget(paced, requestBudget, now);
  const present = known.map(({ row, maxMinutes, ...rest }) => ({
    ...rest,
    row: row === null ? null : stretchedRow({ row, maxMinutes }, budget.factor),
  }));
  return { present, budget };
}

/** Those who wait keep their order, before all others, whom sorting leaves as they came. */
const place = (waited: ReadonlyMap<string, number>, feed: DueFeed['feed']): number =>
  waited.get(feed.id) ?? waited.size;
