/**
 * When a feed seldom publishes, and the longer interval it is polled at then. `times` has a bit for each hour of the UTC
 * day (0 to 23) and each UTC weekday (24 for Sunday to 30 for Saturday); a minute is quiet when its hour or its day is.
 */
export interface QuietTimes {
  readonly intervalMinutes: number;
  readonly times: number;
}

/** When a feed is polled: its interval, the longer one of its quiet times and the times to skip, where it has any. */
export interface PollPace {
  readonly intervalMinutes: number;
  readonly quiet?: QuietTimes;
  /** Hours and days the publisher asks to be left alone in, as bits (see skip-times.ts). */
  readonly skip?: number;
}

/** The interval that holds at a minute (epoch minutes). */
export function pollMinutesAt(row: PollPace, tick: number): number {
  const { quiet } = row;
  if (quiet === undefined) return row.intervalMinutes;
  const hourBit = 1 << Math.floor((tick % 1_440) / 60);
  const dayBit = 1 << (24 + utcWeekday(Math.floor(tick / 1_440)));
  return (quiet.times & (hourBit | dayBit)) === 0 ? row.intervalMinutes : quiet.intervalMinutes;
}

/** The weekday of a day since the epoch, 0 for Sunday; 1 January 1970 was a Thursday. */
export const utcWeekday = (epochDay: number): number => (epochDay + 4) % 7;

/** Minutes from just before a minute to the end of its hour, after which another interval may hold: 1 to 60. */
export const minutesUntilTurn = (tick: number): number => 60 - (tick % 60);

/** Do two paces poll at the same times? What has to be written to the schedule is what differs here. */
export function samePace(one: PollPace, other: PollPace): boolean {
  return (
    one.intervalMinutes === other.intervalMinutes &&
    one.quiet?.intervalMinutes === other.quiet?.intervalMinutes &&
    one.quiet?.times === other.quiet?.times &&
    one.skip === other.skip
  );
}
