import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runFeeds } from '../../bin/commands/feeds.ts';

/** What `sitrep feeds` gave: its exit code and what it printed. */
export interface FeedsRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly stdin?: Uint8Array;
  readonly interrupted?: AbortSignal;
}

/** Runs `sitrep feeds` in this process; arguments one by one, or as a list with options. */
export async function feeds(
  ...call: readonly string[] | readonly [readonly string[], RunOptions]
): Promise<FeedsRun> {
  const [first, options] = call;
  const args = Array.isArray(first) ? first : call.map(String);
  const { stdin, interrupted = new AbortController().signal } = typeof options === 'object' ? options : {};
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const outputs = Promise.all([text(stdout), text(stderr)]);
  const exitCode = await runFeeds(args, {
    stdin: Readable.from(stdin === undefined ? [] : [stdin]),
    stdout,
    stderr,
    workingDirectory: process.cwd(),
    interrupted,
  });
  stdout.end();
  stderr.end();
  const [out, err] = await outputs;
  return { exitCode, out, err };
}
