/** A labelled report by id with the cluster and the copy group that were given to it. */
export interface ScoredReport {
  readonly id: string;
  readonly story: string;
  readonly event: string;
  readonly kind: string;
  readonly cluster: string;
  readonly copyOf: string;
  readonly at: number;
}

export interface PairScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ClusterScores {
  readonly bcubed: PairScore;
  readonly pairwise: PairScore;
  /** Merges of two stories of one event are neither right nor wrong. */
  readonly lenient: PairScore;
  readonly recallByKind: Readonly<Record<string, string>>;
  readonly falseMerges: {
    readonly sameEvent: readonly (readonly [string, string])[];
    readonly otherEvent: readonly (readonly [string, string])[];
  };
  readonly missed: readonly (readonly [string, string])[];
  readonly copies: {
    readonly precision: number;
    readonly wrong: readonly (readonly [string, string])[];
    readonly recallByKind: Readonly<Record<string, string>>;
  };
}

/** Pairs of copies are looked for within this time. */
const copyWindowMs = 3 * 86_400_000;

/** Scores as the customary measures define them: pairs, and B-cubed over reports. */
export function clusterScores(reports: readonly ScoredReport[]): ClusterScores {
  const sameEvent: [string, string][] = [];
  const otherEvent: [string, string][] = [];
  const missed: [string, string][] = [];
  const wrongCopies: [string, string][] = [];
  let [right, copyPairs] = [0, 0];
  const kinds = new Map<string, [number, number]>();
  const copyKinds = new Map<string, [number, number]>();
  reports.forEach((one, at) => {
    for (const other of reports.slice(at + 1)) {
      const isWanted = one.story === other.story;
      const isGiven = one.cluster === other.cluster;
      const isCopy = one.copyOf === other.copyOf;
      const isNear = Math.abs(one.at - other.at) <= copyWindowMs;
      if (isWanted) count(kinds, one.kind, isGiven);
      if (isWanted && isNear) count(copyKinds, one.kind, isCopy);
      if (isCopy) copyPairs += 1;
      if (isCopy && !isWanted) wrongCopies.push([one.id, other.id]);
      if (isGiven && isWanted) right += 1;
      else if (isGiven) (one.event === other.event ? sameEvent : otherEvent).push([one.id, other.id]);
      else if (isWanted) missed.push([one.id, other.id]);
    }
  });
  const wrong = sameEvent.length + otherEvent.length;
  return {
    bcubed: bcubed(
      reports,
      ({ cluster }) => cluster,
      ({ story }) => story,
    ),
    pairwise: score(right, wrong, missed.length),
    lenient: score(right, otherEvent.length, missed.length),
    recallByKind: shares(kinds),
    falseMerges: { sameEvent, otherEvent },
    missed,
    copies: {
      precision: copyPairs === 0 ? 1 : 1 - wrongCopies.length / copyPairs,
      wrong: wrongCopies,
      recallByKind: shares(copyKinds),
    },
  };
}

/** B-cubed precision and recall of one division of the items against another. */
export function bcubed<Item>(
  items: readonly Item[],
  given: (item: Item) => string,
  wanted: (item: Item) => string,
): PairScore {
  const sizes = new Map<string, number>();
  const note = (key: string): void => void sizes.set(key, (sizes.get(key) ?? 0) + 1);
  for (const item of items) {
    note(`g${given(item)}`);
    note(`w${wanted(item)}`);
    note(`b${given(item)}\n${wanted(item)}`);
  }
  let [precision, recall] = [0, 0];
  for (const item of items) {
    const both = sizes.get(`b${given(item)}\n${wanted(item)}`) ?? 0;
    precision += both / (sizes.get(`g${given(item)}`) ?? 1);
    recall += both / (sizes.get(`w${wanted(item)}`) ?? 1);
  }
  return withF1(precision / Math.max(1, items.length), recall / Math.max(1, items.length));
}

function count(kinds: Map<string, [number, number]>, kind: string, isFound: boolean): void {
  const [found, all] = kinds.get(kind) ?? [0, 0];
  kinds.set(kind, [found + (isFound ? 1 : 0), all + 1]);
}

const shares = (kinds: ReadonlyMap<string, readonly [number, number]>): Record<string, string> =>
  Object.fromEntries(
    [...kinds]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([kind, [found, all]]) => [kind, `${found}/${all}=${(found / all).toFixed(2)}`]),
  );

const score = (right: number, wrong: number, missed: number): PairScore =>
  withF1(
    right + wrong === 0 ? 1 : right / (right + wrong),
    right + missed === 0 ? 1 : right / (right + missed),
  );

const withF1 = (precision: number, recall: number): PairScore => {
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
};
