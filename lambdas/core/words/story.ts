import type { Dateline, EntryMark } from './entry.ts';
import type { SourceKind } from './feed.ts';

export const relevances = ['core', 'peripheral', 'none'] as const;
export type Relevance = (typeof relevances)[number];

/** The words that caused a tag and where they stand: code units from the start of that field. */
export interface Evidence {
  readonly field: 'title' | 'summary' | 'source' | 'feed';
  readonly words: string;
  readonly at: number;
}

/** A topic of the taxonomy with its score (0 to 1) and what caused it. */
export interface TopicTag {
  readonly topic: string;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** A country (ISO 3166-1 alpha-2), organisation, person, system or operation by its canonical name. */
export interface NameTag {
  readonly name: string;
  readonly evidence: readonly Evidence[];
}

/** Everything the tagger says of one text. Topics are ordered, the first is the primary one; at most four. */
export interface Tags {
  readonly relevance: Relevance;
  readonly topics: readonly TopicTag[];
  readonly countries: readonly NameTag[];
  readonly organisations: readonly NameTag[];
  readonly people: readonly NameTag[];
  readonly systems: readonly NameTag[];
  readonly operations: readonly NameTag[];
}

/**
 * The last sight of a story in one feed: the text's hash there, which poll brought it (see IngestRequest.sequence) and when
 * (ISO 8601).
 */
export interface Sighting {
  readonly feed: string;
  readonly hash: string;
  readonly sequence: number;
  readonly seenAt: string;
}

/** What a publisher says with an edit, or with a whole item: a further version, a correction, or that it is withdrawn. */
export const notices = ['update', 'correction', 'retraction'] as const;
export type Notice = (typeof notices)[number];

/**
 * An earlier text of a story: its revision, since when it stood (ISO 8601), its words where the next revision has others,
 * the summary cut to `earlierSummaryMax` code points; `text` tells equal texts (see earlier-texts.ts).
 */
export interface EarlierText {
  readonly revision: number;
  readonly updated: string;
  readonly text: string;
  readonly title?: string;
  readonly summary?: string;
}

/**
 * A copy as its original lists it: enough for "also reported by". Times are ISO 8601 UTC; `firstSeen` says since when the
 * list has it, and is left out where that is not known.
 */
export interface CopyReference {
  readonly id: string;
  readonly source: string;
  readonly url: string | null;
  readonly published: string;
  readonly firstSeen?: string;
}

/** Copies that an original names; further ones stand in the cluster. */
export const namedCopiesMax = 8;

/**
 * The story that a copy repeats, with what filters ask of it: so that a listing can tell, from the copy's line alone,
 * whether the original is in the same answer. `lacks` are tags of the copy that the original has not, `adds` those it has
 * besides, each as `kind:value` with the names of filters (`topic:sea.submarines`, `org:Royal Navy`).
 */
export interface OriginalReference {
  readonly id: string;
  readonly source: string;
  readonly kind: SourceKind;
  readonly lang: string;
  readonly sortTime: string;
  readonly lacks: readonly string[];
  readonly adds: readonly string[];
}

/**
 * One article of one source: the unit that is stored, tagged and served. Times are ISO 8601 UTC with milliseconds.
 * `id`, `firstSeen`, `published` and `sortTime` are frozen at first sight (invariant I6); an edit raises `revision`
 * and `updated`. `copies` are other sources' stories with the same text, `cluster` the event's id; empty and null until known.
 */
export interface Story {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly source: string;
  readonly kind: SourceKind;
  readonly published: string;
  readonly updated: string;
  readonly firstSeen: string;
  readonly sortTime: string;
  readonly revision: number;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly lang: string;
  readonly tags: Tags;
  readonly taxonomyVersion: number;
  /** Where the text says it was written, and by which agency; left out where it does not (see Entry). */
  readonly dateline?: Dateline;
  readonly agency?: string;
  /** What the item is besides news: sponsored, live, newsletter …; left out for a plain story. */
  readonly marks?: readonly EntryMark[];
  /** Left out where the text is marked as neither update, correction nor retraction. */
  readonly notice?: Notice;
  /** Up to five earlier texts, the latest first; left out while there is none. */
  readonly history?: readonly EarlierText[];
  /** How often the text was taken over without a revision since the last one, because it changes too often. */
  readonly followed?: number;
  /** The first copies by other sources, in order of first sight; at most `namedCopiesMax`. */
  readonly copies: readonly CopyReference[];
  /** Left out unless this story is a copy. */
  readonly original?: OriginalReference;
  readonly cluster: string | null;
  /** Correlation id of the poll that first brought the story; the same id stands in every hop's log. */
  readonly trace: string;
  /** One per feed that carried the story; an entry whose hash differs from its own feed's sighting is an edit. */
  readonly sightings: readonly Sighting[];
  /** Rises with every rewrite of the stored rows (edit, further feed, re-tag); `revision` rises with edits only. */
  readonly version: number;
}

/** What a page of a feed or of `/api/stories` needs: a story without the evidence of its names and its bookkeeping. */
export type StoryLine = Pick<
  Story,
  | 'id'
  | 'title'
  | 'url'
  | 'source'
  | 'kind'
  | 'published'
  | 'updated'
  | 'firstSeen'
  | 'sortTime'
  | 'revision'
  | 'summary'
  | 'authors'
  | 'lang'
  | 'copies'
  | 'original'
  | 'cluster'
  | 'agency'
  | 'marks'
  | 'notice'
> & {
  readonly feeds: readonly string[];
  readonly relevance: Relevance;
  readonly topics: readonly TopicTag[];
  readonly countries: readonly string[];
  readonly organisations: readonly string[];
  readonly people: readonly string[];
  readonly systems: readonly string[];
  readonly operations: readonly string[];
};
