import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { epochDay } from '../../lambdas/core/words/time.ts';
import { inDataDirectory } from './in-data-directory.ts';
import { makeDirectory } from './make-directory.ts';
import { processStart } from './process-start.ts';

/** A claimed data directory. `uncleanSinceDay`: the last run ended without draining; days since the epoch, else null. */
interface DataDirectory {
  readonly path: string;
  readonly uncleanSinceDay: number | null;
  /** Notes that at this moment every queue was empty: nothing handed on before it can be lost any more. */
  noteDrained(now: number): void;
  /** Gives the directory back after a clean stop. */
  release(): void;
  /** Gives the directory back as it was found, for a start that failed: an unclean end of the run before stays on record. */
  abandon(): void;
}

const Marker = z.object({
  pid: z.int(),
  start: z._default(z.nullable(z.string()), null),
  drainedAt: z.number(),
});
type Marker = z.infer<typeof Marker>;

/**
 * Claims the directory for this process with a marker file. A marker whose process is gone means the last run was killed
 * with messages in its in-memory queues; one that cannot be read means so since ever. Throws while the other process
 * lives, and when the directory cannot be made or written.
 */
export function claimDataDirectory(directory: string, now: number): DataDirectory {
  const markerPath = path.join(directory, 'running.json');
  const left = inDataDirectory(directory, () => {
    makeDirectory(directory);
    return readMarker(markerPath);
  });
  if (left !== null && left.pid !== process.pid && isAlive(left)) {
    throw new Error(
      `Expected ${directory} to be free, got one held by process ${left.pid}; stop that run or choose another --data`,
    );
  }
  const start = processStart(process.pid);
  let held = true;
  const write = (drainedAt: number) => writeMarker(markerPath, { pid: process.pid, start, drainedAt });
  inDataDirectory(directory, () => write(left?.drainedAt ?? now));
  let notedAt = 0;
  const giveBack = (marker: Marker | null): void => {
    held = false;
    if (marker === null) rmSync(markerPath, { force: true });
    else writeMarker(markerPath, marker);
  };
  return {
    path: directory,
    uncleanSinceDay: left === null ? null : epochDay(left.drainedAt),
    noteDrained: (at) => {
      // Once a minute is enough: the marker only has to name the day.
      if (!held || at - notedAt < 60_000) return;
      notedAt = at;
      write(at);
    },
    release: () => giveBack(null),
    abandon: () => giveBack(left),
  };
}

function readMarker(file: string): Marker | null {
  if (!existsSync(file)) return null;
  const unreadable = { pid: process.pid, start: null, drainedAt: 0 };
  try {
    const marker = Marker.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return marker.success ? marker.data : unreadable;
  } catch {
    return unreadable;
  }
}

/** Set in place whole: a marker cut off by a full disk or a kill would say less than the one before. */
function writeMarker(file: string, marker: Marker): void {
  writeFileSync(`${file}.new`, JSON.stringify(marker));
  renameSync(`${file}.new`, file);
}

/** The same number is another process when it started at another time: after a reboot, or in another container. */
function isAlive({ pid, start }: Marker): boolean {
  if (!hasProcess(pid)) return false;
  const now = processStart(pid);
  return start === null || now === null || start === now;
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
