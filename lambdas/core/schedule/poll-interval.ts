import { type IntervalBounds, intervalClass } from './due-feeds.ts';

/** Publication times older than this say nothing of today's rate. */
const rateWindowDays = 14;

/** At one story a day a feed is polled every two hours; the interval follows the square root of the rate. */
const intervalMinutesAtOneADay = 120;

/**
 * Minutes between polls of a feed whose document carries these publication times (ISO 8601). The interval follows the
 * inverse square root of the story rate, which minimises the mean delay of a story for a given number of polls (Cho and
 * Garcia-Molina; Sia and Cho), within the feed's bounds and never below `hintMinutes`, the publisher's wish.
 */
export function pollIntervalMinutes(
  published: readonly (string | null)[],
  context: { readonly now: number; readonly bounds: IntervalBounds; readonly hintMinutes: number },
): number {
  const ages = published
    .flatMap((time) => (time === null ? [] : [(context.now - Date.parse(time)) / 86_400_000]))
    .filter((days) => days >= 0 && days <= rateWindowDays);
  const spanDays = Math.max(0.25, Math.min(rateWindowDays, Math.max(0, ...ages)));
  const perDay = ages.length === 0 ? 1 / rateWindowDays : ages.length / spanDays;
  const wish = intervalMinutesAtOneADay / Math.sqrt(perDay);
  return intervalClass(Math.max(wish, context.hintMinutes), context.bounds);
}
