import type { Clusterer } from '../words/cluster.ts';
import type { StoryLine } from '../words/story.ts';
import { isCopy } from './copy.ts';
import { blockingKeys } from './keys.ts';
import { placeStory } from './place.ts';
import { signatureOf } from './signature.ts';
import type { Signature } from './signature.ts';
import { never, similarity } from './similarity.ts';
import type { ClusterWeights } from './weights.ts';
import { WordWeights } from './weights.ts';

/** Related stories that are weighed at most; the strongest are kept. */
export const relatedMax = 24;

/** A candidate below this score is not worth reading again: it could only join through others, which are then found themselves. */
const relatedScoreMin = -2;

/** Groups are joined above this average score; 0 would be as likely one event as not. Measured on labelled reports. */
const border = -0.7;

/** Clustering by these weights; pure. Throws a RangeError when the weights are of another version. */
export function createClusterer(weights: ClusterWeights): Clusterer {
  const words = new WordWeights(weights);
  const known = new WeakMap<StoryLine, Signature>();
  const signature = (line: StoryLine): Signature => {
    const made = known.get(line) ?? signatureOf(line, words);
    known.set(line, made);
    return made;
  };
  const score = (one: StoryLine, other: StoryLine): number =>
    similarity(signature(one), signature(other), weights);
  const copies = (one: StoryLine, other: StoryLine): boolean => isCopy(signature(one), signature(other));
  return {
    keysOf: (line) => blockingKeys(signature(line), words, weights),
    related: (line, candidates) => strongest(line, candidates, { score, copies }),
    place: (input) => placeStory(input, { score, isCopy: copies, border }),
  };
}

interface Rules {
  readonly score: (one: StoryLine, other: StoryLine) => number;
  readonly copies: (one: StoryLine, other: StoryLine) => boolean;
}

function strongest(line: StoryLine, candidates: readonly StoryLine[], rules: Rules): StoryLine[] {
  const unique = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  unique.delete(line.id);
  return [...unique.values()]
    .map((candidate) => {
      const score = rules.score(line, candidate);
      return {
        candidate,
        score: score > relatedScoreMin || !rules.copies(line, candidate) ? score : -relatedScoreMin,
      };
    })
    .filter(({ score }) => score > Math.max(never, relatedScoreMin))
    .sort((one, other) => other.score - one.score || (one.candidate.id < other.candidate.id ? -1 : 1))
    .slice(0, relatedMax)
    .map(({ candidate }) => candidate);
}
