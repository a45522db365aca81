import type { StoryLine } from '../words/story.ts';
import { angleOf } from './angle.ts';
import type { Angle } from './angle.ts';
import { numbersOf } from './numbers.ts';
import type { NumberUse } from './numbers.ts';
import { termsOf, termStem } from './terms.ts';
import type { Term } from './terms.ts';
import { datelineOf } from '../parse/dateline.ts';
import { bareTitle, comparedTitle, plainWords } from './title-text.ts';
import type { WordWeights } from './weights.ts';

/** How a story uses a term: its weight among all stories, where it stands and whether it is a name here. */
export interface TermUse {
  readonly weight: number;
  /** What the term weighs by itself, wherever it stands (see WordWeights). */
  readonly rarity: number;
  readonly inTitle: boolean;
  readonly inSummary: boolean;
  readonly isName: boolean;
}

/**
 * What the rules compare of a story: its terms, pairs of neighbours and meanings with their weights, its numbers, names
 * and countries and when it appeared. Made from its line alone, so that two processes make the same.
 */
export interface Signature {
  readonly id: string;
  readonly source: string;
  readonly lang: string;
  readonly agency: string | null;
  /** When it appeared, epoch milliseconds; `isDay`: only the day is known. */
  readonly at: number;
  readonly isDay: boolean;
  /** The title as copies are compared, its words joined by spaces. */
  readonly title: string;
  /** Every run of `runWords` words of the summary as written, behind the dateline. */
  readonly runs: ReadonlySet<string>;
  readonly titleTerms: ReadonlyMap<string, number>;
  readonly terms: ReadonlyMap<string, TermUse>;
  readonly rarities: ReadonlyMap<string, number>;
  readonly pairs: ReadonlyMap<string, number>;
  readonly meanings: ReadonlyMap<string, number>;
  readonly codes: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
  readonly numbers: readonly NumberUse[];
  readonly titleNumbers: readonly NumberUse[];
  readonly topics: readonly string[];
  /** Topics of its countries, `@ru|air.drones`, with what each weighs. */
  readonly countryTopics: ReadonlyMap<string, number>;
  readonly angle: Angle;
  readonly titleMeanings: ReadonlyMap<string, number>;
  /** A digest, newsletter, podcast or live page: many stories, or one that changes under its title. */
  readonly isColumn: boolean;
  readonly norms: {
    readonly terms: number;
    readonly title: number;
    readonly pairs: number;
    readonly meanings: number;
    readonly titleMeanings: number;
  };
}

/** The title says what the story is; further down a summary drifts. */
const fieldWeights = { both: 1.25, title: 1, summary: 0.75 } as const;

/** Terms of a summary beyond these are background. */
const summaryTermsMax = 60;

/** Words in a row that two writers hardly choose alike, and how far a summary is read for them. */
const runWords = 4;
const runCharactersMax = 480;

const columnMarks: ReadonlySet<string> = new Set(['digest', 'newsletter', 'podcast', 'live']);

/** The signature of a story. Linear in its text; never throws. */
export function signatureOf(line: StoryLine, weights: WordWeights): Signature {
  const title = bareTitle(line.title);
  const dateline = datelineOf(line.summary);
  const summary = line.summary.slice(dateline?.length ?? 0);
  const words = wordsOf({ line, title, summary }, weights);
  const topics = line.topics.map(({ topic }) => topic);
  const at = Date.parse(line.sortTime);
  return {
    id: line.id,
    source: line.source,
    lang: line.lang,
    agency: line.agency ?? dateline?.agency ?? null,
    at: Number.isNaN(at) ? 0 : at,
    isDay: line.published.endsWith('T00:00:00.000Z'),
    title: comparedTitle(title),
    runs: runsOf(summary),
    ...words,
    numbers: numbersOf(`${title}. ${summary}`, termStem),
    titleNumbers: numbersOf(title, termStem),
    countryTopics: countryTopicsOf(words.countries, topics, weights),
    angle: angleOf(title),
    topics,
    isColumn: (line.marks ?? []).some((mark) => columnMarks.has(mark)),
  };
}

type SignatureWords = Pick<
  Signature,
  | 'terms'
  | 'titleTerms'
  | 'rarities'
  | 'pairs'
  | 'meanings'
  | 'titleMeanings'
  | 'codes'
  | 'names'
  | 'countries'
  | 'norms'
>;

/** All that comes of the words of a story; `title` is bare, `summary` without its dateline. */
function wordsOf(
  { line, title, summary }: { readonly line: StoryLine; readonly title: string; readonly summary: string },
  weights: WordWeights,
): SignatureWords {
  const inTitle = termsOf(title, weights.folds);
  const inSummary = termsOf(summary, weights.folds).slice(0, summaryTermsMax);
  const all = [...inTitle, ...inSummary];
  const terms = usesOf(inTitle, inSummary, weights);
  for (const name of namedTerms(line, weights)) {
    const use = terms.get(name);
    if (use !== undefined) terms.set(name, { ...use, isName: true });
  }
  const titleTerms = new Map(inTitle.map(({ key }) => [key, terms.get(key)?.weight ?? 0]));
  const pairs = pairsOf([inTitle, inSummary], weights);
  const meanings = meaningsOf([inTitle, inSummary], weights);
  const titleMeanings = meaningsOf([inTitle], weights);
  return {
    terms,
    titleTerms,
    rarities: new Map([...terms].map(([key, { rarity }]) => [key, rarity])),
    pairs,
    meanings,
    titleMeanings,
    codes: new Set(all.filter(({ isCode }) => isCode).map(({ key }) => key)),
    names: new Set([...terms].filter(([, { isName }]) => isName).map(([key]) => key)),
    countries: new Set([...line.countries.map((code) => `@${code.toLowerCase()}`), ...countryTerms(all)]),
    norms: {
      terms: norm([...terms.values()].map(({ weight }) => weight)),
      title: norm(titleTerms.values()),
      pairs: norm(pairs.values()),
      meanings: norm(meanings.values()),
      titleMeanings: norm(titleMeanings.values()),
    },
  };
}

function runsOf(summary: string): Set<string> {
  const words = plainWords(summary.slice(0, runCharactersMax));
  const runs = new Set<string>();
  for (let at = 0; at + runWords <= words.length; at += 1) runs.add(words.slice(at, at + runWords).join(' '));
  return runs;
}

function norm(values: Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

function countryTopicsOf(
  countries: ReadonlySet<string>,
  topics: readonly string[],
  weights: WordWeights,
): Map<string, number> {
  const keys = [...countries].flatMap((country) => topics.map((topic) => `${country}|${topic}`));
  return new Map(keys.map((key) => [key, weights.ofTopic(key)]));
}

const countryTerms = (terms: readonly Term[]): string[] =>
  terms.filter(({ key }) => key.startsWith('@')).map(({ key }) => key);

function usesOf(
  title: readonly Term[],
  summary: readonly Term[],
  weights: WordWeights,
): Map<string, TermUse> {
  const uses = new Map<string, TermUse>();
  const inTitle = new Set(title.map(({ key }) => key));
  const inSummary = new Set(summary.map(({ key }) => key));
  for (const { key, isName } of [...title, ...summary]) {
    const known = uses.get(key);
    if (known !== undefined && (known.isName || !isName)) continue;
    const place = inTitle.has(key) ? (inSummary.has(key) ? 'both' : 'title') : 'summary';
    const rarity = weights.of(key);
    uses.set(key, {
      weight: rarity * fieldWeights[place],
      rarity,
      inTitle: inTitle.has(key),
      inSummary: inSummary.has(key),
      isName: isName || (known?.isName ?? false),
    });
  }
  return uses;
}

/** The terms that the tagger's names are written with. */
function namedTerms(line: StoryLine, weights: WordWeights): string[] {
  const names = [...line.organisations, ...line.people, ...line.systems, ...line.operations];
  return names.flatMap((name) => termsOf(name, weights.folds).map(({ key }) => key));
}

function pairsOf(fields: readonly (readonly Term[])[], weights: WordWeights): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const terms of fields)
    terms.forEach(({ key, follows }, at) => {
      const before = terms[at - 1];
      if (!follows || before === undefined) return;
      pairs.set(`${before.key} ${key}`, (weights.of(before.key) + weights.of(key)) / 2);
    });
  return pairs;
}

/** The classes of the words, so that a warplane and a fighter jet meet; weighted as a class is common. */
function meaningsOf(fields: readonly (readonly Term[])[], weights: WordWeights): Map<string, number> {
  const meanings = new Map<string, number>();
  const note = (stem: string): boolean => {
    const classes = weights.classes.get(stem) ?? [];
    for (const name of classes) meanings.set(name, weights.of(name));
    return classes.length > 0;
  };
  for (const terms of fields)
    terms.forEach(({ key }, at) => {
      const before = terms[at - 1];
      if (before === undefined || !note(`${before.key}_${key}`)) note(key);
    });
  return meanings;
}
