import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoFeedStateStore } from '../../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import type { EngineName } from '../../../../lambdas/adapters/local/embedded-engine.ts';
import { firstFeedState } from '../../../../lambdas/core/poll/next-feed-state.ts';
import type { FeedStateStore } from '../../../../lambdas/ports.ts';
import { startTestTable } from '../../../support/engines.ts';
import { feedOf } from '../../../support/stories.ts';

const bounds = { min: 10, max: 480 };

/** What every engine must hold for polls and the schedule to be right. */
export function feedStateStoreContract(engine: EngineName): void {
  describe(`feed state store on ${engine}`, () => {
    let store: FeedStateStore;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      const { client, name, stop: end } = await startTestTable(engine);
      stop = end;
      store = createDynamoFeedStateStore({ client, name, clock: () => 0, retentionDays: 0 });
    });
    afterAll(() => stop());

    const state = (feedId: string, parts = {}) => ({
      ...firstFeedState(feedOf(feedId), bounds),
      version: 1,
      ...parts,
    });
    const rowOf = async (feedId: string) => (await store.scheduleRows()).find((row) => row.feedId === feedId);

    it('gives back a state with its whole window', async () => {
      const window = Array.from({ length: 500 }, (_, at) => ({
        key: `g-${String(at).padStart(16, '0')}`,
        hash: `h${at}`,
        seenDay: 2e4,
        leftDay: at % 2 ? null : 20001,
      }));
      const saved = state('whole', { window, etag: 'W/"x"', lastModified: 'Tue, 02 Jan 2024 03:04:05 GMT' });
      expect(await store.save(saved, null)).toBe(true);
      expect(await store.load('whole')).toEqual(saved);
    });

    it('knows nothing of a feed that was never polled', async () => {
      expect(await store.load('never')).toBeNull();
      expect(await rowOf('never')).toBeUndefined();
    });

    it('lets one of two polls that began from the same state save, and keeps the winner', async () => {
      const first = state('raced');
      await store.save(first, null);
      const winner = { ...first, version: 2, lastOutcome: 'winner' };
      expect(await store.save(winner, first)).toBe(true);
      expect(await store.save({ ...first, version: 2, lastOutcome: 'loser' }, first)).toBe(false);
      expect((await store.load('raced'))?.lastOutcome).toBe('winner');
      expect(await store.save(first, null)).toBe(false);
    });

    it('keeps the schedule row in step with interval and wait', async () => {
      const first = state('scheduled', { intervalMinutes: 20 });
      await store.save(first, null);
      expect(await rowOf('scheduled')).toEqual({ feedId: 'scheduled', intervalMinutes: 20, notBefore: 0 });
      const slower = { ...first, version: 2, intervalMinutes: 240, notBefore: 99 };
      await store.save(slower, first);
      expect(await rowOf('scheduled')).toEqual({ feedId: 'scheduled', intervalMinutes: 240, notBefore: 99 });
    });

    it('moves the tick forward and never back', async () => {
      expect(await store.lastTick()).toBeNull();
      await store.saveTick(100);
      await store.saveTick(90);
      expect(await store.lastTick()).toBe(100);
      await store.saveTick(101);
      expect(await store.lastTick()).toBe(101);
    });
  });
}
