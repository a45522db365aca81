import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CommandIo, usageError } from '../../command.ts';
import { dataDirectory } from '../../compile-data.ts';

const options = {
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  feeds: { type: 'string' },
  // The same under the names that read better after `import`, and as it was called first.
  into: { type: 'string' },
  catalogue: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  concurrency: { type: 'string' },
  timeout: { type: 'string' },
  source: { type: 'string' },
  id: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** An option of `sitrep feeds`. */
export type FeedsOption = keyof typeof options;

/** A sub-command as it was called: which catalogue, what else, and where to print. */
export interface FeedsCall {
  /** The catalogue, absolute; `isOwnFile` when it was named and is not the one that comes with Sitrep. */
  readonly catalogueFile: string;
  readonly isOwnFile: boolean;
  readonly values: Values;
  readonly operands: readonly string[];
  readonly io: CommandIo;
}

/** Options and operands of a call, in any order. Throws a usage error on an unknown option. */
export function parseFeedsArgs(args: readonly string[]): { values: Values; positionals: string[] } {
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

/** The call of a sub-command that takes these options. Throws a usage error on one that it does not take. */
export function feedsCall(
  name: string,
  parsed: { readonly values: Values; readonly operands: readonly string[] },
  takes: readonly FeedsOption[],
  io: CommandIo,
): FeedsCall {
  const { values, operands } = parsed;
  const allowed = new Set<string>(takes);
  const stray = Object.keys(values).find((option) => !allowed.has(option));
  if (stray !== undefined)
    throw usageError(
      `Expected options of \`feeds ${name}\` (${takes.map((option) => `--${option}`).join(', ')}), got --${stray}`,
    );
  const files = [values.feeds, values.into, values.catalogue].filter((file) => file !== undefined);
  if (files.length > 1) throw usageError(`Expected one catalogue file, got ${files.length}`);
  const [file] = files;
  if (file === '') throw usageError('Expected a catalogue file, got an empty name');
  const catalogueFile =
    file === undefined ? path.join(dataDirectory, 'feeds.yaml') : path.resolve(io.workingDirectory, file);
  return { catalogueFile, isOwnFile: file !== undefined, values, operands, io };
}

/** Throws a usage error unless there are exactly so many operands; `what` names them. */
export function expectOperands({ operands }: FeedsCall, count: number, what: string): void {
  if (operands.length !== count) throw usageError(`Expected ${what}, got ${operands.length}`);
}
