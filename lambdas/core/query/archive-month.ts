import { isoTime } from '../words/time.ts';

/** A calendar month in UTC: its name (`2026-10`) and its bounds in epoch milliseconds, `end` exclusive. */
export interface ArchiveMonth {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * How long after its end a month may still gain stories: a story published up to six hours before first sight is listed by
 * its own date, and queues may take a while. Source: the feed order in docs/feeds.md.
 */
const settlingMs = 86_400_000;

/** The month of an instant, epoch milliseconds. */
export function monthAt(instant: number): ArchiveMonth {
  const at = new Date(instant);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const start = Date.UTC(year, month);
  return { name: isoTime(start).slice(0, 7), start, end: Date.UTC(year, month + 1) };
}

/** The month of that name, `yyyy-mm`; null when it is none or lies outside 1970 to 2100. */
export function monthNamed(name: string): ArchiveMonth | null {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === undefined || month === undefined || year < '1970' || year > '2100') return null;
  return monthAt(Date.UTC(Number(year), Number(month) - 1));
}

/** Answers whether a month is over and settled, so that it can stand in the archive. */
export const isSettled = (month: ArchiveMonth, nowMs: number): boolean => nowMs >= month.end + settlingMs;

/** The earliest instant that is not in the archive yet, epoch milliseconds: the start of the first month not settled. */
export const archivedUntil = (nowMs: number): number => monthAt(nowMs - settlingMs).start;
