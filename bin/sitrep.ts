import { version } from '../lambdas/core/words/version.ts';
import { type Command, type CommandIo, isUsageError } from './command.ts';

interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<Command['run']>;
  /** It holds work that must not be cut off, also when nobody reads its output any more. */
  readonly endsInOrder?: boolean;
}

/** Commands are loaded when they are called, so that `--help` answers at once. */
const commands: Readonly<Record<string, CommandEntry>> = {
  local: {
    summary: 'run the whole pipeline on this machine (what `npm start` does)',
    load: async () => (await import('./commands/local.ts')).runLocal,
    endsInOrder: true,
  },
  parse: {
    summary: 'read a feed document and print its entries',
    load: async () => (await import('./commands/parse.ts')).runParse,
  },
  tag: {
    summary: 'tag stories given as NDJSON',
    load: async () => (await import('./commands/tag.ts')).runTag,
  },
  cluster: {
    summary: 'find copies and the stories of one event among stories given as NDJSON',
    load: async () => (await import('./commands/cluster.ts')).runCluster,
  },
  topics: {
    summary: 'lint the taxonomy: dead, overlapping and shadowed phrases',
    load: async () => (await import('./commands/topics.ts')).runTopics,
  },
  query: {
    summary: 'ask a wire for stories, as the API does, from a terminal',
    load: async () => (await import('./commands/query.ts')).runQuery,
    endsInOrder: true,
  },
  feeds: {
    summary: 'check the feeds of the catalogue; list, add, import and export them',
    load: async () => (await import('./commands/feeds.ts')).runFeeds,
  },
  retag: {
    summary: 'apply the taxonomy to the stories already stored, or say what that would change',
    load: async () => (await import('./commands/retag.ts')).runRetag,
    endsInOrder: true,
  },
};

const usage = 'Usage: sitrep COMMAND [options]   (sitrep --help lists the commands)';

const help = (): string => {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}   ${summary}`);
  return `Sitrep ${version}: a defence-news wire that polls feeds, de-duplicates and tags stories and serves them as feeds.

Usage: sitrep COMMAND [options]

Commands:
${lines.join('\n')}

sitrep COMMAND --help says more. Exit codes: 0 ok, 1 failed, 2 wrong usage.
`;
};

/**
 * Runs the command line; gives the exit code. The first interrupt asks the command to end, the second ends the process,
 * and so do ten seconds without an end.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') return print(help());
  if (name === '--version') return print(`${version}\n`);
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const got = name === undefined ? 'nothing' : `\`${name.slice(0, 60)}\``;
    process.stderr.write(`Expected a command (${Object.keys(commands).join(', ')}), got ${got}\n${usage}\n`);
    return 2;
  }
  const run = await command.load();
  const interrupt = new AbortController();
  const reader = watchReader(() => (command.endsInOrder === true ? interrupt.abort() : process.exit(0)));
  const exitCode = await guarded(() => run(rest, commandIo(interrupt)), `sitrep ${name}`);
  return reader.isGone() ? 0 : exitCode;
}

/**
 * Whoever reads our output may leave before its end (`| head`); that is no failure of ours. Calls back once when stdout
 * is closed; what cannot be said on stderr is dropped.
 */
function watchReader(onGone: () => void): { isGone(): boolean } {
  let gone = false;
  process.stdout.on('error', (error: Error) => {
    const isGone = 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
    if (!isGone) {
      process.stderr.write(`Expected an output that can be written to, got ${error.message}\n`);
      process.exit(1);
    }
    if (gone) return;
    gone = true;
    onGone();
  });
  process.stderr.on('error', () => undefined);
  return { isGone: () => gone };
}

/** A command that was interrupted has ended by then (milliseconds), whatever it was doing. */
const interruptedMsMax = 9_500;

function commandIo(interrupt: AbortController): CommandIo {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupt.signal.aborted) process.exit(130);
      setTimeout(() => process.exit(130), interruptedMsMax).unref();
      interrupt.abort();
    });
  }
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr, workingDirectory: process.cwd(), interrupted: interrupt.signal };
}

async function guarded(run: () => Promise<number>, command: string): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (isUsageError(error)) {
      process.stderr.write(`${error.message}\nUsage: ${command} [options]   (${command} --help says more)\n`);
      return 2;
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function print(text: string): number {
  watchReader(() => process.exit(0));
  process.stdout.write(text);
  return 0;
}
