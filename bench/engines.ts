/**
 * Embedded engines side by side: the same stories through the same adapters, on disk, each engine in turn.
 *   npm run bench:engines -- [STORIES] [ENGINE ...]        (default 10000 dynoxide dynalite)
 * Prints a table; compare the columns of one run, not the seconds of two.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDynamoStoryReader } from '../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../lambdas/adapters/aws/dynamodb-table.ts';
import {
  type EngineName,
  ensureTable,
  startEmbeddedEngine,
} from '../lambdas/adapters/local/embedded-engine.ts';
import { benchStory, seedStories } from './support/seed.ts';

const [count = '10000', ...named] = process.argv.slice(2);
const stories = Number(count);
const engines: EngineName[] = named.length > 0 ? (named as EngineName[]) : ['dynoxide', 'dynalite'];
const now = Date.parse('2026-11-20T12:00:00.000Z');

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
};

const median = (values: number[]): number =>
  values.sort((one, other) => one - other)[values.length >> 1] ?? 0;

async function measure(engine: EngineName) {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-bench-'));
  const open = async (): Promise<{ table: Table; stop: () => Promise<void> }> => {
    const running = await startEmbeddedEngine({ directory, engine });
    await ensureTable(running.client, 'sitrep');
    return {
      table: { client: running.client, name: 'sitrep', clock: () => now, retentionDays: 0 },
      stop: running.stop,
    };
  };
  try {
    const first = await open();
    const seed = await seconds(() => seedStories(first.table, stories, now));
    await first.stop();
    let running = first;
    const restart = await seconds(async () => {
      running = await open();
      await createDynamoStoryReader(running.table).totals();
    });
    const pages = await measurePages(running.table);
    const writer = createDynamoStoryWriter(running.table);
    const fresh = 500;
    const create = await seconds(async () => {
      for (let at = 0; at < fresh; at += 8) {
        await Promise.all(
          Array.from({ length: 8 }, (_, lane) => writer.create(benchStory(stories + at + lane, now))),
        );
      }
    });
    await running.stop();
    const megabytes = Number(execFileSync('du', ['-sm', directory]).toString().split('\t')[0]);
    return {
      engine,
      seed: seed.toFixed(1),
      restart: restart.toFixed(2),
      ...pages,
      'new stories/s': (fresh / create).toFixed(0),
      'disk MB': megabytes,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measurePages(table: Table) {
  const reader = createDynamoStoryReader(table);
  const kinds = {
    wire: ['*'],
    topic: ['topic:sea.submarines'],
    union: ['topic:sea.submarines', 'topic:air.bombers'],
  };
  const cells: Record<string, string> = {};
  for (const [name, tags] of Object.entries(kinds)) {
    const times: number[] = [];
    let units = 0;
    for (let run = 0; run < 25; run += 1) {
      const from = performance.now();
      const page = await reader.page({
        tags,
        limit: 50,
        after: null,
        since: null,
        until: null,
        rowsMax: 2_000,
        accepts: () => true,
      });
      times.push(performance.now() - from);
      units = page.readUnits;
    }
    cells[`${name} ms`] = median(times).toFixed(1);
    cells[`${name} RU`] = String(units);
  }
  return cells;
}

const rows = [];
for (const engine of engines) rows.push(await measure(engine));
console.log(`${stories} stories`);
console.table(rows);
process.exit(0);
