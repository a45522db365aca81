/**
 * What a page of 50 stories costs the store, by kind of query and by how much the store holds, on the embedded engine in memory.
 *   npm run bench:read-units -- [STORIES ...]        (default 1000 10000 100000; a minute for each 20,000 or so)
 * One wire grows from size to size into its past; only the listings that the queries read are written. Titles and summaries
 * are of the words of the training stories, so rows are as large as they would be. Prints read units as the engine charges
 * them (half a unit for each started 4 KB of a Query) and the stories given: of the first page, and the mean of the five after it.
 */
import { createDynamoStoryReader } from '../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { ensureTable, startEmbeddedEngine } from '../lambdas/adapters/local/embedded-engine.ts';
import { planQuery } from '../lambdas/core/query/query-plan.ts';
import type { Position } from '../lambdas/core/query/position.ts';
import { queryVocabulary } from '../lambdas/core/query/query-vocabulary.ts';
import { readStoryQuery } from '../lambdas/core/query/story-query.ts';
import { wireTag } from '../lambdas/core/story/story-line.ts';
import type { StoryReader } from '../lambdas/ports.ts';
import { rowsMax } from '../lambdas/serve/collapsed-page.ts';
import { dataDirectory, loadData } from '../bin/compile-data.ts';
import { newsTexts } from './support/reader-stories.ts';
import { benchStory, listingSeeder } from './support/seed.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const pageStories = 50;
const laterPages = 5;

/** At least one of each kind of query: the wire, tags of each density, tags that meet or are merged, names, words, exclusion. */
const queries = [
  ['the wire', ''],
  ['one topic', 'topic=sea.submarines'],
  ['one domain', 'topic=sea'],
  ['one country', 'country=NO'],
  ['one name', 'org=Maker+7'],
  ['one rare name', 'system=System+7'],
  ['topic and country', 'topic=sea.submarines&country=NO'],
  ['topic and rare name', 'topic=sea.submarines&system=System+7'],
  ['any of three topics', 'topic=sea.submarines,air.bombers,land.artillery-fires'],
  ['not this topic', 'topic=-sea.submarines'],
  ['a topic, not this country', 'topic=sea.submarines&country=-NO'],
  ['words', 'q=navy+-zeppelin'],
  ['words and a topic', 'topic=sea.submarines&q=navy'],
  ['words in no story', 'q=zeppelin'],
] as const;

const { tree, catalogue, rules } = loadData(dataDirectory);
const vocabulary = queryVocabulary(tree, catalogue);

const plans = queries.map(([name, search]) => {
  const allowed = ['topic', 'country', 'org', 'system', 'q'] as const;
  const asked = readStoryQuery(search, { vocabulary, nowMs: now, allowed: [...allowed] });
  if (!asked.ok) throw new Error(`Expected a good query, got ${search}`);
  return { name, plan: planQuery(asked.value) };
});
const tags = new Set([wireTag, ...plans.flatMap(({ plan }) => [plan.tags, ...plan.others].flat())]);
const textAt = newsTexts(dataDirectory, new Set(rules.topics.map(({ slug }) => slug)));
const storyAt = (number: number) => ({ ...benchStory(number, now), ...textAt(number) });

async function pageUnits(reader: StoryReader, plan: ReturnType<typeof planQuery>): Promise<string> {
  const bounds = { limit: pageStories, since: null, until: null, rowsMax };
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

const given = process.argv.slice(2).map(Number);
const sizes = (given.length > 0 ? given : [1_000, 10_000, 100_000]).sort((one, other) => one - other);
const engine = await startEmbeddedEngine({ directory: null });
try {
  await ensureTable(engine.client, 'sitrep');
  const store = { client: engine.client, name: 'sitrep', clock: () => now, retentionDays: 0 };
  const reader = createDynamoStoryReader(store);
  const growTo = listingSeeder(store, { tags, storyAt });
  const table: Record<string, Record<string, string>> = {};
  for (const size of sizes) {
    await growTo(size);
    for (const { name, plan } of plans)
      table[name] = { ...table[name], [`${size} stories`]: await pageUnits(reader, plan) };
    console.log(
      `Up to ${size} stories on ${engine.name}: read units of the first page, the mean of the next five, and (stories given)`,
    );
    console.table(table);
  }
} finally {
  await engine.stop();
}
process.exit(0);
