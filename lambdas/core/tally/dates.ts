import { isoTime } from '../words/time.ts';

const dayMs = 86_400_000;

/** The UTC date (`yyyy-mm-dd`) of an instant in epoch milliseconds. */
export const dateOf = (at: number): string => isoTime(at).slice(0, 'yyyy-mm-dd'.length);

/** So many dates before one, the nearest first. */
export const datesBefore = (date: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => dateOf(Date.parse(date) - (at + 1) * dayMs));

/** The dates that an interval of time touches, in order; `until` is exclusive. Both are ISO 8601. */
export function datesBetween(since: string, until: string): string[] {
  const first = Date.parse(since.slice(0, 'yyyy-mm-dd'.length));
  const days = Math.ceil((Date.parse(until) - first) / dayMs);
  return Array.from({ length: Math.max(0, days) }, (_, at) => dateOf(first + at * dayMs));
}
