/** Right, wrong and missed answers. */
export interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/** Precision, recall and their harmonic mean, 0 to 1; 0 where nothing was answered or wanted. */
export interface Score extends Count {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Scores of a set of labels: all answers together, the mean over labels that are wanted at all, and each label. */
export interface LabelScores {
  readonly micro: Score;
  readonly macroF1: number;
  readonly labels: ReadonlyMap<string, Score>;
}

/** What is wanted and what was given for one text. */
export interface Answer {
  readonly wanted: readonly string[];
  readonly given: readonly string[];
}

/** Scores answers by label; the order and repeats of an answer's labels do not count. */
export function labelScores(answers: readonly Answer[]): LabelScores {
  const counts = new Map<string, { right: number; wrong: number; missed: number }>();
  const at = (label: string) => {
    const count = counts.get(label) ?? { right: 0, wrong: 0, missed: 0 };
    counts.set(label, count);
    return count;
  };
  for (const { wanted, given } of answers) {
    const wants = new Set(wanted);
    const gives = new Set(given);
    for (const label of gives) if (wants.has(label)) at(label).right += 1;
    for (const label of gives) if (!wants.has(label)) at(label).wrong += 1;
    for (const label of wants) if (!gives.has(label)) at(label).missed += 1;
  }
  const labels = new Map([...counts].map(([label, count]) => [label, scoreOf(count)]));
  const wantedLabels = [...labels.values()].filter(({ right, missed }) => right + missed > 0);
  const sum = (pick: (count: Count) => number) =>
    [...labels.values()].reduce((all, count) => all + pick(count), 0);
  return {
    micro: scoreOf({ right: sum((c) => c.right), wrong: sum((c) => c.wrong), missed: sum((c) => c.missed) }),
    macroF1: wantedLabels.reduce((all, { f1 }) => all + f1, 0) / Math.max(1, wantedLabels.length),
    labels,
  };
}

/** Precision, recall and F1 of a count. */
export function scoreOf({ right, wrong, missed }: Count): Score {
  const precision = right === 0 ? 0 : right / (right + wrong);
  const recall = right === 0 ? 0 : right / (right + missed);
  const f1 = right === 0 ? 0 : (2 * right) / (2 * right + wrong + missed);
  return { right, wrong, missed, precision, recall, f1 };
}

/**
 * A name as two spellings of it are compared: case, punctuation and a leading `the` do not count, and a known spelling
 * stands for its canonical one.
 */
export function comparableName(name: string, spellings: ReadonlyMap<string, string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim()
    .replace(/^the /, '');
  return spellings.get(plain) ?? plain;
}
