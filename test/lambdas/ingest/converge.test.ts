import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import type { IngestRequest } from '../../../lambdas/core/words/messages.ts';
import type { createIngestHandler } from '../../../lambdas/ingest/handler.ts';
import { seededChance } from '../../../bench/support/made-up-news.ts';
import { clusteringHop, disagreements, partition, standings, told } from '../../support/cluster-world.ts';
import { startTestTable } from '../../support/engines.ts';
import { failingClient } from '../../support/failing-client.ts';
import { interleaved } from '../../support/interleaved-client.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

const clock = () => Date.parse('2026-11-20T12:00:00.000Z');
const words = ['frigate', 'bomber', 'radar', 'missile', 'budget', 'harbour'];

/** Some stories of a few sources whose titles share words now and then, and are the same now and then. */
const someNews = (least: number, most: number): fc.Arbitrary<IngestRequest[]> =>
  fc
    .array(
      fc.record({
        title: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }),
        seconds: fc.integer({ min: 0, max: 3_000 }),
      }),
      { minLength: least, maxLength: most },
    )
    .map((stories) =>
      stories.map(({ title, seconds }, number) => {
        const seenAt = new Date(Date.parse('2026-11-20T11:00:00.000Z') + seconds * 1_000).toISOString();
        return { ...told(`source-${number}`, title.join(' ')), seenAt };
      }),
    );

describe('stories that come in disorder', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  let tables = 0;
  const freshTable = async (): Promise<Table> => {
    tables += 1;
    const name = `converge-${tables}`;
    await ensureTable(engine.client, name);
    return { client: engine.client, name, clock, retentionDays: 0 };
  };
  /** Delivers a message until it is handled, as a queue does. */
  const deliver = async (ingest: ReturnType<typeof createIngestHandler>, request: IngestRequest) => {
    for (let receives = 1; receives <= 5; receives += 1) {
      const { batchItemFailures } = await ingest(sqsEvent([request], receives));
      if (batchItemFailures.length === 0) return;
    }
    throw new Error('Expected a message to be handled within five deliveries, got a failure at each');
  };
  const settled = async (table: Table) => {
    const found = await standings(table);
    expect(disagreements(found)).toEqual([]);
    return partition(found.stories);
  };
  const undisturbed = async (news: readonly IngestRequest[]) => {
    const table = await freshTable();
    const { ingest } = clusteringHop(table);
    for (const request of news) await deliver(ingest, request);
    return settled(table);
  };

  it('stand together as in an undisturbed run when four ingests work at once, whatever the interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(someNews(4, 7), fc.integer(), async (news, seed) => {
        const table = await freshTable();
        const chance = seededChance(seed);
        const { client, run } = interleaved(engine.client, chance);
        const { ingest } = clusteringHop({ ...table, client });
        const lanes = [0, 1, 2, 3].map((lane) => news.filter((_, number) => number % 4 === lane));
        await run(
          lanes.map((lane) => async () => {
            for (const request of lane) await deliver(ingest, request);
          }),
        );
        expect(await settled(table)).toEqual(await undisturbed(news));
      }),
      { numRuns: 20 },
    );
  });

  it('stand together as in an undisturbed run when each message is delivered to four ingests at once', async () => {
    await fc.assert(
      fc.asyncProperty(someNews(3, 4), fc.integer(), async (news, seed) => {
        const table = await freshTable();
        const chance = seededChance(seed);
        const { client, run } = interleaved(engine.client, chance);
        const { ingest } = clusteringHop({ ...table, client });
        const shuffled = () => [...news].sort(() => chance() - 0.5);
        await run(
          [shuffled(), shuffled(), shuffled(), shuffled()].map((lane) => async () => {
            for (const request of lane) await deliver(ingest, request);
          }),
        );
        expect(await settled(table)).toEqual(await undisturbed(news));
      }),
      { numRuns: 10 },
    );
  });

  it('stand together as in an undisturbed run when ingests die anywhere and messages come twice (I10)', async () => {
    await fc.assert(
      fc.asyncProperty(
        someNews(3, 7),
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
        async (news, deaths) => {
          const table = await freshTable();
          for (const request of news) {
            const [nth = 1, other = 1] = [deaths.next().value, deaths.next().value];
            const failing = failingClient(engine.client, nth, other % 2 === 0 ? 'before' : 'after');
            await clusteringHop({ ...table, client: failing.client }).ingest(sqsEvent([request]));
          }
          // The queue gives them again, in another order, some of them twice.
          const again = [...news].reverse();
          for (const request of [...again, ...news]) await deliver(clusteringHop(table).ingest, request);
          expect(await settled(table)).toEqual(await undisturbed(news));
        },
      ),
      { numRuns: 20 },
    );
  });
});
