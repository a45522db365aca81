/** Scores are rounded to this fraction of one, so that sums are exact and the same in every order of adding. */
const fraction = 2 ** 20;

/**
 * Groups of 0 … count-1 by average link: the two groups whose pairs score highest on average are joined, as long as that
 * average is above `border`. `together` are pairs that belong together whatever they score. The answer depends on the
 * scores alone; of equal averages the pair with the lower numbers goes first, so callers number by a total order.
 * Work grows with the cube of `count`, which callers bound. Groups and their members come in ascending order.
 */
export function averageLinkGroups(input: {
  readonly count: number;
  readonly score: (one: number, other: number) => number;
  readonly together: readonly (readonly [number, number])[];
  readonly border: number;
}): number[][] {
  const { count, border } = input;
  const groups = joinedAtFirst(count, input.together);
  const sums = groups.map((one, at) =>
    groups.map((other, index) => (index === at ? 0 : sumOf(one, other, input.score))),
  );
  for (;;) {
    const best = bestPair(groups, sums, border);
    if (best === null) break;
    const [keep, gone] = best;
    groups[keep] = [...(groups[keep] ?? []), ...(groups[gone] ?? [])];
    groups[gone] = [];
    sums.forEach((row, at) => {
      if (at === keep || at === gone) return;
      const sum = (row[keep] ?? 0) + (row[gone] ?? 0);
      row[keep] = sum;
      const kept = sums[keep];
      if (kept !== undefined) kept[at] = sum;
    });
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => group.sort((one, other) => one - other))
    .sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
}

function joinedAtFirst(count: number, together: readonly (readonly [number, number])[]): number[][] {
  const root = Array.from({ length: count }, (_, index) => index);
  const rootOf = (index: number): number => {
    const up = root[index] ?? index;
    return up === index ? index : rootOf(up);
  };
  for (const [one, other] of together) {
    const [low, high] = [rootOf(one), rootOf(other)].sort((a, b) => a - b);
    if (low !== undefined && high !== undefined) root[high] = low;
  }
  const groups: number[][] = root.map(() => []);
  for (const index of root.keys()) groups[rootOf(index)]?.push(index);
  return groups.filter((group) => group.length > 0);
}

function sumOf(
  one: readonly number[],
  other: readonly number[],
  score: (one: number, other: number) => number,
): number {
  let sum = 0;
  for (const a of one)
    for (const b of other) sum += Math.round(score(Math.min(a, b), Math.max(a, b)) * fraction);
  return sum / fraction;
}

function bestPair(
  groups: readonly (readonly number[])[],
  sums: readonly (readonly number[])[],
  border: number,
): readonly [number, number] | null {
  let best: readonly [number, number] | null = null;
  let highest = border;
  for (let one = 0; one < groups.length; one += 1) {
    const size = groups[one]?.length ?? 0;
    if (size === 0) continue;
    for (let other = one + 1; other < groups.length; other += 1) {
      const pairs = size * (groups[other]?.length ?? 0);
      if (pairs === 0) continue;
      const average = (sums[one]?.[other] ?? 0) / pairs;
      if (average <= highest) continue;
      highest = average;
      best = [one, other];
    }
  }
  return best;
}
