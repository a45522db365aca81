import { createHash } from 'node:crypto';
import type { ScheduleRow } from '../poll/feed-state.ts';
import { intervalClassesMinutes } from './due-feeds.ts';
import { utcWeekday } from './quiet-times.ts';

/** A feed's row in the schedule with the longest interval its bounds allow, minutes. */
export interface PacedRow {
  readonly row: ScheduleRow;
  readonly maxMinutes: number;
}

/** How all intervals are stretched, the polls of the day that gives, and whether they fit: bounds may not leave room enough. */
export interface BudgetPlan {
  readonly factor: number;
  readonly polls: number;
  readonly isMet: boolean;
}

/** Factors are powers of this, so that one feed's new interval does not move all others a little every minute. */
const factorStep = 1.01;

/** With this many steps the shortest interval, a minute, has become the longest, a day. */
const stepsMax = Math.ceil(Math.log(1_440) / Math.log(factorStep));

/**
 * Kept back of a budget for polls that are no turns: after waits, and where an interval changed. Measured: 1.4 % of them.
 */
const reserveShare = 0.03;

const dayMinutes = 1_440;
const minuteMs = 60_000;

/**
 * The smallest stretch of all intervals with which the expected polls of the present UTC day fit the budget, less a small
 * part that is kept back; a budget of 0 is none. One factor for all keeps the intervals inverse to the square roots of the
 * rates, which is where a budget buys the least mean delay (Cho and Garcia-Molina). `now` (epoch milliseconds) tells the day
 * and which feeds wait: those count as polled once a day, the longest back-off. Where the longest intervals still exceed the
 * budget they are taken, and `isMet` is false.
 */
export function planBudget(rows: readonly PacedRow[], budgetPerDay: number, now: number): BudgetPlan {
  const feeds = rows.map(({ row, maxMinutes }) => ({ row, maxMinutes, share: roundingShare(row.feedId) }));
  const pollsAt = (factor: number): number =>
    feeds.reduce((sum, feed) => sum + pollsOfDay(stretched(feed, factor), now), 0);
  const pollsMax = budgetPerDay === 0 ? Number.POSITIVE_INFINITY : budgetPerDay * (1 - reserveShare);
  const planOf = (step: number): BudgetPlan => {
    const factor = factorStep ** step;
    const expected = pollsAt(factor);
    return { factor, polls: Math.round(expected), isMet: expected <= pollsMax };
  };
  const unstretched = planOf(0);
  if (unstretched.isMet) return unstretched;
  const slowest = planOf(stepsMax);
  if (!slowest.isMet) return slowest;
  let tooFast = 0;
  let fits = { step: stepsMax, plan: slowest };
  while (fits.step - tooFast > 1) {
    const step = (tooFast + fits.step) >> 1;
    const plan = planOf(step);
    if (plan.isMet) fits = { step, plan };
    else tooFast = step;
  }
  return fits.plan;
}

/** The row with its intervals stretched, within its bounds and to classes. A factor of 1 gives the row itself. */
export function stretchedRow(paced: PacedRow, factor: number): ScheduleRow {
  return factor === 1 ? paced.row : stretched({ ...paced, share: roundingShare(paced.row.feedId) }, factor);
}

/** Where between two classes a feed goes over to the longer one, as a share of the step: spread over the feeds. */
const roundingShare = (feedId: string): number =>
  createHash('sha256').update(feedId).digest().readUInt32BE(4) / 2 ** 32;

function stretched({ row, maxMinutes, share }: PacedRow & { share: number }, factor: number): ScheduleRow {
  const stretch = (minutes: number) => stretchedMinutes(minutes, { factor, share, maxMinutes });
  const intervalMinutes = stretch(row.intervalMinutes);
  if (row.quiet === undefined) return { ...row, intervalMinutes };
  return {
    ...row,
    intervalMinutes,
    quiet: { ...row.quiet, intervalMinutes: stretch(row.quiet.intervalMinutes) },
  };
}

/**
 * Between two classes each feed has its own point of change, so that the sum over many feeds follows the factor smoothly;
 * if all rounded alike, a budget one poll too small would stretch every interval by a third. Grows with the factor.
 */
function stretchedMinutes(
  minutes: number,
  { factor, share, maxMinutes }: { factor: number; share: number; maxMinutes: number },
): number {
  const wish = minutes * factor;
  let lower = minutes;
  for (const at of intervalClassesMinutes) {
    if (at > maxMinutes) break;
    if (at > wish) return Math.log(wish / lower) > share * Math.log(at / lower) ? at : lower;
    if (at > lower) lower = at;
  }
  return lower;
}

/** Turns of the present UTC day, which quiet days have fewer of; one for a feed that waits. */
function pollsOfDay({ intervalMinutes, quiet, skip = 0, notBefore }: ScheduleRow, now: number): number {
  if (notBefore > now + intervalMinutes * minuteMs) return 1;
  const weekday = utcWeekday(Math.floor(now / (dayMinutes * minuteMs)));
  const quietShare = quiet === undefined ? 0 : shareOfDay(quiet.times, weekday);
  const all =
    (dayMinutes * (1 - quietShare)) / intervalMinutes +
    (dayMinutes * quietShare) / (quiet?.intervalMinutes ?? dayMinutes);
  // A turn in the times to skip is taken when they end.
  return Math.min(all, all * (1 - shareOfDay(skip, weekday)) + 1);
}

/** Share of the hours of a weekday (0 for Sunday) that lie in these hours or on these days (bits as in QuietTimes). */
function shareOfDay(times: number, weekday: number): number {
  return (times & (1 << (24 + weekday))) === 0 ? bitCount(times & 0xff_ff_ff) / 24 : 1;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
