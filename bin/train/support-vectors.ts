/** A text as the learner sees it: columns with values, and for each output what the rules add to the margin. */
export interface Example {
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly offsets: Float64Array;
}

/** What to learn: for each example yes, no or nothing (left out). */
export interface LearningTask {
  readonly output: number;
  readonly labels: Int8Array;
  readonly columnCount: number;
  /** How dearly an error costs against large weights, for yes and for no. */
  readonly cost: { readonly yes: number; readonly no: number };
}

const rounds = 12;

/**
 * The weights of a linear support vector machine with squared hinge loss, found by dual coordinate descent. The offsets
 * stand in the margin from the start, so the weights learn what the rules do not know. The last column is the bias.
 * The same input gives the same weights. Source: Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear
 * SVM, ICML 2008, algorithm 1.
 */
export function supportVectorWeights(examples: readonly Example[], task: LearningTask): Float64Array {
  const { labels, output, cost } = task;
  const weights = new Float64Array(task.columnCount);
  const alphas = new Float64Array(examples.length);
  const lengths = examples.map(({ values }) => values.reduce((sum, value) => sum + value * value, 0));
  const order = examples.map((_, index) => index).filter((index) => labels[index] !== 0);
  const random = seeded(output + 1);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (example === undefined) continue;
      const label = labels[index] ?? 0;
      const softness = 0.5 / (label > 0 ? cost.yes : cost.no);
      const alpha = alphas[index] ?? 0;
      const gradient = label * marginOf(example, weights, output) - 1 + softness * alpha;
      const next = Math.max(0, alpha - gradient / ((lengths[index] ?? 0) + softness));
      if (next === alpha) continue;
      alphas[index] = next;
      addTo(weights, example, (next - alpha) * label);
    }
  }
  return weights;
}

/** How clearly an example says yes (above 0) or no to an output. */
export function marginOf(
  { columns, values, offsets }: Example,
  weights: Float64Array,
  output: number,
): number {
  let margin = offsets[output] ?? 0;
  for (let at = 0; at < columns.length; at += 1)
    margin += (weights[columns[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return margin;
}

function addTo(weights: Float64Array, { columns, values }: Example, step: number): void {
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at] ?? 0;
    weights[column] = (weights[column] ?? 0) + step * (values[at] ?? 0);
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** The same stream of numbers in [0, 1) for the same seed. Source: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
