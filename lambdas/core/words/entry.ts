import type { FeedHints } from './feed-hints.ts';

/**
 * One item as the parse stage gives it: strings or null only, links absolute http(s), times ISO 8601 UTC,
 * title, summary and content plain text. Nothing is capped or cut yet.
 */
export interface ParsedEntry {
  readonly id: string | null;
  readonly title: string | null;
  readonly link: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly summary: string | null;
  readonly content: string | null;
  readonly author: string | null;
  /** All authors, `author` first; left out where only one can be known. */
  readonly authors?: readonly string[];
  readonly categories: readonly string[];
  /** The identifier as the publisher wrote it, where `id` is its absolute form; identity hangs on this one. */
  readonly guid?: string;
  /** Whom the item says it is from (`source`, `dc:source`, rights); left out where it says nothing. */
  readonly credits?: readonly string[];
  /** Address of the page where `link` leads through a feed proxy (`feedburner:origLink`); left out where the item gives none. */
  readonly origin?: string;
}

/** A feed's word that an entry was deleted: its guid, and when (ISO 8601; null when that cannot be read). Source: RFC 6721. */
export interface Tombstone {
  readonly ref: string;
  readonly when: string | null;
}

/** Something the parse stage repaired or dropped; `entry` is the position in the document, from 0. */
export interface ParseProblem {
  readonly code: string;
  readonly message: string;
  readonly entry?: number;
}

/** What a feed document says of itself. Minutes and hours are the publisher's hints, null when absent. */
export interface ParsedFeedInfo {
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly charset: string;
  readonly ttlMinutes: number | null;
}

/**
 * A whole parsed document. `rejected` counts items that could not be read at all or were beyond the cap; each kind has a
 * problem. `hints` is what the document says of its own pace.
 */
export interface ParsedFeed {
  readonly hints: FeedHints;
  readonly feed: ParsedFeedInfo;
  readonly entries: readonly ParsedEntry[];
  /** Left out where the document has none. */
  readonly tombstones?: readonly Tombstone[];
  readonly rejected: number;
  readonly problems: readonly ParseProblem[];
}

/**
 * The dateline that a summary begins with (`KYIV, June 3 (Reuters) - `): the place as written, the news agency if it names
 * one, and how many code units of the summary it takes, its dash and space included.
 */
export interface Dateline {
  readonly place: string;
  readonly agency?: string;
  readonly length: number;
}

/** Kinds of item that are no plain news story, in the order in which an entry lists them. */
export const entryMarks = ['sponsored', 'press-release', 'live', 'newsletter', 'podcast', 'digest'] as const;
export type EntryMark = (typeof entryMarks)[number];

/**
 * One item of a feed, cleaned and capped: what travels from poll to ingest.
 * `key` tells entries of one source apart (see identity.ts); `hash` changes when the text does (title, summary, url).
 * Title at most 512 code points, summary at most 1,000; plain text; `url` is an absolute http(s) address or null.
 */
export interface Entry {
  readonly key: string;
  /** Key by which other feeds of the source know the entry's page; left out where it has none, or the source has one feed. */
  readonly page?: string;
  readonly hash: string;
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly lang: string;
  /** Left out where the summary begins with none. */
  readonly dateline?: Dateline;
  /** News agency or press-release wire that wrote the text, by its one name (`AP`, `Reuters`); left out if none is named. */
  readonly agency?: string;
  /** Left out for a plain story. */
  readonly marks?: readonly EntryMark[];
  /** The publisher deleted the entry (RFC 6721); nothing but key and hash is told of it then. Left out otherwise. */
  readonly withdrawn?: true;
}
