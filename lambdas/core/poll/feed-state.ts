/** An entry we handed on: on which day (days since the epoch) it last changed, and on which it left the document. */
export interface SeenEntry {
  readonly key: string;
  readonly hash: string;
  readonly seenDay: number;
  readonly leftDay: number | null;
}

/**
 * What we remember of a feed between polls. Versioned: `version` rises by one with each save (invariant I4).
 * Validators belong to `validatorsUrl` and are sent nowhere else. Times are epoch milliseconds.
 */
export interface FeedState {
  readonly feedId: string;
  readonly version: number;
  readonly validatorsUrl: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  readonly lastOutcome: string;
  readonly lastPollAt: number;
  readonly lastSuccessAt: number | null;
  readonly lastNewAt: number | null;
  readonly unconditionalAt: number | null;
  readonly failures: number;
  /** No scheduled poll before this; the longer of back-off and the publisher's wishes. */
  readonly notBefore: number;
  /** No poll at all before this: the publisher's Retry-After, which even a forced poll honours; 0 when none. */
  readonly retryAt: number;
  readonly intervalMinutes: number;
  /** A permanent redirect seen at least once: target, times seen, since when. */
  readonly moved: { readonly to: string; readonly seen: number; readonly since: number } | null;
  readonly window: readonly SeenEntry[];
}

/** The few facts the schedule needs of a feed, kept apart so that one cheap Query reads them all. */
export interface ScheduleRow {
  readonly feedId: string;
  readonly intervalMinutes: number;
  readonly notBefore: number;
}
