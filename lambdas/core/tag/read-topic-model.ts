import * as z from 'zod/mini';
import { featureVersion } from './text-features.ts';
import type { TopicModelData } from './topic-model.ts';

const Model = z.object({
  featureVersion: z.literal(featureVersion),
  trainedOn: z.object({ stories: z.int(), taxonomyVersion: z.int() }),
  outputs: z.array(z.string()).check(z.maxLength(256)),
  bias: z.array(z.number()),
  unit: z.number().check(z.positive()),
  rowCount: z.int().check(z.minimum(0), z.maximum(1_000_000)),
  keys: z.string(),
  rows: z.string(),
});

export type TopicModelReading =
  | { readonly ok: true; readonly model: TopicModelData | null }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks the text of `topic-model.json`; an absent file (empty text) is no model, and the rules then stand alone. */
export function readTopicModel(text: string, fileName: string): TopicModelReading {
  if (text === '') return { ok: true, model: null };
  const result = z.safeParse(Model, parsed(text));
  if (result.success) return { ok: true, model: result.data };
  const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the file');
  const problem = `${fileName}:1 ${fields.join(', ')}: expected a topic model of feature version ${featureVersion}; \`npm run train\` makes it anew`;
  return { ok: false, problems: [problem] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
