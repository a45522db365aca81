import type { Signature } from './signature.ts';

/** Cosines of the terms of two stories and of their pairs of neighbours. */
export interface Likeness {
  readonly terms: number;
  readonly pairs: number;
}

/** Bodies with fewer runs of words prove nothing. */
const bodyRunsMin = 6;

/** A word at least this rare is a name even where a headline capitalises all its words. */
const namedRarityMin = 8.4;

/** How much the words of two stories have in common, and in the same order. */
export function likeness(one: Signature, other: Signature): Likeness {
  let terms = 0;
  for (const [key, { weight }] of one.terms) terms += weight * (other.terms.get(key)?.weight ?? 0);
  let pairs = 0;
  for (const [key, weight] of one.pairs) pairs += weight * (other.pairs.get(key) ?? 0);
  return {
    terms: terms / Math.max(1e-9, one.norms.terms * other.norms.terms),
    pairs: pairs / Math.max(1e-9, one.norms.pairs * other.norms.pairs),
  };
}

/**
 * The share of the shorter summary's runs of four words that stand in the longer one, whatever stands before, behind or
 * is left out; 0 where one is too short to tell.
 */
export function bodyShare(one: Signature, other: Signature): number {
  const [short, long] = one.runs.size <= other.runs.size ? [one.runs, other.runs] : [other.runs, one.runs];
  if (short.size < bodyRunsMin) return 0;
  let shared = 0;
  for (const run of short) if (long.has(run)) shared += 1;
  return shared / short.size;
}

/** Terms that both stories have. */
export const sharedTerms = (one: Signature, other: Signature): string[] =>
  [...one.terms.keys()].filter((term) => other.terms.has(term));

/** How many terms of a story's title or summary the other lacks altogether, and how many of them name something. */
export function termsAgainst(
  one: Signature,
  other: Signature,
  field: 'title' | 'summary',
): { readonly all: number; readonly named: number } {
  let [all, named] = [0, 0];
  for (const [term, { inTitle, inSummary, rarity }] of one.terms) {
    if (!(field === 'title' ? inTitle : inSummary) || other.terms.has(term)) continue;
    all += 1;
    if (term.startsWith('@') || one.names.has(term) || one.codes.has(term) || rarity >= namedRarityMin)
      named += 1;
  }
  return { all, named };
}
