import { parseArgs } from 'node:util';
import { readTimeBound, timeBoundsAllowed } from '../../lambdas/core/query/query-time.ts';
import type { RetagMode } from '../../lambdas/core/retag/retag-progress.ts';
import type { WalkEnd } from '../../lambdas/retag/walk-history.ts';
import { type CommandIo, usageError } from '../command.ts';
import { dataDirectory, loadData } from '../compile-data.ts';
import { writeText } from '../write-text.ts';
import { retagLocally } from './retag/retag-locally.ts';
import { progressScreen } from './retag/progress-screen.ts';
import { summaryTable } from './retag/summary-table.ts';
import { wireDirectory } from './retag/wire-directory.ts';

const help = `Usage: sitrep retag [--dry-run] [options]

Applies the taxonomy as it now is to the stories already stored, newest first, and prints how many stories gain or lose
each topic, with examples. With --dry-run it prints what would change and writes nothing. Ids, dates and revisions stay as
they are: re-tagging is no edit. Stop a local run of the wire first.

Options:
  --dry-run       only say what would change
  --data DIR      the wire: where \`sitrep local\` keeps its files (default: the one in .sitrep/)
  --rules DIR     take topics.yaml, gazetteer/ and what was learnt from another folder than data/
  --since T       only stories from then on: 2026-05-01, 30d, 12h
  --limit N       read at most N stories now; the next run goes on where this one ended
  --restart       begin anew where an earlier run left off unfinished
  --json          print one JSON object
  --help          this text

A run that is stopped, by Ctrl-C or otherwise, goes on where it was when it is started again with the same rules.
In the cloud: docs/runbook.md, "Re-tag history".
Exit codes: 0 done, 1 failed or stopped, 2 wrong usage.
`;

const options = {
  'dry-run': { type: 'boolean' },
  data: { type: 'string' },
  rules: { type: 'string' },
  since: { type: 'string' },
  limit: { type: 'string' },
  restart: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** `sitrep retag`. Gives the exit code; throws a usage error for a wrong option. */
export async function runRetag(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args: [...args], options, strict: true });
  if (values.help) {
    await writeText(io.stdout, help);
    return 0;
  }
  const mode: RetagMode = values['dry-run'] ? 'dry-run' : 'apply';
  const now = Date.now();
  const asked = {
    mode,
    since: sinceOf(values, now),
    storiesMax: limitOf(values),
    restart: values.restart ?? false,
  };
  for (const name of ['data', 'rules'] as const)
    if (values[name] === '') throw usageError(`Expected --${name} to have a name, got an empty one`);
  const directory = wireDirectory(io.workingDirectory, values.data);
  const { rules } = loadData(values.rules ?? dataDirectory);
  const screen = progressScreen(io.stderr);
  try {
    const complain = (problem: string): void => screen.say(problem);
    const clock = Date.now;
    const walk = { ...asked, directory, rules, clock, stop: io.interrupted, complain, onBatch: screen.show };
    const ended = await retagLocally(walk);
    screen.clear();
    await printEnd(ended, values, io);
    for (const line of whatNext(ended)) screen.say(line);
    return ended.end === 'stopped' || ended.end === 'overtaken' || ended.progress.summary.failed > 0 ? 1 : 0;
  } finally {
    screen.clear();
  }
}

function sinceOf({ since }: Values, now: number): string | null {
  if (since === undefined) return null;
  const bound = readTimeBound(since, now);
  if (bound === null)
    throw usageError(`Expected --since to be ${timeBoundsAllowed}, got ${JSON.stringify(since)}`);
  return bound.at;
}

function limitOf({ limit }: Values): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  const count = Number(limit);
  if (!/^\d{1,9}$/.test(limit) || count === 0)
    throw usageError(`Expected --limit to be a number of stories from 1, got ${JSON.stringify(limit)}`);
  return count;
}

/** Lines keep to this where no terminal says how wide it is. */
const usualWidth = 80;

/** Narrower terminals wrap. */
const widthMin = 40;

async function printEnd({ end, progress }: WalkEnd, values: Values, io: CommandIo): Promise<void> {
  if (!values.json) {
    await writeText(io.stdout, summaryTable(progress, Math.max(widthMin, io.stdout.columns ?? usualWidth)));
    return;
  }
  const { mode, fingerprint, taxonomyVersion, since, startedAt, updatedAt, cursor, summary } = progress;
  const { topics, relevance, names, ...counts } = summary;
  const finished = end === 'finished';
  const walk = {
    mode,
    finished,
    fingerprint,
    taxonomyVersion,
    since,
    startedAt,
    updatedAt,
    at: cursor?.sortTime ?? null,
  };
  await writeText(io.stdout, `${JSON.stringify({ ...walk, stories: counts, topics, relevance, names })}\n`);
}

/** What a person should know or do after this end; goes to stderr. */
function whatNext({ end, progress }: WalkEnd): string[] {
  const isTrial = progress.mode === 'dry-run';
  const onward = isTrial
    ? 'Nothing was written.'
    : 'What is done is saved; `sitrep retag` goes on from there.';
  if (end === 'stopped') return [`Stopped before the end of history. ${onward}`];
  if (end === 'bounded') return [`Read as many stories as --limit allows; there are older ones. ${onward}`];
  if (end === 'overtaken') return ['Another run of `sitrep retag` took over; this one ended.'];
  return isTrial ? ['Nothing was written; `sitrep retag` applies it.'] : [];
}
