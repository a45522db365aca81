import { filterNames, primaryLanguage, type FilterName } from './query-vocabulary.ts';
import { foldedText } from '../words/folded-text.ts';
import { nameListing, type NameFilterName, wireTag } from '../story/story-line.ts';
import type { NameFilter } from './query-filters.ts';
import type { StoryQuery } from './story-query.ts';
import type { StoryLine } from '../words/story.ts';
import { matchesWords } from './word-query.ts';

/** Listings one page may merge; each costs the store a Query, so this bounds what a query can cost. */
export const planTagsMax = 8;

/** Groups of listings that are offered to the store beside the first, at most; it looks into each before it chooses. */
const othersMax = 3;

/** What to ask of the store: the listings to read (`tags` or one of `others`, see PageRequest) and what a line must satisfy. */
export interface QueryPlan {
  readonly tags: readonly string[];
  readonly others: readonly (readonly string[])[];
  readonly accepts: (line: StoryLine) => boolean;
}

/**
 * The groups of listings that hold every match, those that usually hold the fewest other stories first: operations,
 * people, systems, organisations, topics, sources, countries, domains, else the wire; within one kind the group of fewest
 * values. Where there are several, the store finds out which is the sparsest now. Everything else is checked line by
 * line; so is the chosen group again, because a listing may still hold a story whose tags have changed.
 */
export function planQuery(query: StoryQuery): QueryPlan {
  const { topic, source, country, org, person, system, operation } = query.filters;
  const groups = [
    ...operation.all.map(named('operation')),
    ...person.all.map(named('person')),
    ...system.all.map(named('system')),
    ...org.all.map(named('org')),
    ...topic.all.filter((group) => group.every((slug) => slug.includes('.'))).map(listing('topic')),
    ...source.all.map(listing('source')),
    ...country.all.map(listing('country')),
    ...topic.all.filter((group) => group.some((slug) => !slug.includes('.'))).map(listing('topic')),
  ].filter((tags) => tags.length <= planTagsMax);
  const kindOf = (tags: readonly string[]) => tags[0]?.split(':', 1)[0];
  const ordered = groups
    .map((tags, at) => ({ tags, at: groups.findIndex((other) => kindOf(other) === kindOf(tags)), order: at }))
    .sort((a, b) => a.at - b.at || a.tags.length - b.tags.length || a.order - b.order)
    .map(({ tags }) => tags);
  const [tags = [wireTag], ...others] = ordered;
  return { tags, others: others.slice(0, othersMax), accepts: acceptsOf(query) };
}

/** The listings of one group; a topic whose domain is asked for too is in the domain's listing. */
const listing = (kind: string) => (group: readonly string[]) =>
  group
    .filter((value) => kind !== 'topic' || !group.some((other) => value.startsWith(`${other}.`)))
    .map((value) => `${kind}:${value}`);

/** The listings of names; two spellings of one name are in one listing. */
const named = (filter: NameFilterName) => (group: readonly string[]) => [
  ...new Set(group.map((name) => nameListing(filter, name))),
];

type Matches = (line: StoryLine, value: string) => boolean;

/** Names are compared as folded words, so that case, accents and hyphens do not matter. */
const hasName =
  (names: (line: StoryLine) => readonly string[]): Matches =>
  (line, value) =>
    names(line).some((name) => foldedText(name) === value);

const matchers = {
  topic: (line, value) => line.topics.some(({ topic }) => topic === value || topic.startsWith(`${value}.`)),
  country: (line, value) => line.countries.includes(value),
  org: hasName((line) => line.organisations),
  person: hasName((line) => line.people),
  system: hasName((line) => line.systems),
  operation: hasName((line) => line.operations),
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
