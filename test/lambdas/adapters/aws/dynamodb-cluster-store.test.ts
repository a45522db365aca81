import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedCluster } from '../../../../lambdas/adapters/aws/cluster-codec.ts';
import { createDynamoClusterStore } from '../../../../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { clusterKey } from '../../../../lambdas/adapters/aws/story-keys.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { clusterMembersMax } from '../../../../lambdas/core/words/cluster.ts';
import { runnableEngines, startTestTable } from '../../../support/engines.ts';
import { storyAt } from '../../../support/stories.ts';
import { clusterStoreContract } from '../cluster-store.contract.ts';

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

for (const engine of runnableEngines()) {
  clusterStoreContract(`on ${engine}`, async (clock) => {
    const { client, name, stop } = await startTestTable(engine);
    stops.push(stop);
    return createDynamoClusterStore({ client, name, clock, retentionDays: 0 });
  });
}

/** A text of this many characters that does not compress. */
const dense = (seed: number, length: number): string =>
  Array.from({ length }, (_, at) =>
    String.fromCodePoint(0x4e00 + (((at + 1) * (seed + 7) * 7_919) % 20_000)),
  ).join('');

describe('the row of a cluster', () => {
  let table: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    table = await startTestTable();
    stops.push(table.stop);
  });
  const now = Date.parse('2026-11-20T12:00:00.000Z');
  const members = (count: number, parts: (number: number) => object) =>
    Array.from({ length: count }, (_, number) =>
      memberLine(storyAt(number, new Date(now - number).toISOString(), parts(number))),
    );

  it('stays below 12 KB with all its members while texts are of a usual length', () => {
    const summary =
      'The ministry said that the ship will be handed over after trials in the northern fjords, '.repeat(4);
    const usual = members(clusterMembersMax, (number) => ({
      summary: `${number} ${summary} ${dense(number, 20)}`,
    }));
    const bytes = packedCluster({ id: 'c', members: usual, total: 64, version: 1 });
    expect(bytes.length).toBeLessThan(12_000);
  });

  it('stays below 38 KB whatever its members are', () => {
    const hostile = members(clusterMembersMax, (number) => ({
      title: dense(number, 512),
      summary: dense(number + 100, 1_000),
      url: `https://x.example/${dense(number + 200, 600)}`,
      authors: [dense(number, 80), dense(number + 1, 80)],
    }));
    expect(packedCluster({ id: 'c', members: hostile, total: 64, version: 1 }).length).toBeLessThanOrEqual(
      38_000,
    );
  });

  it('goes with the latest of its members, or eight days after the last one left', async () => {
    const store = createDynamoClusterStore({ ...table, clock: () => now, retentionDays: 30 });
    const expOf = async () =>
      (await table.client.send(new GetCommand({ TableName: table.name, Key: clusterKey('c') }))).Item?.exp;
    await store.save({ id: 'c', members: members(3, () => ({})), total: 3, version: 1 }, 0);
    expect(await expOf()).toBe(now / 1_000 + 30 * 86_400);
    await store.save({ id: 'c', members: [], total: 0, version: 2 }, 1);
    expect(await expOf()).toBe(now / 1_000 + 8 * 86_400);
  });

  it('may be made anew when it is past its time', async () => {
    const save = (at: number) => createDynamoClusterStore({ ...table, clock: () => at, retentionDays: 1 });
    const cluster = { id: 'late', members: members(1, () => ({})), total: 1, version: 1 };
    expect(await save(now).save(cluster, 0)).toBe(true);
    expect(await save(now + 86_400_000).cluster('late')).toBeNull();
    expect(await save(now + 86_400_000).save(cluster, 0)).toBe(true);
  });
});
