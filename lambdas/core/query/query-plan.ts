import { filterNames, primaryLanguage, type FilterName } from './query-vocabulary.ts';
import { wireTag } from '../story/story-line.ts';
import type { NameFilter } from './query-filters.ts';
import type { StoryQuery } from './story-query.ts';
import type { StoryLine } from '../words/story.ts';
import { foldedText, matchesWords } from './word-query.ts';

/** Listings one page may merge; each costs the store a Query, so this bounds what a query can cost. */
export const planTagsMax = 8;

/** What to ask of the store: the listings to read (`PageRequest.tags`) and what a line must satisfy. */
export interface QueryPlan {
  readonly tags: readonly string[];
  readonly accepts: (line: StoryLine) => boolean;
}

/**
 * Picks the listings that hold every match and the fewest other stories: topics, else sources, else countries, else
 * domains, else the wire; within one kind the group of fewest values. Everything else is checked line by line; so is
 * the chosen group again, because a listing may still hold a story whose tags have changed.
 */
export function planQuery(query: StoryQuery): QueryPlan {
  const { topic, source, country } = query.filters;
  const candidates = [
    ...topic.all.filter((group) => group.every((slug) => slug.includes('.'))).map(listing('topic', 0)),
    ...source.all.map(listing('source', 1)),
    ...country.all.map(listing('country', 2)),
    ...topic.all.filter((group) => group.some((slug) => !slug.includes('.'))).map(listing('topic', 3)),
  ].filter(({ tags }) => tags.length <= planTagsMax);
  const best = candidates.sort((a, b) => a.rank - b.rank || a.tags.length - b.tags.length)[0];
  return { tags: best?.tags ?? [wireTag], accepts: acceptsOf(query) };
}

/** The listings of one group; a topic whose domain is asked for too is in the domain's listing. */
const listing = (kind: string, rank: number) => (group: readonly string[]) => ({
  rank,
  tags: group
    .filter((value) => kind !== 'topic' || !group.some((other) => value.startsWith(`${other}.`)))
    .map((value) => `${kind}:${value}`),
});

type Matches = (line: StoryLine, value: string) => boolean;

/** Names are compared as folded words, so that case, accents and hyphens do not matter. */
const named =
  (names: (line: StoryLine) => readonly string[]): Matches =>
  (line, value) =>
    names(line).some((name) => foldedText(name) === value);

const matchers = {
  topic: (line, value) => line.topics.some(({ topic }) => topic === value || topic.startsWith(`${value}.`)),
  country: (line, value) => line.countries.includes(value),
  org: named((line) => line.organisations),
  person: named((line) => line.people),
  system: named((line) => line.systems),
  operation: named((line) => line.operations),
  source: (line, value) => line.source === value,
  lang: (line, value) => primaryLanguage(line.lang) === value,
  kind: (line, value) => line.kind === value,
} satisfies Record<FilterName, Matches>;

const foldedFilters: ReadonlySet<FilterName> = new Set<FilterName>(['org', 'person', 'system', 'operation']);

function acceptsOf(query: StoryQuery): (line: StoryLine) => boolean {
  const checks: ((line: StoryLine) => boolean)[] = [];
  for (const name of filterNames) {
    const { all, none } = foldedFilters.has(name) ? folded(query.filters[name]) : query.filters[name];
    const matches: Matches = matchers[name];
    for (const group of all) checks.push((line) => group.some((value) => matches(line, value)));
    if (none.length > 0) checks.push((line) => !none.some((value) => matches(line, value)));
  }
  // Words cost the most, so they are looked for last.
  checks.push((line) => matchesWords(query.words, [line.title, line.summary]));
  return (line) => checks.every((check) => check(line));
}

const folded = ({ all, none, asked }: NameFilter): NameFilter => ({
  all: all.map((group) => group.map(foldedText)),
  none: none.map(foldedText),
  asked,
});
