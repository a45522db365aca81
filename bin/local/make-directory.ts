import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a directory and those above it that are missing. Not by `recursive: true`: where the file system answers ENOENT
 * in a directory that exists, as /proc does, node tries for ever (measured on Node 20). Throws what the file system says.
 */
export function makeDirectory(directory: string): void {
  const missing: string[] = [];
  let at = path.resolve(directory);
  while (!exists(at)) {
    missing.push(at);
    at = path.dirname(at);
  }
  for (const name of missing.reverse()) makeOne(name);
  if (!statSync(directory).isDirectory()) throw new Error(`EEXIST: not a directory, '${directory}'`);
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Another process may have made it meanwhile, which is as good. */
function makeOne(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
