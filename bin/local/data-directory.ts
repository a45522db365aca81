import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { epochDay } from '../../lambdas/core/words/time.ts';

/** A directory that another run holds. */
export class DirectoryInUse extends Error {
  readonly code = 'DIRECTORY_IN_USE';
  override readonly name = 'DirectoryInUse';
}

/** A claimed data directory. `uncleanSinceDay`: the last run ended without draining; days since the epoch, else null. */
export interface DataDirectory {
  readonly path: string;
  readonly uncleanSinceDay: number | null;
  /** Notes that at this moment every queue was empty: nothing handed on before it can be lost any more. */
  noteDrained(now: number): void;
  /** Gives the directory back after a clean stop. */
  release(): void;
}

const Marker = z.object({ pid: z.int(), drainedAt: z.number() });

/**
 * Claims the directory for this process with a marker file. A marker whose process is gone means the last run was killed
 * with messages in its in-memory queues. Throws DirectoryInUse while the other process lives.
 */
export function claimDataDirectory(directory: string, now: number): DataDirectory {
  mkdirSync(directory, { recursive: true });
  const markerPath = path.join(directory, 'running.json');
  const left = readMarker(markerPath);
  if (left !== null && left.pid !== process.pid && isAlive(left.pid)) {
    throw new DirectoryInUse(
      `Expected ${directory} to be free, got one held by process ${left.pid}; stop that run or choose another --data`,
    );
  }
  const write = (drainedAt: number) =>
    writeFileSync(markerPath, JSON.stringify({ pid: process.pid, drainedAt }));
  write(left?.drainedAt ?? now);
  let notedAt = 0;
  return {
    path: directory,
    uncleanSinceDay: left === null ? null : epochDay(left.drainedAt),
    noteDrained: (at) => {
      // Once a minute is enough: the marker only has to name the day.
      if (at - notedAt < 60_000) return;
      notedAt = at;
      write(at);
    },
    release: () => rmSync(markerPath, { force: true }),
  };
}

function readMarker(file: string): z.infer<typeof Marker> | null {
  try {
    const marker = Marker.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return marker.success ? marker.data : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
