import type { NumberUse } from './numbers.ts';
import type { Signature } from './signature.ts';

/** The pieces of evidence for or against two stories being one event, in the order of `ClusterWeights.evidence`. */
export const evidenceNames = [
  'text',
  'title',
  'titleInText',
  'titleInTextLess',
  'pairs',
  'meanings',
  'rareWords',
  'names',
  'namesMissed',
  'numbers',
  'numbersDiffer',
  'titleNumbersDiffer',
  'serialsDiffer',
  'codesDiffer',
  'countries',
  'countriesDiffer',
  'primaryTopic',
  'topics',
  'hours',
  'days',
  'sameSource',
  'column',
  'titleMeanings',
  'commentDiffers',
  'aheadDiffers',
  'reactionDiffers',
  'bothComment',
  'afterHalfDay',
  'afterDay',
  'countryTopic',
  'rarestWord',
  'secondRarest',
] as const;
export type EvidenceName = (typeof evidenceNames)[number];

/** What speaks for and against two stories being one event, each in the order of `evidenceNames`, mostly from 0 to 1. */
export function evidenceOf(one: Signature, other: Signature): number[] {
  const [contained, containedLess] = titleContainment(one, other);
  const [names, namesMissed] = nameAgreement(one, other);
  const { agree, differ } = numberAgreement(one.numbers, other.numbers);
  const [rarest, second] = rarestShared(one.rarities, other.rarities);
  const hours = hoursApart(one, other);
  const sharedCountries = shared(one.countries, other.countries);
  const countriesMin = Math.min(one.countries.size, other.countries.size);
  return [
    cosineOfUses(one, other),
    cosine(one.titleTerms, other.titleTerms) / nonZero(one.norms.title * other.norms.title),
    contained,
    containedLess,
    cosine(one.pairs, other.pairs) / nonZero(one.norms.pairs * other.norms.pairs),
    cosine(one.meanings, other.meanings) / nonZero(one.norms.meanings * other.norms.meanings),
    rareShared(one, other),
    names,
    namesMissed,
    agree,
    differ,
    numberAgreement(one.titleNumbers, other.titleNumbers).differ,
    serialsDiffer(one.titleNumbers, other.titleNumbers) ? 1 : 0,
    one.codes.size > 0 && other.codes.size > 0 && shared(one.codes, other.codes) === 0 ? 1 : 0,
    countriesMin === 0 ? 0 : sharedCountries / countriesMin,
    countriesMin > 0 && sharedCountries === 0 ? 1 : 0,
    one.topics[0] !== undefined && one.topics[0] === other.topics[0] ? 1 : 0,
    jaccard(one.topics, other.topics),
    Math.log2(1 + Math.min(hours, 96)) / 6.6,
    Math.min(hours, 168) / 24,
    one.source === other.source ? 1 : 0,
    one.isColumn || other.isColumn ? 1 : 0,
    cosine(one.titleMeanings, other.titleMeanings) /
      nonZero(one.norms.titleMeanings * other.norms.titleMeanings),
    one.angle.isComment === other.angle.isComment ? 0 : 1,
    one.angle.isAhead === other.angle.isAhead ? 0 : 1,
    one.angle.isReaction === other.angle.isReaction ? 0 : 1,
    one.angle.isComment && other.angle.isComment ? 1 : 0,
    Math.min(1, Math.max(0, hours - 12) / 12),
    Math.min(1, Math.max(0, hours - 24) / 12),
    rarestShared(one.countryTopics, other.countryTopics)[0] / 8,
    rarest / 9,
    second / 9,
  ];
}

/** Hours between two stories; of a day without an hour the nearest hour counts. */
export function hoursApart(one: Signature, other: Signature): number {
  const [early, late] = one.at <= other.at ? [one, other] : [other, one];
  const slack = (early.isDay ? 24 : 0) * 3_600_000;
  return Math.max(0, late.at - early.at - slack) / 3_600_000;
}

const nonZero = (value: number): number => (value === 0 ? 1 : value);

function cosine(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [key, weight] of small) {
    const match = large.get(key);
    if (match !== undefined) sum += weight * match;
  }
  return sum;
}

function cosineOfUses(one: Signature, other: Signature): number {
  const [small, large] = one.terms.size <= other.terms.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [key, { weight }] of small.terms) sum += weight * (large.terms.get(key)?.weight ?? 0);
  return sum / nonZero(one.norms.terms * other.norms.terms);
}

/** How much of each title the other story says, the larger share first. */
function titleContainment(one: Signature, other: Signature): readonly [number, number] {
  const forth = share(one.titleTerms, other);
  const back = share(other.titleTerms, one);
  return [Math.max(forth, back), Math.min(forth, back)];
}

function share(title: ReadonlyMap<string, number>, text: Signature): number {
  let all = 0;
  let found = 0;
  for (const [key, weight] of title) {
    all += weight;
    if (text.terms.has(key)) found += weight;
  }
  return all === 0 ? 0 : found / all;
}

/** The weight of shared words beyond the common: 1 is reached by two or three rare ones. */
function rareShared(one: Signature, other: Signature): number {
  const [small, large] = one.terms.size <= other.terms.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [key, { weight }] of small.terms) {
    const match = large.terms.get(key);
    if (match !== undefined) sum += Math.max(0, Math.min(weight, match.weight) - 4);
  }
  return Math.min(1, sum / 10);
}

/** The two highest weights that both hold; 0 where there is none. */
function rarestShared(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): readonly [number, number] {
  let [first, second] = [0, 0];
  for (const [key, weight] of one) {
    if (weight <= second || !other.has(key)) continue;
    [first, second] = weight > first ? [weight, first] : [first, weight];
  }
  return [first, second];
}

/** Weighted share of the names of the story with fewer that the other says, and the share of title names it lacks. */
function nameAgreement(one: Signature, other: Signature): readonly [number, number] {
  const forth = nameShare(one, other);
  const back = nameShare(other, one);
  return [Math.max(forth.found, back.found), Math.min(forth.missed, back.missed)];
}

function nameShare(one: Signature, other: Signature): { readonly found: number; readonly missed: number } {
  let [all, found, titleAll, titleMissed] = [0, 0, 0, 0];
  for (const name of one.names) {
    const use = one.terms.get(name);
    if (use === undefined) continue;
    const isFound = other.terms.has(name);
    all += use.weight;
    if (isFound) found += use.weight;
    if (!use.inTitle) continue;
    titleAll += use.weight;
    if (!isFound) titleMissed += use.weight;
  }
  return { found: all === 0 ? 0 : found / all, missed: titleAll === 0 ? 0 : titleMissed / titleAll };
}

const isSerial = ({ unit }: NumberUse): boolean => unit.startsWith('#');

/** Numbers that both give (1 for two of them), and whether they give different numbers of the same thing. */
export function numberAgreement(
  one: readonly NumberUse[],
  other: readonly NumberUse[],
): { readonly agree: number; readonly differ: number } {
  const plainOne = one.filter((use) => !isSerial(use));
  const plainOther = other.filter((use) => !isSerial(use));
  const values = new Set(plainOther.map(({ value }) => value));
  let agree = 0;
  for (const value of new Set(plainOne.map((use) => use.value)))
    if (values.has(value)) agree += value > 12 ? 1 : 0.5;
  const differ = plainOne.some(
    ({ value, unit }) =>
      unit !== '' &&
      !values.has(value) &&
      plainOther.some((use) => use.unit === unit) &&
      !plainOther.some(
        (use) => use.unit === unit && plainOne.some((own) => own.unit === unit && own.value === use.value),
      ),
  );
  return { agree: Math.min(1, agree / 2), differ: differ ? 1 : 0 };
}

/** Do the titles count their series differently: day 1 and day 2, lot 18 and lot 19, June 3 and June 4? */
export function serialsDiffer(one: readonly NumberUse[], other: readonly NumberUse[]): boolean {
  return one.some((use) => {
    if (!isSerial(use)) return false;
    const same = other.filter(({ unit }) => unit === use.unit);
    return same.length > 0 && !same.some(({ value }) => value === use.value);
  });
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const value of one) if (other.has(value)) count += 1;
  return count;
}

function jaccard(one: readonly string[], other: readonly string[]): number {
  const common = one.filter((value) => other.includes(value)).length;
  const all = one.length + other.length - common;
  return all === 0 ? 0 : common / all;
}
