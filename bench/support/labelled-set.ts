import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { relevances } from '../../lambdas/core/words/story.ts';

const names = z._default(z.array(z.string()), []);

const Labelled = z.object({
  title: z.nullable(z.string()),
  summary: z.nullable(z.string()),
  relevance: z.enum(relevances),
  topics: z.array(z.string()),
  countries: names,
  organisations: names,
  people: names,
  systems: names,
  operations: names,
  entities_labelled: z.optional(z.boolean()),
});

/** A story with everything an annotator says of it. */
export type FullyLabelled = z.infer<typeof Labelled>;

/** The labelled stories of an NDJSON file, or null when it is not there. Throws when a line is not what it should be. */
export function labelledSet(file: string): readonly FullyLabelled[] | null {
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => Labelled.parse(JSON.parse(line)));
}

/** Spellings of names and what they stand for; none when the file is not there. */
export function spellingsOf(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  return new Map(
    Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))),
  );
}
