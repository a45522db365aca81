import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { claimDataDirectory } from '../../../bin/local/data-directory.ts';
import { processStart } from '../../../bin/local/process-start.ts';
import { temporaryDirectory } from '../../support/local-run.ts';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) directory.remove();
});

const dayMs = 86_400_000;
/** Above the largest number that Linux gives a process (2^22), so nobody has it. */
const nobody = 4_194_305;

function directoryWith(marker: unknown) {
  const directory = temporaryDirectory();
  made.push(directory);
  const markerPath = path.join(directory.path, 'running.json');
  if (marker !== undefined)
    writeFileSync(markerPath, typeof marker === 'string' ? marker : JSON.stringify(marker));
  const left = (): unknown =>
    existsSync(markerPath) ? JSON.parse(readFileSync(markerPath, 'utf8')) : undefined;
  return { path: directory.path, left };
}

describe('claimDataDirectory', () => {
  it('leaves nothing behind after a clean stop, not even when the queues are drained later', () => {
    const { path: directory, left } = directoryWith(undefined);
    const claimed = claimDataDirectory(directory, dayMs);
    expect(claimed.uncleanSinceDay).toBeNull();
    expect(left()).toMatchObject({ pid: process.pid, drainedAt: dayMs });
    claimed.release();
    claimed.noteDrained(9 * dayMs);
    expect(left()).toBeUndefined();
  });

  it('names the day since which the run before may have lost entries, and moves it on when drained', () => {
    const { path: directory, left } = directoryWith({ pid: nobody, drainedAt: 5 * dayMs });
    const claimed = claimDataDirectory(directory, 9 * dayMs);
    expect(claimed.uncleanSinceDay).toBe(5);
    expect(left()).toMatchObject({ drainedAt: 5 * dayMs });
    claimed.noteDrained(10 * dayMs);
    expect(left()).toMatchObject({ pid: process.pid, drainedAt: 10 * dayMs });
  });

  it('keeps the unclean end of an earlier run on record when a start fails', () => {
    const { path: directory } = directoryWith({ pid: nobody, drainedAt: 5 * dayMs });
    claimDataDirectory(directory, 8 * dayMs).abandon();
    expect(claimDataDirectory(directory, 9 * dayMs).uncleanSinceDay).toBe(5);
    const fresh = directoryWith(undefined);
    claimDataDirectory(fresh.path, dayMs).abandon();
    expect(fresh.left()).toBeUndefined();
  });

  it.each(['', '{"pid":', '[]', '{"pid":"1","drainedAt":2}'])(
    'takes the marker %j, which it cannot read, for an unclean end at any time',
    (marker) => {
      expect(claimDataDirectory(directoryWith(marker).path, 9 * dayMs).uncleanSinceDay).toBe(0);
    },
  );

  it('refuses a directory that a living process holds, and names it', () => {
    const pid = process.ppid;
    for (const start of [processStart(pid), null]) {
      const { path: directory, left } = directoryWith({ pid, start, drainedAt: dayMs });
      expect(() => claimDataDirectory(directory, 2 * dayMs)).toThrow(`held by process ${pid}`);
      expect(left()).toEqual({ pid, start, drainedAt: dayMs });
    }
  });

  it('takes over from a process whose number another one has now, where that can be told', () => {
    const marker = { pid: process.ppid, start: 'another-boot/123', drainedAt: dayMs };
    const claim = () => claimDataDirectory(directoryWith(marker).path, 2 * dayMs).uncleanSinceDay;
    if (processStart(process.ppid) === null) expect(claim).toThrow('held by process');
    else expect(claim()).toBe(1);
  });

  it('says what it expected when there is no such directory to be had', () => {
    const { path: directory } = directoryWith('');
    const file = path.join(directory, 'running.json');
    for (const wrong of [file, path.join(file, 'below')])
      expect(() => claimDataDirectory(wrong, 0)).toThrow(`Expected --data ${wrong} to be a directory`);
  });
});

describe('processStart', () => {
  it('is the same for one process at any time, and null for none', () => {
    expect(processStart(process.pid)).toBe(processStart(process.pid));
    expect(processStart(nobody)).toBeNull();
  });
});
