import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalogue } from '../../lambdas/core/catalogue/catalogue.ts';
import { additionsTo } from '../../lambdas/core/catalogue/catalogue-merge.ts';
import { renderCatalogue, withAdditions } from '../../lambdas/core/catalogue/catalogue-yaml.ts';
import type { Catalogue } from '../../lambdas/core/words/feed.ts';
import { opmlOfCatalogue, renderOpml } from '../../lambdas/core/catalogue/opml.ts';
import { isUsageError, usageError } from '../command.ts';
import type { CommandIo } from '../command.ts';
import { DataError, dataDirectory } from '../compile-data.ts';

const usage =
  'Usage: sitrep feeds list [--json] | import FILE.opml [--dry-run] | export [--format opml|yaml]   [--catalogue FILE]';

const help = `${usage}

  list                 prints the feeds of the catalogue; --json: {"sources":[…],"feeds":[…]}
  import FILE.opml     adds the feeds of an OPML list that the catalogue lacks, and prints what was added as YAML;
                       --dry-run prints it and changes nothing
  export               prints the catalogue as OPML 2.0 (default) or YAML

  --catalogue FILE     another catalogue than data/feeds.yaml; list and export also take .opml
  --help               shows this
`;

type Streams = Pick<CommandIo, 'stdout' | 'stderr'>;

interface FeedsCall {
  readonly catalogueFile: string;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly format: string;
  readonly files: readonly string[];
  readonly io: Streams;
}

/** Each subcommand gives its exit code. */
const subcommands: Readonly<Record<string, (call: FeedsCall) => number>> = {
  list: listFeeds,
  import: importFeeds,
  export: exportFeeds,
};

/** `sitrep feeds`: exit code 0, 1 when a file cannot be read or is not valid, 2 for wrong usage. */
export async function runFeeds(args: readonly string[], io: Streams): Promise<number> {
  try {
    const { values, positionals } = parseFeedsArgs(args);
    const [name, ...files] = positionals;
    if (values.help) {
      io.stdout.write(help);
      return 0;
    }
    const run = name !== undefined && Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (run === undefined)
      throw usageError(`Expected one of ${Object.keys(subcommands).join(', ')}, got ${name ?? 'nothing'}`);
    const catalogueFile = values.catalogue ?? path.join(dataDirectory, 'feeds.yaml');
    const { json = false, 'dry-run': dryRun = false, format = 'opml' } = values;
    return run({ catalogueFile, json, dryRun, format, files, io });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(isUsageError(error) ? `${message}\n${usage}\n` : `${message}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}

function parseFeedsArgs(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      format: { type: 'string' },
      catalogue: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function listFeeds({ catalogueFile, json, files, io }: FeedsCall): number {
  expectFiles(files, 0);
  const catalogue = load(catalogueFile, io);
  if (json) {
    io.stdout.write(`${JSON.stringify(catalogue)}\n`);
    return 0;
  }
  const rows = catalogue.feeds.map(({ id, kind, country, language, url }) => [
    id,
    kind,
    country,
    language,
    url,
  ]);
  io.stdout.write(table(['feed', 'kind', 'country', 'lang', 'address'], rows));
  return 0;
}

function exportFeeds({ catalogueFile, format, files, io }: FeedsCall): number {
  expectFiles(files, 0);
  if (format !== 'opml' && format !== 'yaml')
    throw usageError(`Expected --format to be opml or yaml, got ${format}`);
  const catalogue = load(catalogueFile, io);
  const about = { topicFeeds: [], title: 'Sitrep feeds', dateCreated: new Date().toISOString() };
  io.stdout.write(
    format === 'yaml' ? renderCatalogue(catalogue) : renderOpml(opmlOfCatalogue(catalogue, about)),
  );
  return 0;
}

function importFeeds({ catalogueFile, dryRun, files, io }: FeedsCall): number {
  expectFiles(files, 1);
  const [file = ''] = files;
  // Whatever it is called, what is imported is OPML; the name only shows in messages.
  const reading = readCatalogue(readText(file), /\.opml$/i.test(file) ? file : `${file}.opml`);
  if (!reading.ok) throw new DataError(reading.problems);
  const current = load(catalogueFile, io);
  const { added, known } = additionsTo(current, reading.catalogue);
  for (const note of reading.notes) io.stderr.write(`${note}\n`);
  if (added.feeds.length > 0) {
    if (!dryRun) replaceFile(catalogueFile, withAdditions(readText(catalogueFile), added));
    io.stdout.write(renderCatalogue(added));
  }
  const verb = dryRun ? 'would be added' : 'added';
  io.stderr.write(`${added.feeds.length} feeds ${verb}, ${known} known, ${reading.notes.length} left out\n`);
  return 0;
}

function expectFiles(files: readonly string[], count: number): void {
  if (files.length !== count)
    throw usageError(`Expected ${count === 0 ? 'no file' : 'one OPML file'}, got ${files.length}`);
}

function load(file: string, io: Streams): Catalogue {
  const reading = readCatalogue(readText(file), path.relative(process.cwd(), path.resolve(file)));
  if (!reading.ok) throw new DataError(reading.problems);
  for (const note of reading.notes) io.stderr.write(`${note}\n`);
  return reading.catalogue;
}

function readText(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Writes beside the file and renames, so that a crash leaves the old catalogue or the new one. */
function replaceFile(file: string, content: string): void {
  const next = `${file}.next`;
  writeFileSync(next, content);
  renameSync(next, file);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}
