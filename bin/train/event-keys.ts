import { keyCandidates, keySignNames } from '../../lambdas/core/cluster/keys.ts';
import { signatureOf } from '../../lambdas/core/cluster/signature.ts';
import { WordWeights } from '../../lambdas/core/cluster/weights.ts';
import type { ClusterWeights } from '../../lambdas/core/cluster/weights.ts';
import type { LabelledReport } from './labelled-events.ts';
import { logisticWeights } from './logistic.ts';
import type { LogisticRow } from './logistic.ts';

const ridge = 0.5;

/** Learns by which signs a key of a report is a key of the other reports of its story too. */
export function learnKeys(
  reports: readonly LabelledReport[],
  background: ClusterWeights,
): Pick<ClusterWeights, 'keySigns' | 'keyBias'> {
  const words = new WordWeights(background);
  const stories = new Map<string, ReturnType<typeof keyCandidates>[]>();
  for (const { story, line } of reports) {
    const keys = keyCandidates(signatureOf(line, words), words);
    stories.set(story, [...(stories.get(story) ?? []), keys]);
  }
  const rows = [...stories.values()].flatMap(rowsOf);
  const { weights, bias } = logisticWeights(rows, keySignNames.length, ridge);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return { keySigns: weights.map(rounded), keyBias: rounded(bias) };
}

/** For each key of each report: the share of the story's other reports that have it. */
function rowsOf(members: readonly ReturnType<typeof keyCandidates>[]): LogisticRow[] {
  if (members.length < 2) return [];
  const holders = new Map<string, number>();
  for (const keys of members) for (const { key } of keys) holders.set(key, (holders.get(key) ?? 0) + 1);
  return members.flatMap((keys) =>
    keys.flatMap(({ key, signs }) => {
      const share = ((holders.get(key) ?? 1) - 1) / (members.length - 1);
      return [
        { values: signs, isSame: true, cost: share / members.length },
        { values: signs, isSame: false, cost: (1 - share) / members.length },
      ].filter(({ cost }) => cost > 0);
    }),
  );
}
