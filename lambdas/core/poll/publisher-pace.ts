import { earliestNextPollMs } from '../fetch/freshness.ts';
import { skipTimes } from '../schedule/skip-times.ts';
import type { FeedHints } from '../words/feed-hints.ts';

/** What an answer and its document say about when to ask again; header names in lower case, `now` epoch milliseconds. */
export interface PublisherWords {
  readonly headers: ReadonlyMap<string, string>;
  readonly now: number;
  /** The feed's `ttl` where the parse stage gives no hints, minutes or null. */
  readonly ttlMinutes: number | null;
  readonly hints?: FeedHints;
}

/**
 * The publisher's own pace: no poll before so many minutes, which is the longest of the HTTP freshness that is left, `ttl`
 * and `sy:updatePeriod` over its frequency, within 5 minutes and a day; and the times to skip, if any. Source: RFC 9111
 * §4.2, RSS 2.0 `ttl`, `skipHours`, `skipDays`, RSS 1.0 syndication module.
 */
export function publisherPace({ headers, now, ttlMinutes, hints = {} }: PublisherWords): {
  readonly hintMinutes: number;
  readonly skip?: number;
} {
  const said = [hints.ttlMinutes ?? ttlMinutes, hints.updatePeriodMinutes].map((minutes) => minutes ?? 0);
  const longest = Math.max(0, ...said.filter((minutes) => Number.isFinite(minutes)));
  const skip = skipTimes(hints);
  return {
    hintMinutes: earliestNextPollMs({ headers, now, ttlMinutes: longest }) / 60_000,
    ...(skip !== undefined && { skip }),
  };
}
