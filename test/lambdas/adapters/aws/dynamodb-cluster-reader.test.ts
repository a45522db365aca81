import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoClusterReader } from '../../../../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoClusterStore } from '../../../../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { countingClient } from '../../../support/intercepted-client.ts';
import { startTestTable } from '../../../support/engines.ts';
import { nowMs, storyId, storyOf } from '../../../support/serve-fixture.ts';

let test: Awaited<ReturnType<typeof startTestTable>>;
beforeAll(async () => {
  test = await startTestTable();
}, 60_000);
afterAll(() => test.stop());

const cluster = storyId(9);
const members = [9, 4].map((n) => memberLine(storyOf({ n, cluster })));

describe('createDynamoClusterReader', () => {
  it('gives a cluster as it was saved, for one read', async () => {
    const table = { client: test.client, name: test.name, clock: () => nowMs, retentionDays: 30 };
    await createDynamoClusterStore(table).save({ id: cluster, members, total: 2, version: 1 }, 0);
    const { client, counts } = countingClient(test.client);
    const reader = createDynamoClusterReader({ ...table, client });
    expect(await reader.cluster(cluster)).toEqual({ id: cluster, members, total: 2, version: 1 });
    expect(await reader.cluster(storyId(4))).toBeNull();
    expect(counts).toEqual({ Get: 2 });
  });

  it('takes a cluster past its time for gone', async () => {
    const table = {
      client: test.client,
      name: test.name,
      clock: () => nowMs + 31 * 86_400_000,
      retentionDays: 30,
    };
    expect(await createDynamoClusterReader(table).cluster(cluster)).toBeNull();
  });
});
