import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCatalogue } from '../lambdas/core/catalogue.ts';
import type { Catalogue } from '../lambdas/core/feed.ts';
import { readOpml } from '../lambdas/core/opml.ts';

/** A catalogue file that cannot be used; the message lists every problem with its line. */
export class CatalogueError extends Error {
  readonly code = 'CATALOGUE_INVALID';
  override readonly name = 'CatalogueError';
}

/** Reads a catalogue from `.yaml`, `.yml` or `.opml`. Throws CatalogueError naming file, line and field of each problem. */
export function readCatalogueFile(file: string): Catalogue {
  const text = readText(file);
  const reading = path.extname(file) === '.opml' ? readOpml(text) : readCatalogue(text, path.basename(file));
  if (reading.ok) return reading.catalogue;
  throw new CatalogueError(`Expected a catalogue in ${file}, got:\n${reading.problems.map((line) => `  ${line}`).join('\n')}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CatalogueError(`Expected a readable file, got ${file}`, { cause });
  }
}
