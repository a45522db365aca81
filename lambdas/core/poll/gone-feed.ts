/**
 * Word that a feed is gone for good (410): how often and since when it was given; `disabledAt` is when we began to believe
 * it, null until then. Times are epoch milliseconds.
 */
export interface GoneNote {
  readonly firstAt: number;
  readonly sightings: number;
  readonly disabledAt: number | null;
}

/** A feed is taken for gone after so many 410 over so long: a server that is set up wrongly says 410 too. */
export const goneSightingsMin = 3;
export const goneMsMin = 48 * 3_600_000;

/** A feed that is gone is looked at once a week: a surprising number come back. Source: Media Cloud rss-fetcher. */
export const goneCheckMs = 7 * 86_400_000;

/** The count goes no further: it means nothing beyond a year of checks. */
const sightingsMax = 100;

/** What is known after another 410 at `now`. */
export function goneAfter(before: GoneNote | undefined, now: number): GoneNote {
  const { firstAt, sightings, disabledAt } = before ?? { firstAt: now, sightings: 0, disabledAt: null };
  const seen = Math.min(sightings + 1, sightingsMax);
  const isBelieved = seen >= goneSightingsMin && now - firstAt >= goneMsMin;
  return { firstAt, sightings: seen, disabledAt: disabledAt ?? (isBelieved ? now : null) };
}
