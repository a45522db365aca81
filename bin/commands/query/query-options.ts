import { parseArgs, type ParseArgsConfig } from 'node:util';
import { answerFormats } from '../../../lambdas/core/query/answer-shape.ts';
import { parameterNames } from '../../../lambdas/core/query/story-query.ts';
import { filterNames } from '../../../lambdas/core/query/query-vocabulary.ts';
import { usageError } from '../../command.ts';

/** How stories are printed; the first is for people. */
export const printFormats = ['table', ...answerFormats] as const;
export type PrintFormat = (typeof printFormats)[number];

/** What `sitrep query` was asked. */
export interface QueryAsked {
  /** Stories of a query, or the one document of a story or a cluster. */
  readonly what: 'stories' | { readonly kind: 'story' | 'cluster'; readonly id: string };
  /** The query as the API takes it, without limit and cursor; the server judges the values. */
  readonly filters: readonly (readonly [string, string])[];
  readonly format: PrintFormat;
  readonly fields: string | null;
  /** Stories to print at most. */
  readonly storiesMax: number;
  readonly all: boolean;
  readonly cursor: string | null;
  readonly endpoint: string | null;
  readonly data: string | null;
}

const repeatable: ReadonlySet<string> = new Set([...filterNames, 'q']);
const ownOptions = {
  format: { type: 'string' },
  json: { type: 'boolean' },
  fields: { type: 'string' },
  all: { type: 'boolean' },
  id: { type: 'string' },
  endpoint: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Each parameter of the query is an option of that name; `cluster` is a document of its own. */
const options: NonNullable<ParseArgsConfig['options']> = {
  ...ownOptions,
  cluster: { type: 'string' },
  ...Object.fromEntries(
    parameterNames.map((name) => [name, { type: 'string', multiple: repeatable.has(name) }] as const),
  ),
};

/** Stories that are printed when nothing is said of their number: what one answer of the API holds. */
const storiesUsual = 50;
/** More is what `--all` is for. */
const storiesMaxMax = 1_000_000;

/** Reads the command's arguments; null: only help is wanted. Throws a usage error. */
export function readQueryOptions(args: readonly string[]): QueryAsked | null {
  const { values } = parseArgs({ args: joined(args), options, strict: true });
  if (values.help === true) return null;
  const text = (name: string): string | null => {
    const value = values[name];
    if (value === '') throw usageError(`Expected --${name} to have a value, got an empty one`);
    return typeof value === 'string' ? value : null;
  };
  const all = values.all === true;
  const format = formatOf(text('format'), values.json === true);
  const limit = text('limit');
  if (all && limit !== null) throw usageError('Expected --all or --limit, got both');
  const asked = {
    what: whatOf(text('id'), text('cluster')),
    filters: filtersOf(values),
    format,
    fields: text('fields'),
    storiesMax: all ? Number.POSITIVE_INFINITY : limitOf(limit),
    all,
    cursor: text('cursor'),
    endpoint: text('endpoint'),
    data: text('data'),
  };
  if (asked.endpoint !== null && asked.data !== null)
    throw usageError('Expected --endpoint or --data, got both');
  return checked(asked);
}

function checked(asked: QueryAsked): QueryAsked {
  if (asked.fields !== null && asked.format === 'table')
    throw usageError('Expected --fields with --format json, csv or ndjson, got it with a table');
  if (asked.what === 'stories') return asked;
  if (asked.format === 'csv' || asked.format === 'ndjson')
    throw usageError(`Expected --format table or json for one ${asked.what.kind}, got ${asked.format}`);
  if (asked.filters.length > 0 || asked.fields !== null || asked.cursor !== null || asked.all)
    throw usageError(
      `Expected no filters with --${asked.what.kind === 'story' ? 'id' : 'cluster'}, got some`,
    );
  return asked;
}

/** `--topic -sea.mines` means an excluded value, which the argument parser would take for an option. */
function joined(args: readonly string[]): string[] {
  const result: string[] = [];
  for (const arg of args) {
    const last = result.at(-1) ?? '';
    const isExcluded = /^-[^-]/.test(arg) && last.startsWith('--') && repeatable.has(last.slice(2));
    if (isExcluded) result[result.length - 1] = `${last}=${arg}`;
    else result.push(arg);
  }
  return result;
}

function filtersOf(values: Readonly<Record<string, unknown>>): [string, string][] {
  return parameterNames
    .filter((name) => name !== 'limit' && name !== 'cursor')
    .flatMap((name) => {
      const value = values[name];
      const texts: unknown[] = Array.isArray(value) ? value : [value];
      return texts.flatMap((text): [string, string][] => (typeof text === 'string' ? [[name, text]] : []));
    });
}

function formatOf(text: string | null, json: boolean): PrintFormat {
  if (json && text !== null && text !== 'json')
    throw usageError(`Expected --json or --format ${text}, got both`);
  if (text === null) return json ? 'json' : 'table';
  const format = printFormats.find((name) => name === text);
  if (format === undefined)
    throw usageError(
      `Expected --format to be one of ${printFormats.join(', ')}, got ${JSON.stringify(text)}`,
    );
  return format;
}

function limitOf(text: string | null): number {
  if (text === null) return storiesUsual;
  const limit = Number(text);
  if (!/^[1-9]\d{0,6}$/.test(text) || limit > storiesMaxMax)
    throw usageError(
      `Expected --limit to be a whole number from 1 to ${storiesMaxMax}, got ${JSON.stringify(text)}`,
    );
  return limit;
}

function whatOf(story: string | null, cluster: string | null): QueryAsked['what'] {
  if (story !== null && cluster !== null) throw usageError('Expected --id or --cluster, got both');
  const id = story ?? cluster;
  if (id === null) return 'stories';
  const kind = story === null ? 'cluster' : 'story';
  if (!/^[0-9A-Za-z]{22,64}$/.test(id))
    throw usageError(`Expected the id of a ${kind}, 22 to 64 letters and digits, got ${JSON.stringify(id)}`);
  return { kind, id };
}
