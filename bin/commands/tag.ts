import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import type { Tags } from '../../lambdas/core/words/story.ts';
import { createExplainer } from '../../lambdas/core/tag/explain.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import type { TaggableText } from '../../lambdas/core/tag/tag.ts';
import type { TaggingRules } from '../../lambdas/core/tag/rules.ts';
import { nameKinds } from '../../lambdas/core/tag/rules.ts';
import { isUsageError, usageError } from '../command.ts';
import type { CommandIo } from '../command.ts';
import { dataDirectory, loadData } from '../compile-data.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import type { InputLine } from '../ndjson-lines.ts';

const usage = 'Usage: sitrep tag [FILE|-] [--explain] [--data DIR]';

const help = `${usage}

Tags stories. Reads NDJSON {"id","title","summary"} from FILE or standard input and writes a line for each:
{"id","relevance","topics":[{"topic","score","evidence"}],"countries":[],"organisations":[],"people":[],"systems":[],"operations":[]}

  --explain    adds "explain": the relevance score, for every name the words that caused it and where they stand, and
               "almost": topics that fell short, with their scores and words
  --data DIR   takes topics.yaml and gazetteer/ from another data folder
  --help       shows this

A line that cannot be read is named on standard error and left out; the rest is tagged and the exit code is 1.
`;

const text = z.optional(z.nullable(z.string()));
const Item = z.object({ id: z.union([z.string(), z.number()]), title: text, summary: text });

/** `sitrep tag`: tags NDJSON stories as they come. Exit code 0, 1 when a line or the data could not be read, 2 for wrong usage. */
export async function runTag(
  args: readonly string[],
  io: Pick<CommandIo, 'stdin' | 'stdout' | 'stderr'>,
): Promise<number> {
  try {
    const { values, positionals } = parseTagArgs(args);
    if (values.help) return write(io.stdout, help).then(() => 0);
    if (values.data === '') throw usageError('Expected a data folder, got an empty name');
    const { rules } = loadData(values.data ?? dataDirectory);
    return await tagAll(positionals[0] ?? '-', {
      line: values.explain ? explainedLine(rules) : taggedLine(rules),
      io,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(isUsageError(error) ? `${message}\n${usage}\n` : `${message}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}

function parseTagArgs(args: readonly string[]) {
  const parsed = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      explain: { type: 'boolean' },
      data: { type: 'string' },
      // The output is JSON in any case; the option exists on every command that prints data.
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (parsed.positionals.length > 1)
    throw usageError(`Expected at most one file, got ${parsed.positionals.length}`);
  return parsed;
}

/** What is printed for a story. */
type LineOf = (id: string | number, text: TaggableText) => Readonly<Record<string, unknown>>;

interface Job {
  readonly line: LineOf;
  readonly io: Pick<CommandIo, 'stdin' | 'stdout' | 'stderr'>;
}

async function tagAll(file: string, { line: lineOf, io }: Job): Promise<number> {
  const name = file === '-' ? 'stdin' : file;
  const stream = file === '-' ? io.stdin : createReadStream(file);
  let exitCode = 0;
  for await (const line of ndjsonLines(stream)) {
    const item = readItem(line);
    if (typeof item === 'string') {
      io.stderr.write(`${name}:${line.number}: ${item}\n`);
      exitCode = 1;
      continue;
    }
    const text = { title: item.title ?? '', summary: item.summary ?? '' };
    await write(io.stdout, `${JSON.stringify(lineOf(item.id, text))}\n`);
  }
  return exitCode;
}

/** The item of a line, or what is wrong with it. */
function readItem(line: InputLine): z.infer<typeof Item> | string {
  const expected = 'expected an object with id, title and summary';
  if (line.tooLong) return `${expected}, got a line that is too long`;
  const got = line.text.trim().slice(0, 80);
  try {
    const result = z.safeParse(Item, JSON.parse(line.text));
    if (result.success) return result.data;
    const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the value').join(', ');
    return `${expected}, got something else in ${fields}: ${got}`;
  } catch {
    return `${expected}, got no JSON: ${got}`;
  }
}

function taggedLine(rules: TaggingRules): LineOf {
  const tag = createTagger(rules);
  return (id, text) => tagLine(id, tag(text));
}

function explainedLine(rules: TaggingRules): LineOf {
  const explain = createExplainer(rules);
  return (id, text) => {
    const { tags, relevanceScore, almost } = explain(text);
    const names = Object.fromEntries(nameKinds.map((kind) => [kind, tags[kind]] as const));
    return { ...tagLine(id, tags), explain: { relevanceScore, ...names, almost } };
  };
}

function tagLine(id: string | number, tags: Tags): Readonly<Record<string, unknown>> {
  const names = nameKinds.map((kind) => [kind, tags[kind].map(({ name }) => name)] as const);
  return { id, relevance: tags.relevance, topics: tags.topics, ...Object.fromEntries(names) };
}

async function write(stream: NodeJS.WritableStream, output: string): Promise<void> {
  if (!stream.write(output)) await once(stream, 'drain');
}
