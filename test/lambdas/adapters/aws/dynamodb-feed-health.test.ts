import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoFeedHealth } from '../../../../lambdas/adapters/aws/dynamodb-feed-health.ts';
import { createDynamoFeedStateStore } from '../../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import type { Table } from '../../../../lambdas/adapters/aws/dynamodb-table.ts';
import { feedHealth } from '../../../../lambdas/core/poll/feed-health.ts';
import { firstFeedState } from '../../../../lambdas/core/poll/next-feed-state.ts';
import { startTestTable } from '../../../support/engines.ts';
import { countingClient } from '../../../support/intercepted-client.ts';
import { feedOf } from '../../../support/stories.ts';

const now = Date.parse('2026-11-22T12:00:00.000Z');
const bounds = { min: 10, max: 480 };
const polled = (id: string) => ({
  ...firstFeedState(feedOf(id), bounds),
  version: 1,
  lastOutcome: 'new-entries',
  lastPollAt: now,
  lastSuccessAt: now,
});

describe('the health of feeds on DynamoDB', () => {
  let running: Awaited<ReturnType<typeof startTestTable>>;
  const time = { now };
  beforeAll(async () => {
    running = await startTestTable();
  });
  afterAll(() => running.stop());
  const table = (): Table => ({ ...running, clock: () => time.now, retentionDays: 0 });

  it('is what the last saved states tell, in one Query, remembered for five minutes', async () => {
    const states = createDynamoFeedStateStore(table());
    const [one, other] = [polled('one'), polled('other')];
    await states.save(one, null);
    await states.save(other, null);
    const { client, counts } = countingClient(running.client);
    const health = createDynamoFeedHealth({ ...table(), client });
    expect(await health.feedHealth()).toEqual([feedHealth(one), feedHealth(other)]);
    const failed = { ...one, version: 2, lastOutcome: 'dns', failures: 1 };
    await states.save(failed, one);
    time.now += 299_000;
    expect((await health.feedHealth())[0]).toMatchObject({ outcome: 'new-entries' });
    expect(counts).toEqual({ Query: 1 });
    time.now += 1_000;
    expect(await health.feedHealth()).toEqual([feedHealth(failed), feedHealth(other)]);
    expect(counts).toEqual({ Query: 2 });
  });

  it('is not that of a poll which came too late', async () => {
    const states = createDynamoFeedStateStore(table());
    const first = polled('late');
    await states.save(first, null);
    const second = { ...first, version: 2, lastOutcome: 'unchanged' };
    await states.save(second, first);
    const third = { ...second, version: 3, lastOutcome: 'not-modified' };
    await states.save(third, second);
    expect(await states.save({ ...second, lastOutcome: 'timeout' }, first)).toBe(false);
    const rows = await createDynamoFeedHealth(table()).feedHealth();
    expect(rows.find(({ feedId }) => feedId === 'late')).toMatchObject({ outcome: 'not-modified' });
  });
});
