import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamoFeedStateStore } from '../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import { firstFeedState } from '../../../lambdas/core/poll/next-feed-state.ts';
import { createScheduleHandler } from '../../../lambdas/schedule/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { feedOf } from '../../support/stories.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const feeds = Array.from({ length: 12 }, (_, at) => feedOf(`f${at}`));

let engine: Awaited<ReturnType<typeof startTestTable>>;
beforeAll(async () => {
  engine = await startTestTable();
});
afterAll(() => engine.stop());

it('sends half of an hour’s polls under half the budget, and says in its line what the budget comes to', async () => {
  const { client, name } = engine;
  const states = createDynamoFeedStateStore({ client, name, clock: () => start, retentionDays: 0 });
  for (const feed of feeds) {
    const state = firstFeedState(feed, { min: 10, max: 10 });
    await states.save({ ...state, version: 1, intervalMinutes: 10 }, null);
  }
  const { log, of } = recordingLog();
  const pollQueue = { send: async () => {} };
  const hourOf = async (hour: number, requestBudget: number): Promise<number> => {
    let due = 0;
    for (let minute = 1; minute <= 60; minute += 1) {
      const now = start + (hour * 60 + minute) * 60_000;
      const deps = { feeds, states, pollQueue, isOwnHost: () => true, requestBudget, clock: () => now, log };
      due += (await createScheduleHandler(deps)({ time: new Date(now).toISOString() })).due;
    }
    return due;
  };
  expect(await hourOf(0, 0)).toBe(12 * 6);
  expect(of('schedule.tick').some((fields) => 'budget' in fields)).toBe(false);
  const due = await hourOf(1, 12 * 72);
  expect(due).toBeGreaterThanOrEqual(30);
  expect(due).toBeLessThanOrEqual(42);
  const { budget } = of('schedule.tick').at(-1) ?? {};
  expect(budget).toMatchObject({ isMet: true, polls: expect.any(Number) });
});
