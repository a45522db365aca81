import { closestWord } from '../words/closest-word.ts';
import { byCodeUnit } from '../words/code-unit-order.ts';
import { readFilters, type NameFilter } from './query-filters.ts';
import { read, refused, type Reading } from './query-problem.ts';
import { readSingleParameters, type SingleParameters } from './query-single.ts';
import { readQueryString, shortName, type Parameter } from './query-string.ts';
import { filterNames, type FilterName, type QueryVocabulary } from './query-vocabulary.ts';
import { readSearch, type WordQuery } from './word-query.ts';

/** Every parameter of a query, in the canonical order of self links and cache keys. */
export const parameterNames = [...filterNames, 'q', 'since', 'until', 'limit', 'cursor', 'collapse'] as const;
export type ParameterName = (typeof parameterNames)[number];

/** A checked query. Null means not asked; `words` is what `q` means. */
export interface StoryQuery extends SingleParameters {
  readonly filters: Readonly<Record<FilterName, NameFilter>>;
  readonly q: readonly string[];
  readonly words: WordQuery;
}

/** What a query is read against; `allowed` are the parameters of this route, also those that the route reads itself. */
export interface QueryContext {
  readonly vocabulary: QueryVocabulary;
  readonly nowMs: number;
  readonly allowed: readonly string[];
}

/**
 * Reads a raw query string. The first thing wrong (an unknown parameter, topic, country…, a value twice where one is
 * meant, a bound exceeded) is given as a problem that names the parameter and what is allowed. Never throws.
 */
export function readStoryQuery(search: string, context: QueryContext): Reading<StoryQuery> {
  const parameters = readQueryString(search);
  if (!parameters.ok) return parameters;
  for (const { name, value } of parameters.value) {
    if (context.allowed.some((known) => known === name)) continue;
    return refused({
      parameter: name,
      value,
      detail: `Expected a known parameter, got \`${shortName(name)}\``,
      allowed: context.allowed,
      didYouMean: closestWord(name, context.allowed),
    });
  }
  return readKnownParameters(parameters.value, context);
}

function readKnownParameters(parameters: readonly Parameter[], context: QueryContext): Reading<StoryQuery> {
  const filters = readFilters(parameters, context.vocabulary);
  if (!filters.ok) return filters;
  const search = readSearch(parameters.filter(({ name }) => name === 'q').map(({ value }) => value));
  if (!search.ok) return search;
  const single = readSingleParameters(parameters, context.nowMs);
  if (!single.ok) return single;
  return read({ filters: filters.value, ...search.value, ...single.value });
}

/** The query with one more topic that every story must have: what `/topics/{topic}.rss` adds to its parameters. */
export function withTopic(query: StoryQuery, topic: string): StoryQuery {
  const { all, none, asked } = query.filters.topic;
  const narrowed = { all: [...all, [topic]], none, asked: [...asked, topic].sort(byCodeUnit) };
  return { ...query, filters: { ...query.filters, topic: narrowed } };
}

/**
 * The query as text: parameters in fixed order, values sorted, without `?`; empty for the whole wire. Two addresses that
 * differ in order only have the same text. `without` leaves parameters out; `cursor` replaces the one asked.
 */
export function canonicalQuery(
  query: StoryQuery,
  options: { readonly without?: readonly ParameterName[]; readonly cursor?: string } = {},
): string {
  const single = {
    since: query.since?.asked,
    until: query.until?.asked,
    limit: query.limit?.toString(),
    cursor: options.cursor ?? query.cursor ?? undefined,
    // Asking for what is the default anyway is the same query.
    collapse: query.collapse === 'copies' ? undefined : (query.collapse ?? undefined),
  };
  const pairs: [ParameterName, string][] = [
    ...filterNames.flatMap((name) =>
      query.filters[name].asked.map((value): [ParameterName, string] => [name, value]),
    ),
    ...query.q.map((value): [ParameterName, string] => ['q', value]),
  ];
  for (const name of ['since', 'until', 'limit', 'cursor', 'collapse'] as const) {
    const value = single[name];
    if (value !== undefined) pairs.push([name, value]);
  }
  return pairs
    .filter(([name]) => options.without?.includes(name) !== true)
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`,
    )
    .join('&');
}
