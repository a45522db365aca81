import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { createClusterer } from '../../lambdas/core/cluster/clusterer.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import { isUsageError, usageError } from '../command.ts';
import type { CommandIo } from '../command.ts';
import { dataDirectory, loadClusterWeights, loadData } from '../compile-data.ts';
import { type InputLine, ndjsonLines } from '../ndjson-lines.ts';
import { createStoryClusters, type Standing, type StoryClusters } from './cluster/cluster-stories.ts';
import { createExplainingClusterer, type NearStory } from './cluster/near-stories.ts';
import { createToldTimes } from './cluster/told-time.ts';

const usage = 'Usage: sitrep cluster [FILE|-] [--explain] [--data DIR]';

const help = `${usage}

Finds the stories of one event, and copies of one text. Reads NDJSON {"id","title","summary","outlet","published"} in the
order of time from FILE or standard input and writes, when all of it is read, a line for each in the same order:
{"id","story","cluster"}

  story        id of the story whose text this one has: its own, or that of the original where it is a copy
  cluster      id of the story the event began with; its own for a story alone

"published" may be a time, a day, or null (then it is taken to have come right after the line before). Every story goes
the way of the wire: the same rules, the same order of work, in memory.

  --explain    adds "explain": the nearest stories it was compared with, how they scored (above 0: likelier one event
               than not), what that is made of, and whether they ended as one copy or one cluster
  --data DIR   takes topics.yaml, gazetteer/ and cluster-weights.json from another data folder
  --help       shows this

A line that cannot be read is named on standard error and left out; the rest is done and the exit code is 1.
`;

const text = z.optional(z.nullable(z.string()));
const Item = z.object({
  id: z.union([z.string(), z.number()]),
  title: text,
  summary: text,
  outlet: text,
  published: text,
});
type Item = z.infer<typeof Item>;

type Io = Pick<CommandIo, 'stdin' | 'stdout' | 'stderr'>;

/** `sitrep cluster`: exit code 0, 1 when a line or the data could not be read, 2 for wrong usage. */
export async function runCluster(args: readonly string[], io: Io): Promise<number> {
  try {
    const { values, positionals } = parseClusterArgs(args);
    if (values.help) return write(io.stdout, help).then(() => 0);
    if (values.data === '') throw usageError('Expected a data folder, got an empty name');
    const directory = values.data ?? dataDirectory;
    const weights = loadClusterWeights(directory);
    const clusterer = createClusterer(weights);
    const explaining = values.explain ? createExplainingClusterer(clusterer, weights) : null;
    const tag = createTagger(loadData(directory).rules);
    const clusters = createStoryClusters({ clusterer: explaining?.clusterer ?? clusterer, tag });
    const { ids, exitCode } = await putAll(positionals[0] ?? '-', clusters, io);
    await print(io.stdout, { ids, standings: await clusters.standings(), nearest: explaining?.nearest });
    return exitCode;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(isUsageError(error) ? `${message}\n${usage}\n` : `${message}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}

function parseClusterArgs(args: readonly string[]) {
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

/** Puts every story that can be read; gives their ids in order, and 1 when a line could not be read. */
async function putAll(file: string, clusters: StoryClusters, io: Io) {
  const name = file === '-' ? 'stdin' : file;
  const ids: Item['id'][] = [];
  const lines = new Map<Item['id'], number>();
  const timeOf = createToldTimes();
  let exitCode = 0;
  const complain = (line: InputLine, problem: string): void => {
    io.stderr.write(`${name}:${line.number}: ${problem}\n`);
    exitCode = 1;
  };
  for await (const line of ndjsonLines(file === '-' ? io.stdin : createReadStream(file))) {
    const item = readItem(line);
    if (typeof item === 'string') {
      complain(line, item);
      continue;
    }
    const { id, title, summary, outlet, published } = item;
    const earlier = lines.get(id);
    const time = timeOf(published ?? null);
    if (earlier !== undefined) complain(line, `expected an id of its own, got that of line ${earlier}`);
    else if (time === 'unreadable')
      complain(
        line,
        `expected published to be a date or null, got ${JSON.stringify(published).slice(0, 60)}`,
      );
    else {
      lines.set(id, line.number);
      ids.push(id);
      await clusters.put({ title: title ?? '', summary: summary ?? '', outlet: outletOf(outlet), time });
    }
  }
  return { ids, exitCode };
}

/** Outlets that are told are compared without case and space around. */
function outletOf(outlet: string | null | undefined): string | null {
  const name = (outlet ?? '').trim().toLowerCase().slice(0, 200);
  return name === '' ? null : name;
}

/** The item of a line, or what is wrong with it. */
function readItem(line: InputLine): Item | string {
  const expected = 'expected an object with id, title, summary, outlet and published';
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

interface Output {
  readonly ids: readonly Item['id'][];
  readonly standings: readonly Standing[];
  readonly nearest: ((number: number) => readonly NearStory[]) | undefined;
}

async function print(stdout: NodeJS.WritableStream, output: Output): Promise<void> {
  const { ids, standings, nearest } = output;
  for (const [number, { story, cluster }] of standings.entries()) {
    const line = { id: ids[number], story: ids[story], cluster: ids[cluster] };
    const explain =
      nearest === undefined
        ? {}
        : { explain: { nearest: nearest(number).map((near) => told(near, number, output)) } };
    await write(stdout, `${JSON.stringify({ ...line, ...explain })}\n`);
  }
}

function told({ number: other, ...near }: NearStory, number: number, { ids, standings }: Output) {
  const [one, two] = [standings[number], standings[other]];
  const together = {
    sameCluster: one?.cluster === two?.cluster,
    sameStory: one?.story === two?.story,
  };
  return { id: ids[other], ...together, ...near };
}

async function write(stream: NodeJS.WritableStream, output: string): Promise<void> {
  if (!stream.write(output)) await once(stream, 'drain');
}
