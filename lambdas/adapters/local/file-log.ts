import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import type { EventName } from '../../core/words/events.ts';
import { isoTime } from '../../core/words/time.ts';
import type { Clock, Log } from '../../ports.ts';

/** Above this size an old log is set aside as `<name>.1` at the next start. */
const logBytesMax = 20_000_000;

/** A log whose lines also reach a listener, which the local run counts with. */
export interface FileLog extends Log {
  close(): Promise<void>;
}

export type LogListener = (event: EventName, fields: Readonly<Record<string, unknown>>) => void;

/**
 * One JSON line per event in a file: `{time, level, message, ...fields}`, the shape the cloud's logger writes. An error
 * among the fields is written as its name, message, stack and code.
 */
export function createFileLog(options: {
  readonly path: string;
  readonly clock: Clock;
  readonly listener?: LogListener;
}): FileLog {
  if (existsSync(options.path) && statSync(options.path).size > logBytesMax)
    renameSync(options.path, `${options.path}.1`);
  const stream = createWriteStream(options.path, { flags: 'a' });
  const write = (level: string) => (event: EventName, fields: Readonly<Record<string, unknown>>) => {
    const line = { time: isoTime(options.clock()), level, message: event, ...fields };
    stream.write(
      `${JSON.stringify(line, (_key, value: unknown) => (value instanceof Error ? plainError(value) : value))}\n`,
    );
    options.listener?.(event, fields);
  };
  const close = () => new Promise<void>((resolve) => stream.end(resolve));
  return { info: write('INFO'), warn: write('WARN'), error: write('ERROR'), close };
}

function plainError(error: Error): Record<string, unknown> {
  const code = 'code' in error ? { code: error.code } : {};
  return { name: error.name, message: error.message, stack: error.stack, ...code };
}
