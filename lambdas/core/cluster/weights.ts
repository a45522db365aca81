/**
 * What the clustering rules know beforehand, as `data/cluster-weights.json` holds it; made by `bin/train/learn-events.ts`
 * from the project's own labelled stories and nothing else.
 */
export interface ClusterWeights {
  /** The shape of the data; a reader refuses another one (see `clusterWeightsVersion`). */
  readonly version: number;
  /** Stories of the background that the weights of words were counted in. */
  readonly stories: number;
  /** Words (stems, parted by spaces), countries (`@ru`), classes (`%12`) and topics of countries (`@ru|air.drones`) by how many stories of the background hold them: step n holds 2^n to 2^(n+1) - 1. */
  readonly words: readonly string[];
  /** Spellings of countries and of those who belong to them: `russian=@ru north_korean=@kp`, parted by spaces. */
  readonly folds: string;
  /** Words of one meaning by class: a line for each class, stems parted by spaces; `shoot_down` is two words. */
  readonly classes: readonly string[];
  /** How much each piece of evidence counts for two stories being one event (see `evidenceNames`), and the constant. */
  readonly evidence: readonly number[];
  readonly bias: number;
  /** How likely a key is one of the next report too, by its signs (see `keySignNames`), and the constant. */
  readonly keySigns: readonly number[];
  readonly keyBias: number;
}

/** The version of the shape above, and of what the evidence means. */
export const clusterWeightsVersion = 1;

/** Topics of countries with fewer stories than 2 to this power are not listed. */
export const unlistedTopicStep = 2;

/** How much a word says, from its frequency in the background. */
export class WordWeights {
  readonly #steps = new Map<string, number>();
  readonly #weights: readonly number[];
  readonly #unseen: number;
  readonly folds: ReadonlyMap<string, string>;
  readonly classes: ReadonlyMap<string, readonly string[]>;

  /** Throws a RangeError when the data is of another version. */
  constructor(data: ClusterWeights) {
    if (data.version !== clusterWeightsVersion)
      throw new RangeError(
        `Expected cluster weights of version ${clusterWeightsVersion}, got ${data.version}`,
      );
    data.words.forEach((words, step) => {
      for (const word of split(words)) this.#steps.set(word, step);
    });
    const weight = (count: number): number => Math.log((data.stories + 1) / (count + 0.5));
    this.#weights = data.words.map((_words, step) => weight(1.5 * 2 ** step - 0.5));
    // A word that the background lacks is a name or rare: as rare as one that it holds once.
    this.#unseen = weight(0.7);
    this.folds = readFolds(data.folds);
    this.classes = readClasses(data.classes);
  }

  /** The weight of a stem: the logarithm of one over the share of background stories that hold it. */
  of(stem: string): number {
    const step = this.#steps.get(stem);
    return step === undefined ? this.#unseen : (this.#weights[step] ?? this.#unseen);
  }

  /** The weight of a topic of a country; rare ones are not listed, and weigh as much as the rarest listed. */
  ofTopic(key: string): number {
    const step = this.#steps.get(key) ?? unlistedTopicStep;
    return this.#weights[step] ?? this.#unseen;
  }

  /** Does the background hold the stem often enough to tell how common it is? */
  knows(stem: string): boolean {
    return this.#steps.has(stem);
  }
}

/** Countries by how they are written, from `ClusterWeights.folds`. */
export const readFolds = (folds: string): Map<string, string> => new Map(split(folds).map(cut));

/** The classes of each word, `%12`, from `ClusterWeights.classes`. */
export function readClasses(lines: readonly string[]): Map<string, readonly string[]> {
  const classes = new Map<string, readonly string[]>();
  lines.forEach((words, index) => {
    for (const word of split(words)) classes.set(word, [...(classes.get(word) ?? []), `%${index}`]);
  });
  return classes;
}

const split = (list: string): string[] => (list === '' ? [] : list.split(' '));

function cut(fold: string): readonly [string, string] {
  const at = fold.indexOf('=');
  return [fold.slice(0, at), fold.slice(at + 1)];
}
