import { copyReports, type OtherReports } from '../cluster-view/other-reports.ts';
import { headlineOf } from '../story/withdrawal.ts';
import type { StoryLine } from '../words/story.ts';
import { type AlsoReported, alsoReported } from './also-reported.ts';
import type { FeedDirectory } from './feed-directory.ts';
import { itemLink } from './item-link.ts';
import { rfc3339Time, servedTimes } from './served-time.ts';
import { singleLine, wellFormedText } from './xml-text.ts';

/** What a tag of an item is a name of; part of the category's scheme, `urn:sitrep:topic`. */
export type FeedTagKind = 'topic' | 'country' | 'organisation' | 'person' | 'system' | 'operation';

/** One tag of an item: `term` as filters take it, `label` for people. */
export interface FeedTag {
  readonly kind: FeedTagKind;
  readonly term: string;
  readonly label: string;
}

/**
 * One item, the same for every format. `iri` is its guid, Atom id and JSON Feed id; times are epoch milliseconds; text is
 * plain and well-formed. `origin` is the feed the story came from, as its publisher names it. `also` are the other reports
 * it stands for; `changed` rises when that list grows, `updated` and all that readers tell items apart by do not.
 */
export interface FeedItem {
  readonly iri: string;
  readonly line: StoryLine;
  readonly title: string;
  readonly link: string | null;
  readonly summary: string;
  readonly published: number;
  readonly updated: number;
  readonly changed: number;
  readonly authors: readonly string[];
  readonly tags: readonly FeedTag[];
  readonly source: { readonly id: string; readonly title: string; readonly url: string | null };
  readonly origin: { readonly title: string; readonly url: string } | null;
  readonly also: AlsoReported;
}

/**
 * Where the stories that this document does not list are found, as addresses; null where there is nothing to lead to.
 * `archive`: this is an archive document, whose list stays as it is. Source: RFC 5005 §3 and §4.
 */
export interface FeedHistory {
  readonly archive: boolean;
  readonly current: string | null;
  readonly first: string | null;
  readonly previousArchive: string | null;
  readonly nextArchive: string | null;
}

/** The links of a history as pairs of relation and address, in the order in which every format writes them. */
export function historyLinks(
  history: FeedHistory | undefined,
): readonly (readonly [rel: string, href: string])[] {
  const links = [
    ['first', history?.first],
    ['current', history?.current],
    ['prev-archive', history?.previousArchive],
    ['next-archive', history?.nextArchive],
  ] as const;
  return links.flatMap(([rel, href]) => (href === null || href === undefined ? [] : [[rel, href] as const]));
}

/** A whole feed before it is written as RSS, Atom or JSON. `updated` (epoch ms) is null when it lists nothing. */
export interface FeedDocument {
  /** Name of the feed for ever: of what it asks for, not of where it is served. */
  readonly iri: string;
  readonly title: string;
  readonly description: string;
  readonly homeUrl: string;
  readonly selfUrl: string;
  readonly nextUrl: string | null;
  readonly history?: FeedHistory;
  readonly updated: number | null;
  readonly items: readonly FeedItem[];
}

/**
 * The name of a story in every feed: it ends with the story's id and does not depend on where Sitrep is deployed, so
 * readers keep what they have read when the address changes. Source: RFC 4287 §4.2.6, RSS Profile "guid".
 */
export const storyIri = (id: string): string => `urn:sitrep:story:${id}`;

/** The item of one story line, which stands for `others` too: unless said otherwise, for its copies. */
export function feedItem(
  line: StoryLine,
  directory: FeedDirectory,
  nowMs: number,
  others: OtherReports = copyReports(line),
): FeedItem {
  const source = directory.sources.get(line.source);
  const sourceTitle = singleLine(source?.title ?? line.source);
  const times = servedTimes(line, nowMs);
  const also = alsoReported(others, directory, nowMs);
  return {
    ...times,
    changed: Math.max(times.changed, also.changed ?? 0),
    iri: storyIri(line.id),
    line,
    title: visibleTitle(headlineOf(line)) ?? `${sourceTitle}, ${rfc3339Time(times.published)}`,
    link: itemLink(line.url),
    summary: wellFormedText(line.summary).trim(),
    authors: line.authors.map(singleLine).filter((author) => author !== ''),
    tags: feedTags(line, directory),
    source: { id: line.source, title: sourceTitle, url: itemLink(source?.url ?? null) },
    origin: originOf(line, directory, sourceTitle),
    also,
  };
}

/** The title on one line, or null when there is nothing in it that can be seen or read out. */
function visibleTitle(title: string): string | null {
  const text = singleLine(title);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text : null;
}

function originOf(line: StoryLine, directory: FeedDirectory, sourceTitle: string): FeedItem['origin'] {
  const feed = line.feeds.map((id) => directory.feeds.get(id)).find((known) => known !== undefined);
  const url = itemLink(feed?.url ?? directory.sources.get(line.source)?.url ?? null);
  return url === null ? null : { title: singleLine(feed?.title ?? '') || sourceTitle, url };
}

function feedTags(line: StoryLine, directory: FeedDirectory): FeedTag[] {
  const named = (kind: FeedTagKind, names: readonly string[]) =>
    names.map((name) => ({ kind, term: singleLine(name), label: singleLine(name) }));
  return [
    ...line.topics.map(({ topic }) => ({
      kind: 'topic' as const,
      term: singleLine(topic),
      label: singleLine(directory.topicLabels.get(topic) ?? topic),
    })),
    ...named('country', line.countries),
    ...named('organisation', line.organisations),
    ...named('person', line.people),
    ...named('system', line.systems),
    ...named('operation', line.operations),
  ].filter(({ term }) => term !== '');
}
