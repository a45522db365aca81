/** Chances that several independent signs are all wrong, turned round: 1 − Π(1 − weight). */
export function combined(weights: Iterable<number>): number {
  let doubt = 1;
  for (const weight of weights) doubt *= 1 - Math.min(1, Math.max(0, weight));
  return 1 - doubt;
}
