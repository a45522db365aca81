import { type IntervalBounds, intervalClass } from './due-feeds.ts';
import type { PollPace } from './quiet-times.ts';
import { type Rhythm, storiesPerDay } from './rhythm.ts';

/** What limits a pace: the feed's bounds, the publisher's wish, and the budget. Minutes. */
export interface PaceLimits {
  readonly bounds: IntervalBounds;
  readonly hintMinutes: number;
  /** As far as the publisher's wish may stretch the interval; absent: to the end of the bounds. */
  readonly hintMinutesMax?: number;
  /** Hours and days the publisher asks to be left alone in (see skip-times.ts). */
  readonly skip?: number;
  /** The interval at a steady story a day; half of it is twice the requests. */
  readonly atOneADayMinutes?: number;
}

/** At one story a day a feed is polled every two hours; the interval follows the square root of the rate. */
export const atOneADayMinutesDefault = 120;

/**
 * The interval at a rate of so many stories a day: inverse to its square root, which minimises the mean delay of a story
 * for a given number of polls (Cho and Garcia-Molina; Sia and Cho), within the bounds; never shorter than the publisher's
 * wish as far as that counts.
 */
export function intervalAtRate(perDay: number, limits: PaceLimits): number {
  const { bounds, hintMinutes, atOneADayMinutes = atOneADayMinutesDefault } = limits;
  const hintMax = Math.max(bounds.min, limits.hintMinutesMax ?? bounds.max);
  const min = Math.max(bounds.min, Math.min(hintMinutes, hintMax));
  // A wish beyond the bounds is met by the first class that honours it.
  if (min > bounds.max) return intervalClass(min, { min, max: hintMax });
  return intervalClass(atOneADayMinutes / Math.sqrt(perDay), { min, max: bounds.max });
}

/** The pace for a rhythm: one interval, or two where telling quiet times apart is worth it. */
export function pollPace(rhythm: Rhythm, limits: PaceLimits): PollPace {
  const { skip } = limits;
  return { ...busyAndQuiet(rhythm, limits), ...(skip !== undefined && { skip }) };
}

function busyAndQuiet(rhythm: Rhythm, limits: PaceLimits): PollPace {
  const perDay = storiesPerDay(rhythm);
  const split = bestSplit(rhythm);
  if (split === null) return { intervalMinutes: intervalAtRate(perDay, limits) };
  const intervalMinutes = intervalAtRate(perDay * split.busyShare, limits);
  const quietMinutes = intervalAtRate(perDay * split.quietShare, limits);
  if (quietMinutes === intervalMinutes) return { intervalMinutes };
  return { intervalMinutes, quiet: { intervalMinutes: quietMinutes, times: split.times } };
}

/** A week cut in two; shares are the rates of each part relative to the mean. */
interface Split {
  readonly times: number;
  readonly busyShare: number;
  readonly quietShare: number;
}

/** A cut that leaves more of the mean delay than this is taken for chance. Measured: 0.98 costs a steady feed 1 %. */
const delayLeftMax = 0.95;

/** No feed is at rest for more days of the week than this. */
const restDaysMax = 3;

const weekHours = 168;

/**
 * The cut of the week into busy and quiet times that lowers the mean delay most, null when none is worth it. With each
 * part polled by the square root of its rate, the delay goes with the square of the sum of √(stories × hours) of the parts.
 */
function bestSplit(rhythm: Rhythm): Split | null {
  const hours = shares(smoothed(rhythm.hours));
  const days = shares(rhythm.weekdays);
  let best: Cut | null = null;
  let busyDaysNews = 7;
  for (let restDays = 0; restDays <= restDaysMax; restDays += 1) {
    let busyHoursNews = 24;
    for (let quietHours = 0; quietHours < 24; quietHours += 1) {
      const cut = { quietHours, restDays, news: busyHoursNews * busyDaysNews };
      if (delayLeft(cut) < (best === null ? delayLeftMax : delayLeft(best))) best = cut;
      busyHoursNews -= hours[quietHours]?.share ?? 0;
    }
    busyDaysNews -= days[restDays]?.share ?? 0;
  }
  return best === null ? null : splitOf(best, hours, days);
}

/** So many of the quietest hours and days cut off; `news` is what is left, of 168. */
interface Cut {
  readonly quietHours: number;
  readonly restDays: number;
  readonly news: number;
}

const busyLength = (cut: Cut): number => (24 - cut.quietHours) * (7 - cut.restDays);

/** Mean delay with the cut, relative to that without, at the same number of polls. */
function delayLeft(cut: Cut): number {
  const busy = busyLength(cut);
  const sum = Math.sqrt(busy * cut.news) + Math.sqrt((weekHours - busy) * (weekHours - cut.news));
  return (sum / weekHours) ** 2;
}

function splitOf(cut: Cut, hours: readonly Share[], days: readonly Share[]): Split {
  const busy = busyLength(cut);
  const bits = [
    ...hours.slice(0, cut.quietHours).map(({ at }) => 1 << at),
    ...days.slice(0, cut.restDays).map(({ at }) => 1 << (24 + at)),
  ];
  return {
    times: bits.reduce((times, bit) => times | bit, 0),
    busyShare: cut.news / busy,
    quietShare: (weekHours - cut.news) / (weekHours - busy),
  };
}

/** An hour or a weekday with its share of the news, the mean share being one. */
interface Share {
  readonly at: number;
  readonly share: number;
}

/** Added to every part, so that a few stories do not make a rhythm. */
const believedStories = 1;

/** Shares with the mean one, the quietest first. */
function shares(counts: readonly number[]): Share[] {
  const total = counts.reduce((sum, count) => sum + count + believedStories, 0);
  return counts
    .map((count, at) => ({ at, share: ((count + believedStories) * counts.length) / total }))
    .sort((one, other) => one.share - other.share || one.at - other.at);
}

/** Each hour with half of its neighbours', so that a single story does not cut the day to pieces. */
function smoothed(hours: readonly number[]): number[] {
  const at = (hour: number) => hours[(hour + 24) % 24] ?? 0;
  return hours.map((count, hour) => (count + (at(hour - 1) + at(hour + 1)) / 2) / 2);
}
