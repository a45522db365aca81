import { isCopy } from '../../../lambdas/core/cluster/copy.ts';
import { signatureOf } from '../../../lambdas/core/cluster/signature.ts';
import { evidenceShares, similarity } from '../../../lambdas/core/cluster/similarity.ts';
import { type ClusterWeights, WordWeights } from '../../../lambdas/core/cluster/weights.ts';
import type { Clusterer } from '../../../lambdas/core/words/cluster.ts';
import type { StoryLine } from '../../../lambdas/core/words/story.ts';
import { numberOf } from './cluster-stories.ts';

/** A story that another was compared with: the score (above 0: likelier one event than not), and what it is made of. */
export interface NearStory {
  readonly number: number;
  readonly score: number;
  readonly isCopy: boolean;
  readonly evidence: Readonly<Record<string, number>>;
}

/** Nearest stories told of each. */
const nearestMax = 3;

/** The rules, and what they compared: the nearest stories of each, found by itself or by those that came after it. */
export interface ExplainingClusterer {
  readonly clusterer: Clusterer;
  nearest(number: number): readonly NearStory[];
}

/** Clustering that remembers, for every story, the nearest of those it was compared with. */
export function createExplainingClusterer(
  clusterer: Clusterer,
  weights: ClusterWeights,
): ExplainingClusterer {
  const words = new WordWeights(weights);
  const nearest = new Map<number, readonly NearStory[]>();
  const note = (number: number, near: NearStory): void => {
    const others = (nearest.get(number) ?? []).filter((other) => other.number !== near.number);
    const sorted = [...others, near].sort(
      (one, other) => other.score - one.score || one.number - other.number,
    );
    nearest.set(number, sorted.slice(0, nearestMax));
  };
  const related = (line: StoryLine, candidates: readonly StoryLine[]): readonly StoryLine[] => {
    const own = signatureOf(line, words);
    for (const candidate of candidates) {
      const other = signatureOf(candidate, words);
      const shares = evidenceShares(own, other, weights).filter(({ adds }) => adds !== 0);
      const found = {
        score: rounded(similarity(own, other, weights)),
        isCopy: isCopy(own, other),
        evidence: Object.fromEntries(shares.map(({ name, adds }) => [name, rounded(adds)])),
      };
      note(numberOf(line.id), { number: numberOf(candidate.id), ...found });
      note(numberOf(candidate.id), { number: numberOf(line.id), ...found });
    }
    return clusterer.related(line, candidates);
  };
  return { clusterer: { ...clusterer, related }, nearest: (number) => nearest.get(number) ?? [] };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
