import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoFeedStateStore } from '../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import type { PollRequest } from '../../../lambdas/core/words/messages.ts';
import { firstFeedState } from '../../../lambdas/core/poll/next-feed-state.ts';
import { epochMinute } from '../../../lambdas/core/words/time.ts';
import type { Feed } from '../../../lambdas/core/words/feed.ts';
import type { FeedStateStore } from '../../../lambdas/ports.ts';
import { createScheduleHandler } from '../../../lambdas/schedule/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { feedOf } from '../../support/stories.ts';

const time = '2026-11-20T12:00:00.000Z';
const isOwnHost = () => false;
const later = (minutes: number) => new Date(Date.parse(time) + minutes * 60_000).toISOString();

describe('the schedule hop', () => {
  let states: FeedStateStore;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const { client, name, stop: end } = await startTestTable();
    stop = end;
    states = createDynamoFeedStateStore({ client, name, clock: () => 0, retentionDays: 0 });
  });
  afterAll(() => stop());

  it('sends new feeds at once, others when their phase comes round, and each tick once', async () => {
    const sent: PollRequest[] = [];
    const { log, of } = recordingLog();
    const pollQueue = {
      send: async (messages: readonly { body: PollRequest }[]) =>
        void sent.push(...messages.map(({ body }) => body)),
    };
    const feeds = [feedOf('a'), feedOf('b')];
    const handler = createScheduleHandler({ feeds, states, pollQueue, log, isOwnHost });
    expect(await handler({ time })).toEqual({ due: 2 });
    expect(sent.flatMap((request) => request.feeds.map((feed) => feed.id))).toEqual(['a', 'b']);
    expect(of('schedule.sent')[0]).toMatchObject({ traces: sent[0]?.feeds.map((feed) => feed.trace) });
    expect(await handler({ time })).toEqual({ due: 0 });

    const bounds = { min: 10, max: 10 };
    for (const feed of feeds)
      await states.save({ ...firstFeedState(feed, bounds), version: 1, intervalMinutes: 10 }, null);
    let due = 0;
    for (let minute = 1; minute <= 10; minute += 1) due += (await handler({ time: later(minute) })).due;
    expect(due).toBe(2);
  });

  it('sends the same ticks again when the queue failed before the tick was saved', async () => {
    const { log } = recordingLog();
    const start = await states.lastTick();
    const broken = { send: () => Promise.reject(new Error('queue down')) };
    const feeds = [feedOf('new-feed')];
    const at = { time: later(60) };
    await expect(
      createScheduleHandler({ feeds, states, pollQueue: broken, log, isOwnHost })(at),
    ).rejects.toThrow('queue down');
    expect(await states.lastTick()).toBe(start);
    const working = { send: async () => {} };
    expect(await createScheduleHandler({ feeds, states, pollQueue: working, log, isOwnHost })(at)).toEqual({
      due: 1,
    });
    expect(await states.lastTick()).toBe(epochMinute(Date.parse(at.time)));
  });

  it('asks a feed it just asked for the first time not again every minute, and at once when its address changes', async () => {
    const { log } = recordingLog();
    const pollQueue = { send: async () => {} };
    const at = (minutes: number) => ({ time: later(1_000 + minutes) });
    const schedule = (feed: Feed) =>
      createScheduleHandler({ feeds: [feed], states, pollQueue, log, isOwnHost });
    const feed = feedOf('held', { url: 'https://held.example/1' });
    const dues = [];
    for (const minute of [0, 1, 2, 14, 15]) dues.push((await schedule(feed)(at(minute))).due);
    expect(dues).toEqual([1, 0, 0, 0, 1]);
    const moved = schedule({ ...feed, url: 'https://held.example/2' });
    expect([await moved(at(16)), await moved(at(17))]).toEqual([{ due: 1 }, { due: 0 }]);
  });

  it('goes on ticking after one tick from a clock that was years ahead', async () => {
    const { log } = recordingLog();
    const schedule = createScheduleHandler({
      feeds: [],
      states,
      pollQueue: { send: async () => {} },
      log,
      isOwnHost,
    });
    await schedule({ time: '2099-01-01T00:00:00.000Z' });
    await schedule({ time: later(2_000) });
    expect(await states.lastTick()).toBe(epochMinute(Date.parse(later(2_000))));
  });

  it('refuses an event without a time', async () => {
    const { log } = recordingLog();
    const handler = createScheduleHandler({
      feeds: [],
      states,
      pollQueue: { send: async () => {} },
      log,
      isOwnHost,
    });
    await expect(handler({})).rejects.toThrow();
    await expect(handler({ time: 'yesterday' })).rejects.toThrow();
  });
});
