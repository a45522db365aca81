import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

/** Where a local wire is served unless asked otherwise. */
export const usualPort = 8787;

const fileOf = (directory: string): string => path.join(directory, 'serving.json');
const Served = z.object({ url: z.string() });

/**
 * Notes in the data directory where its wire is served, for `sitrep query`; gives what takes the note away. A directory
 * that cannot be written costs the note and not the server.
 */
export function noteServedAddress(directory: string, url: string): () => void {
  try {
    writeFileSync(fileOf(directory), JSON.stringify({ url }));
  } catch {
    return () => undefined;
  }
  return () => rmSync(fileOf(directory), { force: true });
}

/** Where the wire of this directory was last said to be served; null: nowhere. A run that was killed leaves its note behind. */
export function servedAddress(directory: string): string | null {
  try {
    return Served.parse(JSON.parse(readFileSync(fileOf(directory), 'utf8'))).url;
  } catch {
    return null;
  }
}
