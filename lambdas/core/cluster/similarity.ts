import { evidenceNames, evidenceOf } from './evidence.ts';
import type { EvidenceName } from './evidence.ts';
import type { Signature } from './signature.ts';
import type { ClusterWeights } from './weights.ts';

/** Beyond this many hours two stories are never compared as one event, however alike: a headline comes back months later. */
export const apartHoursMax = 7 * 24;

/** Scores are kept within this, so that one pair cannot outvote a group. */
const scoreMax = 4;

/** The score of pairs that cannot be of one event. */
export const never = -scoreMax;

/** One piece of evidence: how much of it there is, and what it adds to the score. */
export interface EvidenceShare {
  readonly name: EvidenceName;
  readonly value: number;
  readonly adds: number;
}

/**
 * How much two stories look like one event: the logarithm of the odds, from -4 to 4, above 0 when it is likelier than not.
 * The same in either order. Stories in two languages or more than `apartHoursMax` apart never do.
 */
export function similarity(one: Signature, other: Signature, weights: ClusterWeights): number {
  if (isApart(one, other)) return never;
  let score = weights.bias;
  evidenceOf(one, other).forEach((value, index) => {
    score += value * (weights.evidence[index] ?? 0);
  });
  return Math.max(-scoreMax, Math.min(scoreMax, score));
}

/** The evidence behind a similarity, in the order of `evidenceNames`. */
export function evidenceShares(one: Signature, other: Signature, weights: ClusterWeights): EvidenceShare[] {
  const values = evidenceOf(one, other);
  return evidenceNames.map((name, index) => {
    const value = values[index] ?? 0;
    return { name, value, adds: value * (weights.evidence[index] ?? 0) };
  });
}

/** Are two stories too far apart in time, or in two languages? */
export function isApart(one: Signature, other: Signature): boolean {
  const language = (signature: Signature): string => signature.lang.split('-', 1)[0] ?? '';
  return Math.abs(one.at - other.at) > apartHoursMax * 3_600_000 || language(one) !== language(other);
}
