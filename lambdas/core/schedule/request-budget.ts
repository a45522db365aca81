import { createHash } from 'node:crypto';
import type { ScheduleRow } from '../poll/feed-state.ts';
import { intervalClassesMinutes } from './due-feeds.ts';

/** A feed's row in the schedule with the longest interval its bounds allow, minutes. */
export interface PacedRow {
  readonly row: ScheduleRow;
  readonly maxMinutes: number;
}

/** How all intervals are stretched, what that comes to, and whether it fits: bounds may not leave room enough. */
export interface BudgetPlan {
  readonly factor: number;
  readonly pollsPerDay: number;
  readonly isMet: boolean;
}

/** Factors are powers of this, so that one feed's new interval does not move all others a little every minute. */
const factorStep = 1.01;

/** With this many steps the shortest interval, a minute, has become the longest, a day. */
const stepsMax = Math.ceil(Math.log(1_440) / Math.log(factorStep));

const dayMinutes = 1_440;
const weekHours = 168;
const minuteMs = 60_000;

/**
 * The smallest stretch of all intervals with which the expected polls of a day fit the budget. One factor for all keeps the
 * intervals inverse to the square roots of the rates, which is where a budget buys the least mean delay (Cho and
 * Garcia-Molina). A budget of 0 is none. `now` (epoch milliseconds) tells which feeds wait: those count as polled once a
 * day, the longest back-off. Where the longest intervals still exceed the budget they are taken, and `isMet` is false.
 */
export function planBudget(rows: readonly PacedRow[], budgetPerDay: number, now: number): BudgetPlan {
  const feeds = rows.map(({ row, maxMinutes }) => ({ row, maxMinutes, share: roundingShare(row.feedId) }));
  const pollsAt = (factor: number): number =>
    feeds.reduce((sum, feed) => sum + pollsPerDay(stretched(feed, factor), now), 0);
  const planOf = (step: number): BudgetPlan => {
    const factor = factorStep ** step;
    const polls = pollsAt(factor);
    return { factor, pollsPerDay: Math.round(polls), isMet: budgetPerDay === 0 || polls <= budgetPerDay };
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

/** Turns of a day in the mean over a week; one a day for a feed that waits. */
function pollsPerDay({ intervalMinutes, quiet, skip = 0, notBefore }: ScheduleRow, now: number): number {
  if (notBefore > now + intervalMinutes * minuteMs) return 1;
  const quietShare = quiet === undefined ? 0 : shareOfWeek(quiet.times);
  const all =
    (dayMinutes * (1 - quietShare)) / intervalMinutes +
    (dayMinutes * quietShare) / (quiet?.intervalMinutes ?? dayMinutes);
  // A turn in the times to skip is taken when they end.
  return Math.min(all, all * (1 - shareOfWeek(skip)) + 1);
}

/** Share of a week's hours that lie in these hours or on these days (bits as in QuietTimes). */
function shareOfWeek(times: number): number {
  const hours = bitCount(times & 0xff_ff_ff);
  const days = bitCount((times >> 24) & 0x7f);
  return (weekHours - (24 - hours) * (7 - days)) / weekHours;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
