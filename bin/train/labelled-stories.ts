import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { relevances } from '../../lambdas/core/words/story.ts';

const Labelled = z.object({
  title: z.string(),
  summary: z.string(),
  relevance: z.enum(relevances),
  topics: z.array(z.string()),
});

/** A story with what an annotator says of it; topics are in order of weight, and empty unless relevance is core. */
export type LabelledStory = z.infer<typeof Labelled>;

/**
 * The labelled stories of a folder of NDJSON files, files in order of name. Throws with file and line when one is not
 * what it should be or names a topic that is not among `slugs`.
 */
export function readLabelledStories(directory: string, slugs: ReadonlySet<string>): LabelledStory[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.ndjson'));
  return files.sort().flatMap((name) => {
    const lines = readFileSync(path.join(directory, name), 'utf8').split('\n');
    return lines.flatMap((line, index) =>
      line.trim() === '' ? [] : [readStory(line, { at: `${name}:${index + 1}`, slugs })],
    );
  });
}

function readStory(
  line: string,
  { at, slugs }: { readonly at: string; readonly slugs: ReadonlySet<string> },
): LabelledStory {
  const result = z.safeParse(Labelled, parsed(line));
  if (!result.success) throw new Error(`${at}: expected a labelled story, got ${line.slice(0, 80)}`);
  const unknown = result.data.topics.find((slug) => !slugs.has(slug));
  if (unknown !== undefined) throw new Error(`${at}: expected a topic of topics.yaml, got ${unknown}`);
  if (result.data.relevance !== 'core' && result.data.topics.length > 0)
    throw new Error(`${at}: expected no topics for a story that is not core`);
  return result.data;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
