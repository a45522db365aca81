import type { CommandIo, Terminal } from '../command.ts';
import { writeText } from '../write-text.ts';
import { findWire } from './query/find-wire.ts';
import { printDocument } from './query/print-document.ts';
import { type QueryAsked, readQueryOptions } from './query/query-options.ts';
import { type StoryPrinter, storyPrinter } from './query/story-printer.ts';
import { type TableLook, tableFields } from './query/story-table.ts';
import { walkStories, type WalkState } from './query/walk-stories.ts';
import type { Wire } from './query/wire.ts';

const help = `Usage: sitrep query [filters] [options]

Asks a wire for stories, newest first, and prints them as a table or as data. The filters are those of the API, with the
same values: \`a,b\` any of them; an option given again: all of them; \`-a\` none of them.

Filters:
  --topic T, --country C, --source S, --lang L, --kind K
  --org NAME, --person NAME, --system NAME, --operation NAME
  --q WORDS             words, "phrases" and -excluded words in title and summary
  --since T, --until T  2026-05-01, 2026-05-01T12:00Z, 24h, 7d
  --collapse HOW        none, copies (default: one of the same text) or cluster (one of an event)

Options:
  --format F            table (default), json, csv or ndjson; --json is --format json
  --fields A,B          fields and their order, of json, csv and ndjson
  --limit N             stories at most (default 50)
  --all                 every story that matches; Ctrl-C ends with what there is
  --cursor C            go on where an earlier answer ended
  --id ID               one story, with the reason for every tag
  --cluster ID          one event with its stories
  --endpoint URL        ask the wire at this address (or in SITREP_ENDPOINT)
  --data DIR            the wire whose files are there (default: those in .sitrep/)
  --help                this text

Without --endpoint it asks the local server that runs; without one it reads the wire's files. Times are UTC. In the table
\`+2\` is the number of copies by other sources, \`*\` an event with several stories. docs/api.md describes the data.
Exit codes: 0 ok, 1 failed, 2 wrong usage or a refused filter, 130 interrupted.
`;

/** `sitrep query`. Gives the exit code; throws a usage error for wrong options, and what the wire says of a refused filter. */
export async function runQuery(
  args: readonly string[],
  io: CommandIo,
  environment: Environment = process.env,
): Promise<number> {
  const asked = readQueryOptions(args);
  if (asked === null) {
    await writeText(io.stdout, help);
    return 0;
  }
  try {
    return await answer(asked, io, environment);
  } catch (error) {
    if (io.interrupted.aborted) return interruptedCode;
    throw error;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

async function answer(asked: QueryAsked, io: CommandIo, environment: Environment): Promise<number> {
  const { endpoint, data, what } = asked;
  const wire = await findWire({
    endpoint,
    variable: environment.SITREP_ENDPOINT || null,
    data,
    workingDirectory: io.workingDirectory,
    signal: io.interrupted,
    // The engine and its client take long to load and are of no use to whoever asks an address.
    open: async (directory) => (await import('./query/open-wire.ts')).openWire(directory),
  });
  try {
    const means = { io, look: lookOf(io.stdout, environment) };
    if (what !== 'stories') return await printDocument(wire, { ...asked, what }, means);
    return await printStories(wire, asked, means);
  } finally {
    await wire.close();
  }
}

/** The table keeps to this where no terminal says how wide it is. */
const usualWidth = 80;
const [widthMin, widthMax] = [40, 200];

/** Source of NO_COLOR: no-color.org. */
function lookOf(stdout: Terminal, environment: Environment): TableLook {
  const isTerminal = stdout.isTTY === true;
  const width = isTerminal ? stdout.columns || usualWidth : usualWidth;
  const wantsNone = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  return {
    width: Math.min(widthMax, Math.max(widthMin, width)),
    colours: isTerminal && !wantsNone,
    nowMs: Date.now(),
  };
}

interface Means {
  readonly io: CommandIo;
  readonly look: TableLook;
}

/** What was printed before an interrupt or a fault stays complete in its format and says how to go on. */
async function printStories(wire: Wire, asked: QueryAsked, { io, look }: Means): Promise<number> {
  const { format } = asked;
  const printer = storyPrinter(format, io.stdout, look);
  const progress = progressLine(io.stderr, asked.all);
  let readerGone = false;
  io.stdout.once('error', () => {
    readerGone = true;
  });
  let state: WalkState = { stories: 0, cursor: asked.cursor };
  const walk = {
    ...asked,
    format: format === 'table' ? 'json' : format,
    fields: format === 'table' ? tableFields : asked.fields,
  };
  try {
    await walkStories(wire, walk, {
      signal: io.interrupted,
      onPage: (page) => {
        progress.clear();
        return printer.page(page);
      },
      onState: (reached) => {
        state = reached;
        progress.show(reached.stories);
      },
    });
  } catch (error) {
    progress.clear();
    // Whoever left before the end (`| head`) has all they wanted and is told nothing.
    if (!readerGone) await endEarly(printer, state, io.stderr);
    throw error;
  }
  progress.clear();
  await printer.end(state.cursor);
  if (io.stderr.isTTY === true || format === 'table') io.stderr.write(closingLine(state, look.width));
  return 0;
}

/** As a shell reports a command that Ctrl-C ended. */
const interruptedCode = 130;

async function endEarly(printer: StoryPrinter, state: WalkState, stderr: Terminal): Promise<void> {
  if (state.stories === 0) return;
  await printer.end(state.cursor);
  const onward = state.cursor === null ? '' : `; --cursor ${state.cursor} goes on`;
  stderr.write(`Ended early, after ${countOf(state.stories)}${onward}.
`);
}

const countOf = (stories: number): string =>
  `${stories.toLocaleString('en-GB')} ${stories === 1 ? 'story' : 'stories'}`;

function closingLine({ stories, cursor }: WalkState, width: number): string {
  const count = stories === 0 && cursor === null ? 'No story matches.' : `${countOf(stories)}.`;
  const more = cursor === null ? '' : ` There may be more: --all, or --cursor ${cursor}`;
  // A cursor is no use in part, so it stands on a line of its own rather than being cut.
  const line = `${count}${more}`;
  return line.length <= width ? `${line}\n` : `${count} There may be more: --all, or --cursor\n${cursor}\n`;
}

/** One line on a terminal that says how far it came; nothing elsewhere. */
function progressLine(stderr: Terminal, wanted: boolean) {
  let isShown = false;
  const clear = (): void => {
    if (isShown) stderr.write('\r\u001b[2K');
    isShown = false;
  };
  return {
    clear,
    show: (stories: number): void => {
      if (!wanted || stderr.isTTY !== true) return;
      clear();
      stderr.write(`${countOf(stories)} …`);
      isShown = true;
    },
  };
}
