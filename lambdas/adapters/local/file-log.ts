import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import type { EventName } from '../../core/words/events.ts';
import { isoTime } from '../../core/words/time.ts';
import type { Clock, Log } from '../../ports.ts';

/** A log that has grown to this is set aside as `<name>.1`, in place of the one before, so the two stay below 40 MB. */
const usualBytesMax = 20_000_000;

/** A log whose lines also reach a listener, which the local run counts with. */
interface FileLog extends Log {
  close(): void;
}

/** `complain` is told the first time that the file cannot be written; the run goes on and later lines are still tried. */
interface FileLogOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly complain: (problem: string) => void;
  readonly listener?: (event: EventName, fields: Readonly<Record<string, unknown>>) => void;
  readonly bytesMax?: number;
}

/**
 * One JSON line per event in a file: `{time, level, message, ...fields}`, the shape the cloud's logger writes. An error
 * among the fields is written as its name, message, stack and code. Lines are written at once, so a killed run has them
 * all and a slow disk never makes a queue of them in memory.
 */
export function createFileLog(options: FileLogOptions): FileLog {
  const file = createRotatingFile(options.path, options.bytesMax ?? usualBytesMax);
  let complained = false;
  const append = (text: string): void => {
    try {
      file.append(text);
    } catch (error) {
      if (complained) return;
      complained = true;
      const got = error instanceof Error ? error.message : String(error);
      options.complain(
        `Expected to write the log ${options.path}, got ${got}; lines are lost until it can be written`,
      );
    }
  };
  const write = (level: string) => (event: EventName, fields: Readonly<Record<string, unknown>>) => {
    const line = { time: isoTime(options.clock()), level, message: event, ...fields };
    append(
      `${JSON.stringify(line, (_key, value: unknown) => (value instanceof Error ? plainError(value) : value))}\n`,
    );
    options.listener?.(event, fields);
  };
  return { info: write('INFO'), warn: write('WARN'), error: write('ERROR'), close: file.close };
}

/** Opened at the first line and again after each rotation; `append` throws what the file system says. */
function createRotatingFile(path: string, bytesMax: number) {
  let open: { readonly descriptor: number; bytes: number } | null = null;
  const opened = () => {
    const descriptor = openSync(path, 'a');
    return { descriptor, bytes: fstatSync(descriptor).size };
  };
  const close = (): void => {
    if (open !== null) closeSync(open.descriptor);
    open = null;
  };
  const append = (text: string): void => {
    open ??= opened();
    if (open.bytes >= bytesMax) {
      close();
      renameSync(path, `${path}.1`);
      open = opened();
    }
    open.bytes += writeSync(open.descriptor, text);
  };
  return { append, close };
}

function plainError(error: Error): Record<string, unknown> {
  const code = 'code' in error ? { code: error.code } : {};
  return { name: error.name, message: error.message, stack: error.stack, ...code };
}
