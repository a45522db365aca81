/**
 * What a page of 50 stories costs the store, by kind of query and by how much the store holds, on the embedded engine.
 *   npm run bench:read-units -- [STORIES ...]        (default 1000 10000 100000)
 * Prints read units as the engine charges them (half a unit for each started 4 KB of a Query) and the stories given: of
 * the first page, and the mean of the five after it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDynamoStoryReader } from '../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { ensureTable, startEmbeddedEngine } from '../lambdas/adapters/local/embedded-engine.ts';
import { planQuery } from '../lambdas/core/query/query-plan.ts';
import type { Position } from '../lambdas/core/query/position.ts';
import { queryVocabulary } from '../lambdas/core/query/query-vocabulary.ts';
import { readStoryQuery } from '../lambdas/core/query/story-query.ts';
import type { StoryReader } from '../lambdas/ports.ts';
import { rowsMax } from '../lambdas/serve/collapsed-page.ts';
import { dataDirectory, loadData } from '../bin/compile-data.ts';
import { seedStories } from './support/seed.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const pageStories = 50;
const laterPages = 5;

/** One of each kind of query: the wire, one tag of each density, two that meet, names, words, and what excludes only. */
const queries = [
  ['the wire', ''],
  ['one topic', 'topic=sea.submarines'],
  ['one domain', 'topic=sea'],
  ['one country', 'country=NO'],
  ['one rare name', 'system=System+7'],
  ['topic and country', 'topic=sea.submarines&country=NO'],
  ['topic and rare name', 'topic=sea.submarines&system=System+7'],
  ['either of three topics', 'topic=sea.submarines,air.bombers,land.artillery-fires'],
  ['words', 'q=navy+-zeppelin&since=30d'],
  ['words that never match', 'q=zeppelin&since=30d'],
  ['not this topic', 'topic=-sea.submarines'],
] as const;

const { tree, catalogue } = loadData(dataDirectory);
const vocabulary = queryVocabulary(tree, catalogue);

async function pageUnits(reader: StoryReader, search: string) {
  const asked = readStoryQuery(search, {
    vocabulary,
    nowMs: now,
    allowed: ['topic', 'country', 'system', 'q', 'since'],
  });
  if (!asked.ok) throw new Error(`Expected a good query, got ${search}`);
  const plan = planQuery(asked.value);
  const bounds = { limit: pageStories, since: asked.value.since?.at ?? null, until: null, rowsMax };
  const units: number[] = [];
  let stories = 0;
  let after: Position | null = null;
  for (let page = 0; page <= laterPages; page += 1) {
    const read = await reader.page({ ...plan, ...bounds, after });
    units.push(read.readUnits);
    stories += read.lines.length;
    after = read.next;
    if (after === null) break;
  }
  const [first = 0, ...later] = units;
  const mean =
    later.length === 0 ? '' : ` ${(later.reduce((sum, one) => sum + one, 0) / later.length).toFixed(1)}`;
  return `${first}${mean} (${stories})`;
}

async function measure(stories: number): Promise<Record<string, string>> {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-bench-'));
  try {
    const running = await startEmbeddedEngine({ directory });
    await ensureTable(running.client, 'sitrep');
    const table = { client: running.client, name: 'sitrep', clock: () => now, retentionDays: 0 };
    await seedStories(table, stories, now);
    const reader = createDynamoStoryReader(table);
    const cells: Record<string, string> = {};
    for (const [name, search] of queries) cells[name] = await pageUnits(reader, search);
    await running.stop();
    return cells;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
const table: Record<string, Record<string, string>> = {};
for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
  const cells = await measure(size);
  for (const [name, cell] of Object.entries(cells))
    table[name] = { ...table[name], [`${size} stories`]: cell };
}
console.log('Read units of the first page, the mean of the next five, and (stories given)');
console.table(table);
process.exit(0);
