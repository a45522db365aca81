import type { GoneNote } from './gone-feed.ts';
import type { OverrunCap } from './missed-entries.ts';
import type { Whereabouts } from './moved-address.ts';
import type { Distrust } from '../identity/guid-trust.ts';
import type { QuietTimes } from '../schedule/quiet-times.ts';
import type { Rhythm } from '../schedule/rhythm.ts';

/** An entry we handed on: on which day (days since the epoch) it last changed, and on which it left the document. */
export interface SeenEntry {
  readonly key: string;
  readonly hash: string;
  readonly seenDay: number;
  readonly leftDay: number | null;
}

/**
 * What we remember of a feed between polls. Versioned: `version` rises by one with each save (invariant I4).
 * Validators belong to `validatorsUrl` and are sent nowhere else. Times are epoch milliseconds. Of whereabouts, a believed
 * permanent move is asked in place of `url`, which stays the feed's identity.
 */
export interface FeedState extends Whereabouts {
  readonly feedId: string;
  /** The catalogue's address when this was saved; another one there now ends waits and starts a first poll. */
  readonly url: string;
  readonly version: number;
  readonly validatorsUrl: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  /** What the document of `bodyHash` held: items in all and those rejected; absent in states older than that. */
  readonly counts?: { readonly entries: number; readonly rejected: number };
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
  /** When the feed is polled less often; absent when it has no such times or they are not known yet. */
  readonly quiet?: QuietTimes;
  /** What was learnt of when the feed publishes; absent in states saved before there was such a thing. */
  readonly rhythm?: Rhythm;
  /** Hours and days the publisher asks to be left alone in (see skip-times.ts). */
  readonly skip?: number;
  /** The publisher says the feed is gone (410); absent when it does not. With `disabledAt` the feed is looked at once a week. */
  readonly gone?: GoneNote;
  /** Entries came and went between two polls; for a while the interval is no longer than this. */
  readonly overrun?: OverrunCap;
  /** The feed gives entries other guids, or other guids and addresses, from one reading to the next (see guid-trust.ts). */
  readonly distrust?: Distrust;
  readonly window: readonly SeenEntry[];
}

/** The few facts the schedule needs of a feed, kept apart so that one cheap Query reads them all. */
export interface ScheduleRow {
  readonly feedId: string;
  /** Of the address the row was made for (see address-mark.ts); absent in rows older than that. */
  readonly mark?: string;
  readonly intervalMinutes: number;
  readonly quiet?: QuietTimes;
  readonly skip?: number;
  readonly notBefore: number;
  /** Host that is asked, where a permanent move led to another than the catalogue's (see host-key.ts). */
  readonly host?: string;
}
