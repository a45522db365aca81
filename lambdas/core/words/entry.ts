/**
 * One item as the parse stage gives it: strings or null only, links absolute http(s), times ISO 8601 UTC,
 * title and summary plain text, content plain text or sanitised HTML. Nothing is capped or cut yet.
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

/** A whole parsed document. `rejected` counts items that could not be read at all; each has a problem. */
export interface ParsedFeed {
  readonly feed: ParsedFeedInfo;
  readonly entries: readonly ParsedEntry[];
  readonly rejected: number;
  readonly problems: readonly ParseProblem[];
}

/**
 * One item of a feed, cleaned and capped: what travels from poll to ingest.
 * `key` tells entries of one source apart (see identity.ts); `hash` changes when the text does (title, summary, url).
 * Title at most 512 code points, summary at most 1,000; plain text; `url` is an absolute http(s) address or null.
 */
export interface Entry {
  readonly key: string;
  readonly hash: string;
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly lang: string;
}
