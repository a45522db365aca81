/** What a feed document says about its own pace. A field is absent where the document says nothing usable.
 *
 * `ttlMinutes`: RSS 2.0 `ttl`. `updatePeriodMinutes`: `sy:updatePeriod` over `sy:updateFrequency` (RSS 1.0
 * Syndication module), the minutes between two updates. `skipHours`: hours of the day in UTC, 0–23.
 * `skipDays`: days of the week in UTC, Sunday is 0, Saturday 6. Values are as written: the reader bounds them.
 */
export interface FeedHints {
  readonly ttlMinutes?: number;
  readonly updatePeriodMinutes?: number;
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly number[];
}
