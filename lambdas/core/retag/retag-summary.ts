import { truncateText } from '../parse/truncate-text.ts';
import { type NameKind, nameKinds } from '../tag/rules.ts';
import { byCodeUnit } from '../words/code-unit-order.ts';
import type { Relevance, Story } from '../words/story.ts';
import type { RetagDecision } from './decide-retag.ts';
import { isGainOrLoss, type TagChange } from './tag-change.ts';

/** Stories shown for each thing that changed. */
export const examplesMax = 3;

/** Code points of an example's title; with them a summary of every topic stays far below what a row may hold. */
const exampleTitleMax = 60;

/** A story that shows a change; of a facet, with the name it gained or lost. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly name?: string;
}

/** How many stories gain and lose a topic or name. */
export interface Tally {
  readonly name: string;
  readonly gained: number;
  readonly lost: number;
}

/** At most three stories for either side, those the walk met first. */
export interface Examples {
  readonly gainedBy: readonly Example[];
  readonly lostBy: readonly Example[];
}

export type TopicTally = Tally & Examples;

/** The names of one kind that changed, with examples for the kind as a whole: names are many. */
export interface FacetSummary extends Examples {
  readonly names: readonly Tally[];
}

export interface RelevanceTally {
  readonly from: Relevance;
  readonly to: Relevance;
  readonly stories: number;
  readonly examples: readonly Example[];
}

/**
 * What re-tagging changes, or changed, over the stories read: read = changed + refined + unchanged + skipped. `changed`
 * gain or lose something or change relevance; `refined` get other scores, evidence or order only; `skipped` are gone since
 * they were listed; `failed` could not be read (and then count as skipped) or written. Lists are sorted by name.
 */
export interface RetagSummary {
  readonly read: number;
  readonly changed: number;
  readonly refined: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly topics: readonly TopicTally[];
  readonly relevance: readonly RelevanceTally[];
  readonly names: Readonly<Record<NameKind, FacetSummary>>;
}

const noNames: FacetSummary = { names: [], gainedBy: [], lostBy: [] };

/** The summary of no story; merging it changes nothing. */
export const emptySummary: RetagSummary = {
  read: 0,
  changed: 0,
  refined: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  topics: [],
  relevance: [],
  names: {
    countries: noNames,
    organisations: noNames,
    people: noNames,
    systems: noNames,
    operations: noNames,
  },
};

/** A story that is gone, or that could not be read. */
export const skippedSummary: RetagSummary = { ...emptySummary, read: 1, skipped: 1 };

/** One more story that could not be read or written; it is counted as read elsewhere. */
export const failedSummary: RetagSummary = { ...emptySummary, failed: 1 };

/** What was decided for one story. */
export function storySummary(story: Pick<Story, 'id' | 'title'>, decision: RetagDecision): RetagSummary {
  if (decision.kind !== 'retagged') return { ...emptySummary, read: 1, unchanged: 1 };
  const { change } = decision;
  if (!isGainOrLoss(change)) return { ...emptySummary, read: 1, refined: 1 };
  const example = { id: story.id, title: truncateText(story.title, exampleTitleMax) };
  const { relevance } = change;
  const facet = (kind: NameKind): FacetSummary => facetOf(change, kind, example);
  return {
    ...emptySummary,
    read: 1,
    changed: 1,
    topics: [
      ...change.topics.gained.map((name) => ({ name, gained: 1, lost: 0, gainedBy: [example], lostBy: [] })),
      ...change.topics.lost.map((name) => ({ name, gained: 0, lost: 1, gainedBy: [], lostBy: [example] })),
    ].sort(byName),
    relevance: relevance === null ? [] : [{ ...relevance, stories: 1, examples: [example] }],
    names: {
      countries: facet('countries'),
      organisations: facet('organisations'),
      people: facet('people'),
      systems: facet('systems'),
      operations: facet('operations'),
    },
  };
}

function facetOf({ names }: TagChange, kind: NameKind, example: Example): FacetSummary {
  const { gained, lost } = names[kind];
  const examples = (of: readonly string[]) => of.map((name) => ({ ...example, name })).slice(0, examplesMax);
  return {
    names: [
      ...gained.map((name) => ({ name, gained: 1, lost: 0 })),
      ...lost.map((name) => ({ name, gained: 0, lost: 1 })),
    ].sort(byName),
    gainedBy: examples(gained),
    lostBy: examples(lost),
  };
}

/** Two summaries of different stories as one; the first one's examples come first. Associative, with emptySummary neutral. */
export function mergeSummaries(one: RetagSummary, other: RetagSummary): RetagSummary {
  const facet = (kind: NameKind): FacetSummary => mergeFacets(one.names[kind], other.names[kind]);
  return {
    read: one.read + other.read,
    changed: one.changed + other.changed,
    refined: one.refined + other.refined,
    unchanged: one.unchanged + other.unchanged,
    skipped: one.skipped + other.skipped,
    failed: one.failed + other.failed,
    topics: merged(one.topics, other.topics, {
      key: ({ name }) => name,
      join: (a, b) => ({ ...joinTallies(a, b), ...joinExamples(a, b) }),
    }),
    relevance: merged(one.relevance, other.relevance, {
      key: ({ from, to }) => `${from} ${to}`,
      join: (a, b) => ({ ...a, stories: a.stories + b.stories, examples: first(a.examples, b.examples) }),
    }),
    names: {
      countries: facet('countries'),
      organisations: facet('organisations'),
      people: facet('people'),
      systems: facet('systems'),
      operations: facet('operations'),
    },
  };
}

/** How many stories gain and lose names of a kind, each name counted for itself. */
export function facetTotals(summary: RetagSummary): readonly Tally[] {
  return nameKinds.map((kind) => ({
    name: kind,
    gained: summary.names[kind].names.reduce((sum, { gained }) => sum + gained, 0),
    lost: summary.names[kind].names.reduce((sum, { lost }) => sum + lost, 0),
  }));
}

const mergeFacets = (one: FacetSummary, other: FacetSummary): FacetSummary => ({
  names: merged(one.names, other.names, { key: ({ name }) => name, join: joinTallies }),
  ...joinExamples(one, other),
});

const joinTallies = (a: Tally, b: Tally): Tally => ({
  name: a.name,
  gained: a.gained + b.gained,
  lost: a.lost + b.lost,
});

const joinExamples = (a: Examples, b: Examples): Examples => ({
  gainedBy: first(a.gainedBy, b.gainedBy),
  lostBy: first(a.lostBy, b.lostBy),
});

const first = (one: readonly Example[], other: readonly Example[]): readonly Example[] =>
  [...one, ...other].slice(0, examplesMax);

/** Two lists with what has the same key joined, sorted by key. */
function merged<Item>(
  one: readonly Item[],
  other: readonly Item[],
  { key, join }: { readonly key: (item: Item) => string; readonly join: (a: Item, b: Item) => Item },
): readonly Item[] {
  if (other.length === 0) return one;
  const byKey = new Map(one.map((item) => [key(item), item]));
  for (const item of other) {
    const there = byKey.get(key(item));
    byKey.set(key(item), there === undefined ? item : join(there, item));
  }
  return [...byKey.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, item]) => item);
}

const byName = (a: Tally, b: Tally): number => byCodeUnit(a.name, b.name);
