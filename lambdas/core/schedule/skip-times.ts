import type { FeedHints } from '../words/feed-hints.ts';
import { utcWeekday } from './quiet-times.ts';

const dayMinutes = 1_440;

/**
 * The hours and days a publisher asks not to be polled in, as bits: hours of the UTC day (0 to 23) and UTC weekdays (24
 * for Sunday to 30 for Saturday). Undefined when it names none; all hours or all days name none, because that cannot be
 * meant. Values out of range are passed over. Source: RSS 2.0 `skipHours`, `skipDays`.
 */
export function skipTimes({ skipHours = [], skipDays = [] }: FeedHints): number | undefined {
  const hours = bitsOf(skipHours, 24);
  const days = bitsOf(skipDays, 7);
  const times = (hours === 2 ** 24 - 1 ? 0 : hours) | ((days === 2 ** 7 - 1 ? 0 : days) << 24);
  return times === 0 ? undefined : times;
}

function bitsOf(values: readonly number[], count: number): number {
  const known = values.filter((value) => Number.isInteger(value) && value >= 0 && value < count);
  return known.reduce((bits, value) => bits | (1 << value), 0);
}

/** Does a minute (epoch minutes) lie in the times to skip? */
export function isSkipped(skip: number | undefined, tick: number): boolean {
  if (skip === undefined) return false;
  const hourBit = 1 << Math.floor((tick % dayMinutes) / 60);
  const dayBit = 1 << (24 + utcWeekday(Math.floor(tick / dayMinutes)));
  return (skip & (hourBit | dayBit)) !== 0;
}

/** A stretch of skipped time is at most a week: one hour of one day is always left. */
const stretchHoursMax = 168;

/**
 * When a turn at minute `tick` is taken: at once outside the times to skip, else at the end of the stretch it lies in. A
 * stretch longer than a day gives a turn every 24 hours, because no wish of a publisher keeps a feed unread for longer.
 */
export function releasedTick(skip: number | undefined, tick: number): number {
  if (!isSkipped(skip, tick)) return tick;
  let end = hourStart(tick) + 60;
  const start = blockStart(skip, tick);
  while (end < start + dayMinutes && isSkipped(skip, end)) end += 60;
  return Math.min(end, start + dayMinutes);
}

/** Beginning of the day-long block of a skipped stretch in which a skipped minute lies; blocks count from its start. */
export function blockStart(skip: number | undefined, tick: number): number {
  let start = hourStart(tick);
  for (let hours = 0; hours < stretchHoursMax && isSkipped(skip, start - 60); hours += 1) start -= 60;
  return start + Math.floor((tick - start) / dayMinutes) * dayMinutes;
}

const hourStart = (tick: number): number => tick - (tick % 60);
