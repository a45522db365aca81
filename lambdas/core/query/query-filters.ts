import { sortedUnique } from '../words/code-unit-order.ts';
import { read, refused, type Reading } from './query-problem.ts';
import type { Parameter } from './query-string.ts';
import { filterNames, type FilterName, type QueryVocabulary, type ValueRule } from './query-vocabulary.ts';

/** Values in all filters of one query together. NATO has 32 members, the largest list that is usual. */
export const filterTermsMax = 64;

/**
 * One filter: each of `all` is a group of which one value must match; none of `none` may match. `asked` keeps the
 * canonical text of each occurrence, sorted, which is what self links repeat.
 */
export interface NameFilter {
  readonly all: readonly (readonly string[])[];
  readonly none: readonly string[];
  readonly asked: readonly string[];
}

/** Reads every filter among the parameters; the other parameters are left alone. */
export function readFilters(
  parameters: readonly Parameter[],
  vocabulary: QueryVocabulary,
): Reading<Record<FilterName, NameFilter>> {
  const filters: Record<FilterName, NameFilter> = {
    topic: noFilter,
    country: noFilter,
    org: noFilter,
    person: noFilter,
    system: noFilter,
    operation: noFilter,
    source: noFilter,
    lang: noFilter,
    kind: noFilter,
  };
  let terms = 0;
  for (const name of filterNames) {
    const occurrences: Occurrence[] = [];
    for (const parameter of parameters) {
      if (parameter.name !== name) continue;
      const occurrence = readOccurrence(name, parameter.value, vocabulary[name]);
      if (!occurrence.ok) return occurrence;
      occurrences.push(occurrence.value);
      terms += occurrence.value.any.length + occurrence.value.none.length;
      if (terms > filterTermsMax) return tooManyTerms(name, parameter.value);
    }
    if (occurrences.length > 0) filters[name] = filterOf(occurrences);
  }
  return read(filters);
}

const noFilter: NameFilter = { all: [], none: [], asked: [] };

interface Occurrence {
  readonly any: readonly string[];
  readonly none: readonly string[];
}

const filterOf = (occurrences: readonly Occurrence[]): NameFilter => ({
  all: occurrences.filter(({ any }) => any.length > 0).map(({ any }) => any),
  none: sortedUnique(occurrences.flatMap(({ none }) => none)),
  asked: sortedUnique(
    occurrences.map(({ any, none }) => [...any, ...none.map((value) => `-${value}`)].join(',')),
  ),
});

function readOccurrence(name: FilterName, text: string, rule: ValueRule): Reading<Occurrence> {
  const any: string[] = [];
  const none: string[] = [];
  for (const part of text.split(',')) {
    const term = part.trim();
    const excluded = term.startsWith('-');
    const value = rule.canonical(excluded ? term.slice(1) : term);
    if (value === null) return unknownValue(name, excluded ? term.slice(1) : term, rule);
    (excluded ? none : any).push(value);
  }
  return read({ any: sortedUnique(any), none: sortedUnique(none) });
}

const unknownValue = (name: FilterName, value: string, rule: ValueRule) =>
  refused({
    parameter: name,
    value,
    allowed: rule.allowed,
    didYouMean: rule.nearest(value),
    detail:
      value === ''
        ? `Expected \`${name}\` to have a value, got none`
        : `Expected a known \`${name}\`, got another value`,
  });

const tooManyTerms = (name: FilterName, value: string) =>
  refused({
    parameter: name,
    value,
    allowed: `at most ${filterTermsMax} values in all filters together`,
    detail: `Expected at most ${filterTermsMax} values in all filters together, got more`,
  });
