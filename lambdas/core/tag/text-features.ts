import type { Finding, ReadField } from './field-matches.ts';
import type { Concept } from './rules.ts';

/** Rises when the features change: a model is only good for the features it was trained with. */
export const featureVersion = 1;

/** One thing the topic model looks at: a word, a pair of words or a kind of name, and the tokens it stands at. */
export interface TextFeature {
  readonly first: string;
  /** The second of a pair; null for a feature of one part. */
  readonly second: string | null;
  readonly from: number;
  readonly to: number;
}

/** Words that carry no subject. A pair of them is no feature either. */
const idleWords: ReadonlySet<string> = new Set(
  (
    'a an the of to in on for and or but nor at by with from as is are was were be been being has have had it its this ' +
    'that these those their his her our your my they he she we you i not no will would can could may might shall should ' +
    'must do does did than then so if when while which who whom whose what where how why into onto over under about ' +
    'after before during between against through also just more most other some any each all both such only own same ' +
    'very there here up out off down again further once s t said say new one two'
  ).split(' '),
);

const letters = /^\p{L}/u;

/** A feature as one word, the way a model file spells it. */
export function featureKey({ first, second }: Pick<TextFeature, 'first' | 'second'>): string {
  return second === null ? first : `${first} ${second}`;
}

interface Unit {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** Nothing but white space or a hyphen stands before it. */
  readonly follows: boolean;
  readonly isIdle: boolean;
}

/** Word classes this near to each other say something together: who does what, to what. */
const classDistanceMax = 3;

/**
 * What the topic model sees of a field: the stem of each word (`~stem`), pairs of neighbours within a sentence part, the classes of
 * words (`%strike-verb`) and pairs of them a few words apart, and in the place of a name its kind and what it implies
 * (`@systems`, `@air.bombers`), so that the model learns how stories are told and not who happened to be in them. Numbers
 * are `#`. Linear in the field.
 */
export function textFeatures(field: ReadField, topicSlugs: readonly string[]): TextFeature[] {
  return [...wordFeatures(unitsOf(field)), ...classFeatures(field, topicSlugs)];
}

function wordFeatures(units: readonly Unit[]): TextFeature[] {
  const features: TextFeature[] = [];
  let previous: Unit | undefined;
  for (const unit of units) {
    if (!unit.isIdle) features.push({ first: unit.key, second: null, from: unit.from, to: unit.to });
    if (previous !== undefined && unit.follows && !(previous.isIdle && unit.isIdle))
      features.push({ first: previous.key, second: unit.key, from: previous.from, to: unit.to });
    previous = unit;
  }
  return features;
}

function classFeatures({ findings }: ReadField, topicSlugs: readonly string[]): TextFeature[] {
  const features: TextFeature[] = [];
  const near: { readonly key: string; readonly from: number; readonly to: number }[] = [];
  for (const { concept, from, to } of findings) {
    for (const [topic] of concept.layer === 'name' ? (concept.topics ?? []) : []) {
      const slug = topicSlugs[topic];
      if (slug !== undefined) features.push({ first: `@${slug}`, second: null, from, to });
    }
    const key = classKey(concept);
    if (key === null) continue;
    if (concept.layer === 'class') features.push({ first: key, second: null, from, to });
    while (near[0] !== undefined && from - near[0].to > classDistanceMax) near.shift();
    for (const other of near)
      if (other.to <= from) features.push({ first: other.key, second: key, from: other.from, to });
    if (near.length < nearMax) near.push({ key, from, to });
  }
  return features;
}

/** Bounds the pairs of a text that is nothing but class words. */
const nearMax = 12;

/** Names by kind; those that imply a topic say more by standing next to something. */
const plainNames = {
  countries: '@countries',
  organisations: '@organisations',
  people: '@people',
  systems: '@systems',
  operations: '@operations',
} as const;
const tellingNames = {
  countries: '@countries!',
  organisations: '@organisations!',
  people: '@people!',
  systems: '@systems!',
  operations: '@operations!',
} as const;

function classKey({ layer, name, wordClass, topics }: Concept): string | null {
  if (layer === 'class') return wordClass ?? null;
  if (layer !== 'name' || name === undefined) return null;
  return topics === undefined ? plainNames[name.kind] : tellingNames[name.kind];
}

function unitsOf({ tokens, findings }: ReadField): Unit[] {
  const names = namesByStart(findings);
  const units: Unit[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const follows = token.glue !== 'break';
    const name = names.get(at);
    if (name?.concept.name !== undefined) {
      units.push({ key: plainNames[name.concept.name.kind], from: at, to: name.to, follows, isIdle: false });
      at = name.to;
      continue;
    }
    const lemma = token.keys[0] ?? '';
    const isWord = letters.test(lemma);
    const key = isWord ? (token.keys[1] ?? '') : '#';
    const isIdle = !isWord || idleWords.has(lemma) || lemma.length < 2;
    units.push({ key, from: at, to: at + 1, follows, isIdle });
    at += 1;
  }
  return units;
}

/** The longest name that begins at each token. */
function namesByStart(findings: readonly Finding[]): Map<number, Finding> {
  const names = new Map<number, Finding>();
  for (const finding of findings) {
    if (finding.concept.layer !== 'name') continue;
    const known = names.get(finding.from);
    if (known === undefined || known.to < finding.to) names.set(finding.from, finding);
  }
  return names;
}
