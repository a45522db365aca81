import { nextTurn } from '../../lambdas/core/schedule/due-feeds.ts';
import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { ScheduleRow } from '../../lambdas/core/poll/feed-state.ts';
import { epochMinute } from '../../lambdas/core/words/time.ts';
import type { PollRow } from './ledger.ts';

/** Widths add up to 79, so a line fits a terminal of 80 columns. */
const widths = { feed: 30, outcome: 15, new: 6, updated: 6, known: 7, rejected: 6, next: 9 };

/** The table's header line. */
export const tableHeader = tableLine({
  feed: 'feed',
  outcome: 'outcome',
  new: 'new',
  updated: 'upd',
  known: 'known',
  rejected: 'rej',
  next: 'next',
});

function tableLine(cells: Record<keyof typeof widths, string>): string {
  const left = `${cutTo(cells.feed, widths.feed)}${cutTo(cells.outcome, widths.outcome)}`;
  const right = (['new', 'updated', 'known', 'rejected', 'next'] as const).map((name) =>
    cells[name].padStart(widths[name]),
  );
  return left + right.join('');
}

/** Cut to the width less one, so that columns never touch. */
function cutTo(text: string, width: number): string {
  return (text.length < width ? text : `${text.slice(0, width - 2)}…`).padEnd(width);
}

/** When a feed is polled next, as HH:MM of local time. `now` is epoch milliseconds. */
export function nextPollClock(row: ScheduleRow | undefined, now: number): string {
  if (row === undefined) return 'now';
  const afterTick = Math.max(epochMinute(now), Math.ceil(row.notBefore / 60_000) - 1);
  // A feed that waits is polled as soon as its wait ends; one that does not, when its phase comes round.
  const tick = row.notBefore > now ? afterTick + 1 : nextTurn(row, afterTick);
  return new Date(tick * 60_000).toTimeString().slice(0, 5);
}

/** One feed's line: its latest poll's outcome, and its counts since the run began. */
export function pollLine(feed: Feed, row: PollRow, next: string): string {
  const counts = { new: row.new, updated: row.updated, known: row.known, rejected: row.rejected };
  const cells = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));
  return tableLine({
    feed: feed.id,
    outcome: row.outcome,
    new: '',
    updated: '',
    known: '',
    rejected: '',
    ...cells,
    next,
  });
}

/** Adds polls up per feed: counts since the run began, the latest outcome. */
export function addPolls(totals: Map<string, PollRow>, polls: readonly PollRow[]): void {
  for (const poll of polls) {
    const before = totals.get(poll.feed);
    const sum = (name: 'entries' | 'new' | 'updated' | 'known' | 'rejected') =>
      (before?.[name] ?? 0) + poll[name];
    totals.set(poll.feed, {
      feed: poll.feed,
      outcome: poll.outcome,
      entries: sum('entries'),
      new: sum('new'),
      updated: sum('updated'),
      known: sum('known'),
      rejected: sum('rejected'),
    });
  }
}
