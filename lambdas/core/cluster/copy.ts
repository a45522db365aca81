import { serialsDiffer } from './evidence.ts';
import type { NumberUse } from './numbers.ts';
import type { Signature } from './signature.ts';

/** Copies appear within this many hours of each other; the same headline later is another story. Measured. */
const apartHoursMax = 72;

/** With the same opening words but other headlines copies are sooner: bulletins open alike every day. */
const openingHoursMax = 36;

/** A title of fewer words, or of less weight, is too general to prove anything by itself. */
const titleWordsMin = 5;
const titleWeightMin = 14;

/** A title that another one only adds words to must have this many of them. */
const keptTermsMin = 5;

/** Cosines of terms, and of pairs of neighbours, from which texts are one: by themselves, and with another sign of it. */
const nearText = { terms: 0.8, pairs: 0.6 } as const;
const likelyText = { terms: 0.65, pairs: 0.4 } as const;
const openingText = 0.45;
const sameTitleText = { general: 0.6, column: 0.5 } as const;

interface Likeness {
  readonly terms: number;
  readonly pairs: number;
}

/**
 * Does one story repeat the text of the other? Stories of two sources, at most three days apart, with equal titles
 * (labels and outlet names aside), with nearly equal text, or with the same opening words; and no number, serial or name
 * in their titles that tells them apart. Symmetrical. Precision first: in doubt it is no copy.
 */
export function isCopy(one: Signature, other: Signature): boolean {
  if (one.source === other.source || one.lang.slice(0, 2) !== other.lang.slice(0, 2)) return false;
  if (Math.abs(one.at - other.at) > apartHoursMax * 3_600_000) return false;
  if (serialsDiffer(one.titleNumbers, other.titleNumbers)) return false;
  if (!sameNumbers(one.titleNumbers, other.titleNumbers)) return false;
  const text = likeness(one, other);
  if (one.title === other.title && one.title !== '') return isOneTitle(one, other, text);
  if (one.isColumn || other.isColumn || !numbersFit(one, other)) return false;
  if (text.terms >= nearText.terms && text.pairs >= nearText.pairs) return true;
  const isLikely = text.terms >= likelyText.terms && text.pairs >= likelyText.pairs;
  if (isLikely && one.agency !== null && one.agency === other.agency) return true;
  if (
    onlyAddsWords(one, other) &&
    (isLikely || one.terms.size === one.titleTerms.size || other.terms.size === other.titleTerms.size)
  )
    return true;
  return opensAlike(one, other, text);
}

function isOneTitle(one: Signature, other: Signature, text: Likeness): boolean {
  if (!isTelling(one)) return text.terms > sameTitleText.general;
  return (!one.isColumn && !other.isColumn) || text.terms > sameTitleText.column;
}

/** Has the title words enough, and rare enough ones, to be the title of one text only? */
function isTelling(signature: Signature): boolean {
  let weight = 0;
  for (const value of signature.titleTerms.values()) weight += value;
  return signature.title.split(' ').length >= titleWordsMin && weight >= titleWeightMin;
}

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

/** Do the summaries open with the same words, in the same news? */
function opensAlike(one: Signature, other: Signature, text: Likeness): boolean {
  if (one.opening === '' || one.opening !== other.opening) return false;
  return text.terms >= openingText && Math.abs(one.at - other.at) <= openingHoursMax * 3_600_000;
}

function likeness(one: Signature, other: Signature): Likeness {
  let terms = 0;
  for (const [key, { weight }] of one.terms) terms += weight * (other.terms.get(key)?.weight ?? 0);
  let pairs = 0;
  for (const [key, weight] of one.pairs) pairs += weight * (other.pairs.get(key) ?? 0);
  return {
    terms: terms / Math.max(1e-9, one.norms.terms * other.norms.terms),
    pairs: pairs / Math.max(1e-9, one.norms.pairs * other.norms.pairs),
  };
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
