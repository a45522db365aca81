import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inDataDirectory } from './in-data-directory.ts';
import { makeDirectory } from './make-directory.ts';

/**
 * When the sample wire of this data directory began (epoch milliseconds): now at the first run, and the same ever after,
 * so that after a restart the wire goes on where it was. Written beside the engine's files; throws when the directory
 * cannot be written.
 */
export function sampleEpoch(directory: string, now: number): number {
  const file = path.join(directory, 'sample-epoch');
  try {
    const epoch = Number(readFileSync(file, 'utf8'));
    if (Number.isSafeInteger(epoch) && epoch > 0) return epoch;
  } catch {
    // The first run here.
  }
  inDataDirectory(directory, () => {
    makeDirectory(directory);
    writeFileSync(file, String(now));
  });
  return now;
}
