import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { ScheduleRow } from '../../lambdas/core/poll/feed-state.ts';
import type { PollRow } from './ledger.ts';
import { addPolls, nextPollClock, pollLine, tableHeader } from './poll-table.ts';

/** What a person watching the local run sees. */
export interface Screen {
  /**
   * Shows polls that have just ended. The first call prints the table and the footer; on a terminal that is tall enough
   * they are drawn anew in place from then on, elsewhere only news is added, line by line.
   */
  polls(rows: readonly PollRow[], schedule: readonly ScheduleRow[], now: number): void;
}

/** A stream that may be a terminal, with its size if it is. */
type Terminal = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
};

interface ScreenOptions {
  readonly output: Terminal;
  readonly feeds: readonly Feed[];
  /** Lines below the table: where to look next. */
  readonly footer: readonly string[];
}

/** A screen on which nothing was shown yet. */
export function createScreen({ output, feeds, footer }: ScreenOptions): Screen {
  const totals = new Map<string, PollRow>();
  const outcomes = new Map<string, string>();
  let drawnLines = 0;
  const block = (schedule: readonly ScheduleRow[], now: number): string[] => {
    const byFeed = new Map(schedule.map((row) => [row.feedId, row]));
    const lines = feeds.flatMap((feed) => {
      const row = totals.get(feed.id);
      return row === undefined ? [] : [pollLine(feed, row, nextPollClock(byFeed.get(feed.id), now))];
    });
    return [tableHeader, ...lines, '', ...footer];
  };
  const columns = (): number => output.columns || 80;
  const canRedraw = (): boolean => output.isTTY === true && drawnLines < (output.rows ?? 0);
  return {
    polls: (rows, schedule, now) => {
      if (rows.length === 0) return;
      addPolls(totals, rows);
      if (drawnLines === 0 || canRedraw()) {
        const lines = block(schedule, now);
        const up = drawnLines === 0 ? '' : `\u001b[${drawnLines}A`;
        output.write(`${up}${lines.map((line) => (up === '' ? line : `\u001b[2K${line}`)).join('\n')}\n`);
        // A line wider than the terminal stands on several of its rows, and the cursor moves by rows.
        drawnLines = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns())), 0);
      } else {
        for (const line of newsLines(rows, outcomes, now)) output.write(`${line}\n`);
      }
      for (const row of rows) outcomes.set(row.feed, row.outcome);
    },
  };
}

const quiet = new Set(['unchanged', 'not-modified', 'new-entries']);

function newsLines(rows: readonly PollRow[], outcomes: ReadonlyMap<string, string>, now: number): string[] {
  const clock = new Date(now).toTimeString().slice(0, 8);
  return rows.flatMap((row) => {
    const news = [
      row.new > 0 ? `${row.new} new` : '',
      row.updated > 0 ? `${row.updated} updated` : '',
      row.rejected > 0 ? `${row.rejected} rejected` : '',
    ].filter((part) => part !== '');
    const changed = !quiet.has(row.outcome) && outcomes.get(row.feed) !== row.outcome;
    if (news.length === 0 && !changed) return [];
    return [
      `${clock}  ${row.feed.padEnd(30)} ${row.outcome}${news.length > 0 ? `: ${news.join(', ')}` : ''}`,
    ];
  });
}
