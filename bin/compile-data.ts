import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFiles, dataFiles, optionalDataFiles } from '../lambdas/core/catalogue/compile-files.ts';
import type { CompiledData, DataFile } from '../lambdas/core/catalogue/compile-files.ts';
import { readClusterWeights } from '../lambdas/core/catalogue/read-cluster-weights.ts';
import type { ClusterWeights } from '../lambdas/core/cluster/weights.ts';
import { readCatalogueText } from './catalogue-text.ts';

/** The data folder of this checkout: feeds.yaml, topics.yaml and gazetteer/. */
export const dataDirectory = fileURLToPath(new URL('../data', import.meta.url));

/** The data files do not fit together or cannot be read; `problems` has a line for each reason. */
export class DataError extends Error {
  readonly code = 'DATA_INVALID';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Expected valid data files, got ${problems.length} problems:\n${problems.join('\n')}`);
    this.name = 'DataError';
    this.problems = problems;
  }
}

/**
 * Reads and compiles a data folder in memory. `catalogueFile`, when given, stands in for its feeds.yaml and may be
 * `.yaml` or `.opml`. Throws DataError with every problem when the files are not valid.
 */
export function loadData(directory: string, catalogueFile?: string): CompiledData {
  const names = new Map<DataFile, string>(dataFiles.map((name) => [name, path.join(directory, name)]));
  if (catalogueFile !== undefined) names.set('feeds.yaml', catalogueFile);
  const problems: string[] = [];
  const read = (name: DataFile) => {
    const file = names.get(name) ?? name;
    const fileName = path.relative(process.cwd(), file);
    if (optionalDataFiles.has(name) && !existsSync(file)) return { text: '', fileName };
    try {
      return { text: name === 'feeds.yaml' ? readCatalogueText(file) : readFileSync(file, 'utf8'), fileName };
    } catch (error) {
      problems.push(`${fileName}:1 file: expected a readable file, got ${reason(error)}`);
      return { text: '', fileName };
    }
  };
  const files = {
    'feeds.yaml': read('feeds.yaml'),
    'topics.yaml': read('topics.yaml'),
    'gazetteer/countries.yaml': read('gazetteer/countries.yaml'),
    'gazetteer/organisations.yaml': read('gazetteer/organisations.yaml'),
    'gazetteer/systems.yaml': read('gazetteer/systems.yaml'),
    'gazetteer/people.yaml': read('gazetteer/people.yaml'),
    'gazetteer/operations.yaml': read('gazetteer/operations.yaml'),
    'lexicon.yaml': read('lexicon.yaml'),
    'topic-model.json': read('topic-model.json'),
  };
  if (problems.length > 0) throw new DataError(problems);
  const result = compileFiles(files);
  if (!result.ok) throw new DataError(result.problems);
  return result.data;
}

/**
 * The clustering weights of a data folder; of this checkout's where the folder has none, because they were learnt and
 * belong to the rules. Throws DataError when they are not valid.
 */
export function loadClusterWeights(directory: string): ClusterWeights {
  const own = path.join(directory, 'cluster-weights.json');
  const file = existsSync(own) ? own : path.join(dataDirectory, 'cluster-weights.json');
  const reading = readClusterWeights(readFileSync(file, 'utf8'), path.relative(process.cwd(), file));
  if (!reading.ok) throw new DataError(reading.problems);
  return reading.weights;
}

/**
 * Compiles a data folder into what the functions bundle: catalogue.json (Catalogue), taxonomy.json (TaggingRules),
 * topics.json (TopicTree) and clusters.json (ClusterWeights). Gives the paths written. Throws DataError and writes nothing when the files are not valid.
 */
export function compileData(directory: string, outputDirectory: string): readonly string[] {
  const { catalogue, rules, tree } = loadData(directory);
  const clusters = loadClusterWeights(directory);
  mkdirSync(outputDirectory, { recursive: true });
  return Object.entries({ catalogue, taxonomy: rules, topics: tree, clusters }).map(([name, value]) => {
    const file = path.join(outputDirectory, `${name}.json`);
    writeFileSync(file, JSON.stringify(value));
    return file;
  });
}

/** `tsx bin/compile-data.ts OUTPUT [DATA]`: 0, or 1 with every problem on stderr, or 2 for wrong usage. */
export function runCompileData(args: readonly string[]): number {
  const [output, directory = dataDirectory] = args;
  if (output === undefined || output.startsWith('-') || args.length > 2) {
    console.error('Usage: tsx bin/compile-data.ts OUTPUT [DATA]');
    return 2;
  }
  try {
    for (const file of compileData(directory, output)) console.log(path.relative(process.cwd(), file));
    return 0;
  } catch (error) {
    console.error(error instanceof DataError ? error.problems.join('\n') : reason(error));
    return 1;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = runCompileData(process.argv.slice(2));
