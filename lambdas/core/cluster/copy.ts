import { bodyShare, likeness, sharedTerms, termsAgainst } from './copy-signs.ts';
import type { Likeness } from './copy-signs.ts';
import { hoursApart, numberAgreement, serialsDiffer } from './evidence.ts';
import type { NumberUse } from './numbers.ts';
import type { Signature } from './signature.ts';

/** Copies appear within this many hours of each other; the same headline later is another story. Measured. */
const apartHoursMax = 72;

/** A title of fewer words, or of less weight, is too general to prove anything by itself. */
const titleWordsMin = 5;
const titleWeightMin = 14;

/** A title of this many words stands over other words of the same text too, when both come within these hours. */
const longTitleWords = 8;
const sameDayHoursMax = 16;

/** A title that another one only adds words to must have this many of them, and this share of the other's weight. */
const keptTermsMin = 5;
const keptShareMin = 0.85;

/** Cosines of terms, and of pairs of neighbours, from which texts are one: by themselves, and with another sign of it. */
const nearText = { terms: 0.8, pairs: 0.6 } as const;
const likelyText = { terms: 0.65, pairs: 0.4 } as const;
const sameTitleText = { general: 0.6, column: 0.65 } as const;

/** Share of the shorter body's runs of words from which both are one body. */
const bodyShareMin = 0.5;

/** Titles of one body are akin: they share words, or each stands in the other's text, by this share of their weight. */
const akinMin = 0.25;

/** From this share of shared words on, two titles are one form, in which what differs is what the news is. */
const formShareMin = 0.5;

/**
 * Does one story repeat the text of the other? Stories of two sources, at most three days apart, with one title (labels,
 * outlet names and spelling aside) or with nearly one text; and no number, serial, name, country or word of a shared
 * form of headline that tells them apart. Symmetrical. Precision first: in doubt it is no copy.
 */
export function isCopy(one: Signature, other: Signature): boolean {
  if (one.source === other.source || one.lang.slice(0, 2) !== other.lang.slice(0, 2)) return false;
  if (Math.abs(one.at - other.at) > apartHoursMax * 3_600_000) return false;
  if (serialsDiffer(one.titleNumbers, other.titleNumbers)) return false;
  if (!sameNumbers(one.titleNumbers, other.titleNumbers)) return false;
  if (one.title === other.title && one.title !== '') return isOneTitle(one, other);
  if (one.isColumn || other.isColumn || !numbersFit(one, other)) return false;
  const hasOneBody = bodyShare(one, other) >= bodyShareMin;
  if (titlesTellApart(one, other, hasOneBody)) return false;
  return (hasOneBody && areTitlesAkin(one, other)) || isOneText(one, other);
}

/** Are two stories under equal titles one text? */
function isOneTitle(one: Signature, other: Signature): boolean {
  const { terms } = likeness(one, other);
  if (one.isColumn || other.isColumn) return terms > sameTitleText.column;
  const words = one.title.split(' ').length;
  if (words < titleWordsMin || weightOf(one.titleTerms) < titleWeightMin)
    return terms > sameTitleText.general;
  const isSoon = words >= longTitleWords && hoursApart(one, other) <= sameDayHoursMax;
  return isSoon || !bodiesTellApart(one, other);
}

function weightOf(terms: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of terms.values()) sum += weight;
  return sum;
}

/** Do both texts name more that the other does not than they name in common, or count the same thing differently? */
function bodiesTellApart(one: Signature, other: Signature): boolean {
  if (numberAgreement(one.numbers, other.numbers).differ > 0) return true;
  const [mine, its] = [termsAgainst(one, other, 'summary'), termsAgainst(other, one, 'summary')];
  const shared = sharedTerms(one, other).filter((term) => !one.titleTerms.has(term) && one.names.has(term));
  return shared.length < Math.min(mine.named, its.named);
}

/**
 * Do the titles say that these are two stories? Each names something that the other story does not; or both are one form
 * of headline with other words, or with the same words in another order, over bodies that are not the same.
 */
function titlesTellApart(one: Signature, other: Signature, hasOneBody: boolean): boolean {
  const [mine, its] = [termsAgainst(one, other, 'title'), termsAgainst(other, one, 'title')];
  if (mine.named > 0 && its.named > 0) return true;
  if (hasOneBody) return false;
  const forth = [...one.titleTerms.keys()].filter((term) => other.titleTerms.has(term));
  const isForm = forth.length >= formShareMin * Math.min(one.titleTerms.size, other.titleTerms.size);
  if (isForm && mine.all > 0 && its.all > 0) return true;
  const back = [...other.titleTerms.keys()].filter((term) => one.titleTerms.has(term));
  const isWhole = forth.length === Math.min(one.titleTerms.size, other.titleTerms.size);
  return isWhole && forth.some((term, at) => back[at] !== term);
}

function areTitlesAkin(one: Signature, other: Signature): boolean {
  const shared = [...one.titleTerms.keys()].filter((term) => other.titleTerms.has(term)).length;
  if (shared >= akinMin * Math.min(one.titleTerms.size, other.titleTerms.size)) return true;
  return heldShare(one, other) >= akinMin && heldShare(other, one) >= akinMin;
}

/** How much of a title stands in the other story. */
function heldShare(title: Signature, text: Signature): number {
  let held = 0;
  for (const [term, weight] of title.titleTerms) if (text.terms.has(term)) held += weight;
  return held / Math.max(1e-9, weightOf(title.titleTerms));
}

function isOneText(one: Signature, other: Signature): boolean {
  // What is to come and what has come are two stories, however alike they read.
  if (one.angle.isAhead !== other.angle.isAhead) return false;
  const text = likeness(one, other);
  if (isAtLeast(text, nearText)) return areTitlesAkin(one, other);
  const isLikely = isAtLeast(text, likelyText);
  if (isLikely && one.agency !== null && one.agency === other.agency) return areTitlesAkin(one, other);
  if (!onlyAddsWords(one, other)) return false;
  const isBare = one.terms.size === one.titleTerms.size || other.terms.size === other.titleTerms.size;
  return isLikely || isBare || (keptShare(one, other) >= keptShareMin && !bodiesTellApart(one, other));
}

const isAtLeast = (text: Likeness, least: Likeness): boolean =>
  text.terms >= least.terms && text.pairs >= least.pairs;

const keptShare = (one: Signature, other: Signature): number => {
  const weights = [weightOf(one.titleTerms), weightOf(other.titleTerms)];
  return Math.min(...weights) / Math.max(1e-9, ...weights);
};

/** Does one title keep every term of the other and add plain words only, no name, country or designation? */
function onlyAddsWords(one: Signature, other: Signature): boolean {
  const [short, long] = one.titleTerms.size <= other.titleTerms.size ? [one, other] : [other, one];
  if (short.titleTerms.size < keptTermsMin || short.angle.isReaction !== long.angle.isReaction) return false;
  for (const term of short.titleTerms.keys()) if (!long.titleTerms.has(term)) return false;
  for (const term of long.titleTerms.keys())
    if (
      !short.titleTerms.has(term) &&
      (term.startsWith('@') || long.codes.has(term) || (long.names.has(term) && !short.terms.has(term)))
    )
      return false;
  return long.titleTerms.size <= 2 * short.titleTerms.size;
}

function sameNumbers(one: readonly NumberUse[], other: readonly NumberUse[]): boolean {
  const values = (uses: readonly NumberUse[]): string =>
    uses
      .map(({ value }) => value)
      .sort((a, b) => a - b)
      .join(' ');
  return one.length === 0 || other.length === 0 || values(one) === values(other);
}

/** Every number of the story that gives fewer stands in the other. */
function numbersFit(one: Signature, other: Signature): boolean {
  const values = [one, other].map(({ numbers }) => new Set(numbers.map(({ value }) => value)));
  const [few, many] = values.sort((a, b) => a.size - b.size);
  return few === undefined || many === undefined || [...few].every((value) => many.has(value));
}
