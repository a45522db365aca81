/** A stream to print to that may be a terminal, with its size if it is. */
export type Terminal = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
};

/** What a command is given: streams, where it was called, and a signal that a person wants it to end. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly workingDirectory: string;
  readonly interrupted: AbortSignal;
}

/** A command of the command line. `run` gives the exit code: 0 ok, 1 failed; it throws a usage error for 2. */
export interface Command {
  readonly summary: string;
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** Wrong usage: the message says what was expected and got; the command line adds the usage line and exits with 2. */
export class UsageError extends Error {
  readonly code = 'USAGE';
  override readonly name = 'UsageError';
}

export const usageError = (message: string): UsageError => new UsageError(message);

/** Is this the argument parser, or a command, saying that it was called wrongly? */
export const isUsageError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  (error.code === 'USAGE' || error.code.startsWith('ERR_PARSE_ARGS'));
