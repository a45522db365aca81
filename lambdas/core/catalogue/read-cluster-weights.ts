import * as z from 'zod/mini';
import { type ClusterWeights, clusterWeightsVersion } from '../cluster/weights.ts';

const Weights = z.object({
  version: z.literal(clusterWeightsVersion),
  stories: z.int().check(z.positive()),
  words: z.array(z.string()).check(z.maxLength(64)),
  folds: z.string(),
  classes: z.array(z.string()).check(z.maxLength(10_000)),
  evidence: z.array(z.number()).check(z.maxLength(256)),
  bias: z.number(),
  keySigns: z.array(z.number()).check(z.maxLength(256)),
  keyBias: z.number(),
});

export type ClusterWeightsReading =
  | { readonly ok: true; readonly weights: ClusterWeights }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks the text of `cluster-weights.json`. */
export function readClusterWeights(text: string, fileName: string): ClusterWeightsReading {
  const result = z.safeParse(Weights, parsed(text));
  if (result.success) return { ok: true, weights: result.data };
  const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the file');
  const problem = `${fileName}:1 ${fields.join(', ')}: expected cluster weights of version ${clusterWeightsVersion}`;
  return { ok: false, problems: [problem] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
