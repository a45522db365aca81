import type { SourceKind } from '../../../core/words/feed.ts';

/** The document formats the sample publisher can write. */
export const sampleFormats = ['rss', 'atom', 'rdf', 'json'] as const;
export type SampleFormat = (typeof sampleFormats)[number];

/** Which validators a sample feed sends and honours. Source: RFC 9110 §8.8. */
export const sampleValidators = ['both', 'etag', 'last-modified', 'none'] as const;
export type SampleValidators = (typeof sampleValidators)[number];

/** An invented publisher. `link` and `guid` are patterns in which `{id}` stands for the story's id. */
export interface SampleSource {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly country: string;
  readonly kind: SourceKind;
  readonly link: string;
  readonly guid: string;
}

/** One document of a source and how its server behaves; every flag is a habit of real publishers. */
export interface SampleFeed {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly language: string;
  readonly path: string;
  readonly format: SampleFormat;
  readonly validators: SampleValidators;
  readonly encoding: 'utf-8' | 'windows-1252';
  /** What Content-Type says; null: the usual one of the format. */
  readonly contentType: string | null;
  /** Offset of the dates this feed writes, minutes east of UTC. */
  readonly utcOffsetMinutes: number;
  /** Text goes out unescaped, so the document is not well-formed. */
  readonly malformed: boolean;
  /** Links are written as paths below an xml:base (Atom only). */
  readonly relativeLinks: boolean;
  /** Query added to links, as feed services do; null: none. */
  readonly tracking: string | null;
  /** The address the catalogue still has; it answers 301 to `path`. */
  readonly movedFrom: string | null;
  /** Seconds of Retry-After of a feed that is down (503); null: it is up. */
  readonly downRetryAfterSeconds: number | null;
  readonly note: string | null;
}

/** A later change under the same guid. `at` is in minutes from the epoch; null keeps the text. */
export interface SampleEdit {
  readonly at: number;
  readonly title: string | null;
  readonly summary: string | null;
}

/**
 * One written story. `at` is when it appears, in minutes from the wire's epoch (negative: history).
 * `topics`, `event` and `copyOf` say what a careful editor would decide; they are for tests and are never published.
 */
export interface SampleStory {
  readonly id: string;
  readonly source: string;
  readonly feeds: readonly string[];
  readonly at: number;
  readonly title: string;
  readonly summary: string;
  /** Title and summary are HTML rather than plain text. */
  readonly markup: boolean;
  /** The whole text as HTML, where the outlet gives it. */
  readonly content: string | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Minutes the stated date lies after `at`; null: the story states no date. */
  readonly dateShiftMinutes: number | null;
  readonly hasGuid: boolean;
  readonly edits: readonly SampleEdit[];
  readonly topics: readonly string[];
  readonly event: string | null;
  readonly copyOf: string | null;
}

/** Everything in `data/sample/`, checked and resolved. */
export interface SampleWire {
  readonly sources: readonly SampleSource[];
  readonly feeds: readonly SampleFeed[];
  readonly stories: readonly SampleStory[];
}

/** The two times a rendering depends on, epoch milliseconds: when the wire started, and the moment asked for. */
export interface SampleMoment {
  readonly epochMs: number;
  readonly nowMs: number;
}

/** A story as one feed gives it at one moment; times are epoch milliseconds. */
export interface SampleItem {
  readonly guid: string | null;
  readonly link: string;
  readonly title: string;
  readonly summary: string;
  readonly markup: boolean;
  readonly content: string | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly publishedMs: number | null;
  readonly changedMs: number;
}

/** A feed ready to be written: its items newest first, and when anything in it last changed. */
export interface SampleDocument {
  readonly feed: SampleFeed;
  readonly source: SampleSource;
  readonly items: readonly SampleItem[];
  readonly changedMs: number;
}

const itemsMax = 40; // What long real feeds list; bounds a document to about 40 KB.
const minuteMs = 60_000;

/**
 * What the feed lists at a moment: its newest visible stories, at most 40, newest first, with the edits made by then.
 * Pure and total: before the first story the document is empty and `changedMs` is the epoch.
 */
export function sampleDocument(
  wire: SampleWire,
  feed: SampleFeed,
  moment: SampleMoment,
): SampleDocument | null {
  const source = wire.sources.find(({ id }) => id === feed.source);
  if (source === undefined) return null;
  const items = wire.stories
    .filter((story) => story.feeds.includes(feed.id) && timeOf(story.at, moment) <= moment.nowMs)
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, itemsMax)
    .map((story) => itemOf(story, { source, feed, moment }));
  const changedMs = items.reduce((latest, item) => Math.max(latest, item.changedMs), 0);
  return { feed, source, items, changedMs: changedMs === 0 ? moment.epochMs : changedMs };
}

function timeOf(at: number, moment: SampleMoment): number {
  return moment.epochMs + Math.round(at * minuteMs);
}

function itemOf(
  story: SampleStory,
  { source, feed, moment }: { source: SampleSource; feed: SampleFeed; moment: SampleMoment },
): SampleItem {
  const made = story.edits.filter(({ at }) => timeOf(at, moment) <= moment.nowMs);
  const shift = story.dateShiftMinutes;
  return {
    guid: story.hasGuid ? source.guid.replace('{id}', story.id) : null,
    link: linkOf(story, source, feed),
    title: made.findLast(({ title }) => title !== null)?.title ?? story.title,
    summary: made.findLast(({ summary }) => summary !== null)?.summary ?? story.summary,
    markup: story.markup,
    content: story.content,
    authors: story.authors,
    categories: story.categories,
    publishedMs: shift === null ? null : timeOf(story.at + shift, moment),
    changedMs: timeOf(made.at(-1)?.at ?? story.at, moment),
  };
}

function linkOf(story: SampleStory, source: SampleSource, feed: SampleFeed): string {
  const link = source.link.replace('{id}', story.id);
  const path = feed.relativeLinks ? new URL(link).pathname : link;
  return feed.tracking === null ? path : `${path}?${feed.tracking}`;
}
