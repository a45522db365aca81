import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoClusterReader } from '../../../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoClusterStore } from '../../../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { queryVocabulary } from '../../../lambdas/core/query/query-vocabulary.ts';
import { parameterNames, readStoryQuery } from '../../../lambdas/core/query/story-query.ts';
import type { Position } from '../../../lambdas/core/query/position.ts';
import type { Story } from '../../../lambdas/core/words/story.ts';
import { readCollapsed } from '../../../lambdas/serve/collapsed-page.ts';
import type { ServeDependencies } from '../../../lambdas/serve/serve-context.ts';
import { startTestTable } from '../../support/engines.ts';
import { queries, reports, worldOf } from '../../support/event-world.ts';
import { fakeClusterReader } from '../../support/fake-cluster-reader.ts';
import { fakeStoryReader } from '../../support/fake-story-reader.ts';
import { catalogue, nowMs, storyId, storyOf, tree } from '../../support/serve-fixture.ts';

const vocabulary = queryVocabulary(tree, catalogue);
const [given = []] = fc.sample(reports(90), { numRuns: 1, seed: 7 });
const stories = worldOf(given);
const inMemory = { stories: fakeStoryReader(stories), clusters: fakeClusterReader(() => stories) };

let test: Awaited<ReturnType<typeof startTestTable>>;
let table: Table;

beforeAll(async () => {
  test = await startTestTable();
  table = { client: test.client, name: test.name, clock: () => nowMs, retentionDays: 0 };
  await store(stories);
}, 60_000);
afterAll(() => test.stop());

async function store(written: readonly Story[]): Promise<void> {
  const writer = createDynamoStoryWriter(table);
  const clusters = createDynamoClusterStore(table);
  for (const story of written) await writer.create(story);
  for (const id of new Set(written.flatMap(({ cluster }) => cluster ?? []))) {
    const cluster = await inMemory.clusters.cluster(id);
    if (cluster !== null) await clusters.save(cluster, 0);
  }
}

async function walk(search: string, limit: number, readers: Pick<ServeDependencies, 'stories' | 'clusters'>) {
  const query = readStoryQuery(search, { vocabulary, nowMs, allowed: parameterNames });
  if (!query.ok) throw new Error(query.problem.detail);
  const ids: string[] = [];
  let after: Position | null = null;
  let readUnits = 0;
  do {
    const request = { query: query.value, whole: query.value, after, limit };
    const page: Awaited<ReturnType<typeof readCollapsed>> = await readCollapsed(request, readers);
    ids.push(...page.lines.map(({ id }) => id));
    readUnits += page.readUnits;
    after = page.next;
  } while (after !== null);
  return { ids, readUnits };
}

describe('collapsed pages on the table', () => {
  it.each(['none', 'copies', 'cluster'])(
    'collapse=%s shows what it shows in memory, page by page',
    async (collapse) => {
      const stored = { stories: createDynamoStoryReader(table), clusters: createDynamoClusterReader(table) };
      const asked = fc.sample(queries, { numRuns: 8, seed: 11 });
      for (const [at, query] of asked.entries()) {
        const search = [query, `collapse=${collapse}`].filter((part) => part !== '').join('&');
        const found = await walk(search, 4 + at * 3, stored);
        expect(found.ids, search).toEqual((await walk(search, 200, inMemory)).ids);
        expect(found.readUnits).toBeGreaterThan(0);
      }
    },
  );

  it('costs the same with copies folded as without, while pages fill', async () => {
    const stored = { stories: createDynamoStoryReader(table), clusters: createDynamoClusterReader(table) };
    const whole = await walk('collapse=none', 200, stored);
    const folded = await walk('', 200, stored);
    expect(folded.ids.length).toBeLessThan(whole.ids.length);
    expect(folded.readUnits).toBe(whole.readUnits);
  });

  it('reads the sparser of two listings that must both hold a story', async () => {
    await store([storyOf({ n: 4_000, countries: ['TV'], topics: ['sea.submarines'] })]);
    await store(Array.from({ length: 300 }, (_, n) => storyOf({ n: 1_000 + n, topics: ['sea.submarines'] })));
    let rows = 0;
    const reader = createDynamoStoryReader(table);
    const counted: typeof reader = {
      ...reader,
      page: (request) =>
        reader.page({
          ...request,
          accepts: (line) => {
            rows += 1;
            return request.accepts(line);
          },
        }),
    };
    const stored = { stories: counted, clusters: createDynamoClusterReader(table) };
    const found = await walk('topic=sea.submarines&country=TV', 50, stored);
    expect(found.ids).toEqual([storyId(4_000)]);
    expect(rows).toBeLessThan(20);
  });
});
