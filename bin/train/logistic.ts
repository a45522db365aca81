/** One row of a regression: its values, the answer, and how much an error on it costs. */
export interface LogisticRow {
  readonly values: readonly number[];
  readonly isSame: boolean;
  readonly cost: number;
}

const roundsMax = 40;
/** Pulls weights towards 0 where the rows say little. */
const ridgeDefault = 2;

/**
 * Weights and constant of a logistic regression with a small ridge, by Newton's method; the same rows give the same
 * weights. Throws nothing; without rows all weights are 0.
 */
export function logisticWeights(
  rows: readonly LogisticRow[],
  count: number,
  ridge = ridgeDefault,
): { readonly weights: number[]; readonly bias: number } {
  const size = count + 1;
  let beta = Array.from({ length: size }, () => 0);
  for (let round = 0; round < roundsMax; round += 1) {
    const step = newtonStep({ rows, beta, ridge });
    beta = beta.map((value, at) => value + (step[at] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return { weights: beta.slice(0, count), bias: beta[count] ?? 0 };
}

function newtonStep({
  rows,
  beta,
  ridge,
}: {
  readonly rows: readonly LogisticRow[];
  readonly beta: readonly number[];
  readonly ridge: number;
}): number[] {
  const size = beta.length;
  const gradient = beta.map((value, at) => (at === size - 1 ? 0 : -ridge * value));
  const curvature = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_unused, column) =>
      row === column ? (row === size - 1 ? 1e-6 : ridge) : 0,
    ),
  );
  for (const { values, isSame, cost } of rows) {
    const x = [...values, 1];
    let margin = 0;
    for (let at = 0; at < size; at += 1) margin += (beta[at] ?? 0) * (x[at] ?? 0);
    const chance = 1 / (1 + Math.exp(-margin));
    const error = ((isSame ? 1 : 0) - chance) * cost;
    const spread = Math.max(1e-6, chance * (1 - chance)) * cost;
    for (let row = 0; row < size; row += 1) {
      const value = x[row] ?? 0;
      if (value === 0) continue;
      gradient[row] = (gradient[row] ?? 0) + error * value;
      const line = curvature[row];
      if (line === undefined) continue;
      for (let column = 0; column < size; column += 1)
        line[column] = (line[column] ?? 0) + spread * value * (x[column] ?? 0);
    }
  }
  return solved(curvature, gradient);
}

/** The solution of a linear system whose matrix is positive definite, by elimination. */
function solved(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((line, at) => [...line, right[at] ?? 0]);
  const size = rows.length;
  for (let at = 0; at < size; at += 1) {
    const pivot = rows[at];
    if (pivot === undefined) break;
    for (const row of rows.slice(at + 1)) {
      const factor = (row[at] ?? 0) / (pivot[at] ?? 1);
      if (factor !== 0)
        for (let column = at; column <= size; column += 1)
          row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
    }
  }
  const answer = Array.from({ length: size }, () => 0);
  for (let at = size - 1; at >= 0; at -= 1) {
    const row = rows[at] ?? [];
    let sum = row[size] ?? 0;
    for (let column = at + 1; column < size; column += 1) sum -= (row[column] ?? 0) * (answer[column] ?? 0);
    answer[at] = sum / (row[at] ?? 1);
  }
  return answer;
}
