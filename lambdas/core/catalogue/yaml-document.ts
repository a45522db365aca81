import type * as z from 'zod/mini';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import { closestWord } from '../words/closest-word.ts';

/** A place in a document: keys and positions from the root. */
export type DocumentPath = readonly (string | number)[];

/**
 * A parsed file that still knows its lines. `problem` words a complaint about one place as
 * `file:line path: message`; a place that is missing is named by the line of what should hold it.
 */
export interface YamlDocument {
  readonly fileName: string;
  readonly value: unknown;
  problem(path: DocumentPath, message: string): string;
}

export type YamlReading =
  | { readonly ok: true; readonly document: YamlDocument }
  | { readonly ok: false; readonly problems: readonly string[] };

/** What to read and how much of it is allowed. */
export interface YamlInput {
  readonly text: string;
  readonly fileName: string;
  readonly bytesMax: number;
}

/** Anchors may be used, but not to build a bomb. Source: the yaml package's own default for `maxAliasCount`. */
const aliasesMax = 100;

/** A reader of a broken file fixes the first problems and runs again; the rest would only scroll them away. */
const problemsMax = 100;

/**
 * Parses YAML 1.2 and keeps its line numbers. Refuses what is over `bytesMax`, several documents, repeated keys,
 * syntax errors and alias bombs, each as a problem that names file and line. Never throws.
 */
export function readYamlDocument({ text, fileName, bytesMax }: YamlInput): YamlReading {
  const bytes = Buffer.byteLength(text);
  if (bytes > bytesMax)
    return refused(`${fileName}:1 file: expected at most ${bytesMax} bytes, got ${bytes}`);
  const lines = new LineCounter();
  try {
    // The library compares every pair of keys of a map, which a file of a million keys makes quadratic.
    const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
    const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
    const faults = parsed.errors.map((error) => `${fileName}:${lineAt(error.pos[0])} ${error.message}`);
    const repeats = repeatedKeys(parsed).map(
      ({ key, offset }) => `${fileName}:${lineAt(offset)} ${key}: expected each key once, got it twice`,
    );
    const problems = [...faults, ...repeats];
    if (problems.length > 0) return { ok: false, problems: cappedProblems(problems) };
    const value: unknown = parsed.toJS({ maxAliasCount: aliasesMax });
    const problem = (path: DocumentPath, message: string) =>
      `${fileName}:${lineAt(offsetOf(parsed, path))} ${pathText(path)}: ${message}`;
    return { ok: true, document: { fileName, value, problem } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(`${fileName}:1 file: expected YAML that can be read in bounds, got: ${reason}`);
  }
}

/** Keeps the first hundred problems and says how many more there are. */
export function cappedProblems(problems: readonly string[]): readonly string[] {
  if (problems.length <= problemsMax) return problems;
  return [...problems.slice(0, problemsMax), `… and ${problems.length - problemsMax} more problems`];
}

/**
 * Words schema issues as problems with file, line, field path, what was expected and what was got.
 * `knownKeys` feeds the suggestion for a misspelt key.
 */
export function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  document: YamlDocument,
  knownKeys: readonly string[],
): readonly string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => document.problem([...path, key], unknownKey(key, knownKeys)));
    return [document.problem(path, `${expectation(issue)}, got ${shown(valueAt(document.value, path))}`)];
  });
}

/** A value as a message shows it: JSON, at most 80 characters; `nothing` for what is absent. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function refused(problem: string): YamlReading {
  return { ok: false, problems: [problem] };
}

function unknownKey(key: string, knownKeys: readonly string[]): string {
  const near = closestWord(key, knownKeys);
  return near === null
    ? `unknown key, expected one of ${knownKeys.join(', ')}`
    : `unknown key, did you mean ${near}?`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.join(', ')}`;
  const unit = 'origin' in issue && issue.origin === 'string' ? ' characters' : '';
  const items = 'origin' in issue && issue.origin === 'array' ? ' items' : '';
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}${unit}${items}`;
  if (issue.code === 'too_small') return `expected at least ${issue.minimum}${unit}${items}`;
  return issue.message;
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    object: 'a mapping',
    array: 'a list',
    string: 'text',
    int: 'a whole number',
    number: 'a number',
  };
  return words[type] ?? `a ${type}`;
}

function pathText(path: DocumentPath): string {
  return path.length === 0 ? 'file' : path.join('.').slice(0, 200);
}

function valueAt(root: unknown, path: DocumentPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === String(step))?.[1];
  }
  return value;
}

/** The place of the deepest node of `path` that exists: its key when it has one, so a long value names its first line. */
function offsetOf(parsed: Document.Parsed, path: DocumentPath): number {
  let node: unknown = parsed.contents;
  let offset = isNode(node) ? start(node) : 0;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === null) break;
    ({ node, offset } = next);
  }
  return offset;
}

function childOf(node: unknown, step: string | number): { node: unknown; offset: number } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
    if (pair === undefined) return null;
    return { node: pair.value, offset: isNode(pair.key) ? start(pair.key) : 0 };
  }
  if (typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)) {
    const item: unknown = node.items[Number(step)];
    return isNode(item) ? { node: item, offset: start(item) } : null;
  }
  return null;
}

function start(node: Node): number {
  return node.range?.[0] ?? 0;
}

function repeatedKeys(parsed: Document.Parsed): { key: string; offset: number }[] {
  const repeats: { key: string; offset: number }[] = [];
  visit(parsed, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const item of map.items) {
        if (!isPair(item) || !isScalar(item.key)) continue;
        const key = String(item.key.value);
        if (seen.has(key)) repeats.push({ key, offset: start(item.key) });
        seen.add(key);
      }
    },
  });
  return repeats;
}
