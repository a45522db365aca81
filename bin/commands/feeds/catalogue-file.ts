import { existsSync } from 'node:fs';
import path from 'node:path';
import { readCatalogue } from '../../../lambdas/core/catalogue/catalogue.ts';
import { withAdditions } from '../../../lambdas/core/catalogue/catalogue-yaml.ts';
import type { Catalogue } from '../../../lambdas/core/words/feed.ts';
import { readCatalogueText } from '../../catalogue-text.ts';
import { usageError } from '../../command.ts';
import { DataError } from '../../compile-data.ts';
import { replaceFile } from '../../replace-file.ts';
import type { FeedsCall } from './feeds-call.ts';

/** The catalogue of a call; what an OPML list lacks is noted on stderr. Throws DataError when it is not valid. */
export function loadCatalogue(call: FeedsCall): Catalogue {
  return catalogueOf(call, readCatalogueText(call.catalogueFile));
}

/** A catalogue to be added to, and its text as it was read. */
export interface OpenCatalogue {
  readonly catalogue: Catalogue;
  readonly text: string;
}

const emptyText = 'sources: []\nfeeds: []\n';

/**
 * Opens the catalogue of a call for additions. One that was named and is not there begins empty where `mayBegin` says so.
 * Throws a usage error for an OPML file (it could not carry all fields), DataError when the file is not valid.
 */
export function openCatalogue(call: FeedsCall, mayBegin: boolean): OpenCatalogue {
  const file = call.catalogueFile;
  if (/\.opml$/i.test(file)) throw usageError(`Expected a YAML catalogue to add to, got ${file}`);
  const isNew = mayBegin && call.isOwnFile && !existsSync(file);
  const text = isNew ? emptyText : readCatalogueText(file);
  return { catalogue: catalogueOf(call, text), text };
}

/**
 * Adds entries to the catalogue file that was opened. Throws, with the file as it was, when it was changed meanwhile or
 * when the whole would not be a valid catalogue any more.
 */
export function addToCatalogue({ catalogueFile }: FeedsCall, opened: OpenCatalogue, added: Catalogue): void {
  const next = withAdditions(opened.text, added);
  const now = existsSync(catalogueFile) ? readCatalogueText(catalogueFile) : emptyText;
  if (now !== opened.text)
    throw new Error(`Expected ${catalogueFile} to stay as it was read, got another content; run this again`);
  replaceFile(catalogueFile, next);
}

function catalogueOf({ catalogueFile, io }: FeedsCall, text: string): Catalogue {
  const reading = readCatalogue(text, path.relative(io.workingDirectory, catalogueFile));
  if (!reading.ok) throw new DataError(reading.problems);
  for (const note of reading.notes) io.stderr.write(`${note}\n`);
  return reading.catalogue;
}
