import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoFeedStateStore } from '../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import type { HostTurn, PollRequest } from '../../../lambdas/core/words/messages.ts';
import { firstFeedState } from '../../../lambdas/core/poll/next-feed-state.ts';
import { epochMinute } from '../../../lambdas/core/words/time.ts';
import type { Feed } from '../../../lambdas/core/words/feed.ts';
import type { FeedStateStore } from '../../../lambdas/ports.ts';
import { createScheduleHandler } from '../../../lambdas/schedule/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { feedOf } from '../../support/stories.ts';

const time = '2026-11-20T12:00:00.000Z';
const isOwnHost = () => true;
const clock = () => Date.parse(time);
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
    const handler = createScheduleHandler({ feeds, states, pollQueue, log, isOwnHost, clock });
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
    const start = (await states.tickRow()).tick;
    const broken = { send: () => Promise.reject(new Error('queue down')) };
    const feeds = [feedOf('new-feed')];
    const at = { time: later(60) };
    await expect(
      createScheduleHandler({ feeds, states, pollQueue: broken, log, isOwnHost, clock })(at),
    ).rejects.toThrow('queue down');
    expect((await states.tickRow()).tick).toBe(start);
    const working = { send: async () => {} };
    expect(
      await createScheduleHandler({ feeds, states, pollQueue: working, log, isOwnHost, clock })(at),
    ).toEqual({
      due: 1,
    });
    expect((await states.tickRow()).tick).toBe(epochMinute(Date.parse(at.time)));
  });

  it('asks a feed it just asked for the first time not again every minute, and at once when its address changes', async () => {
    const { log } = recordingLog();
    const pollQueue = { send: async () => {} };
    const at = (minutes: number) => ({ time: later(1_000 + minutes) });
    const schedule = (feed: Feed) =>
      createScheduleHandler({ feeds: [feed], states, pollQueue, log, isOwnHost, clock });
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
      clock,
    });
    await schedule({ time: '2099-01-01T00:00:00.000Z' });
    await schedule({ time: later(2_000) });
    expect((await states.tickRow()).tick).toBe(epochMinute(Date.parse(later(2_000))));
  });

  it('refuses an event without a time', async () => {
    const { log } = recordingLog();
    const handler = createScheduleHandler({
      feeds: [],
      states,
      pollQueue: { send: async () => {} },
      log,
      isOwnHost,
      clock,
    });
    await expect(handler({})).rejects.toThrow();
    await expect(handler({ time: 'yesterday' })).rejects.toThrow();
  });

  it('keeps requests to a host apart across ticks, crashes and runs at once, and loses no feed', async () => {
    const { client, name, stop: end } = await startTestTable();
    const store = createDynamoFeedStateStore({ client, name, clock: () => 0, retentionDays: 0 });
    const { log, of } = recordingLog();
    const feeds = Array.from({ length: 20 }, (_, at) =>
      feedOf(`big-${at}`, { url: `https://${at % 2 ? 'www.' : ''}big.example/${at}` }),
    );
    for (const feed of feeds) {
      const waited = { version: 1, intervalMinutes: 1_440, notBefore: Date.parse(later(5_000)) };
      await store.save({ ...firstFeedState(feed, { min: 10, max: 1_440 }), ...waited }, null);
    }
    const turns: HostTurn[] = [];
    const polled = new Set<string>();
    const queue = { crashes: 0 };
    const pollQueue = {
      send: async (messages: readonly { body: PollRequest }[]) => {
        for (const { body } of messages) {
          for (const { id, turn } of body.feeds) {
            polled.add(id);
            if (turn) turns.push(turn);
          }
          // The first message is in the queue when the function ends.
          if (queue.crashes > 0) throw new Error(`crash ${queue.crashes--}`);
        }
      },
    };
    const run = async (minute: number, afterMs = 800) => {
      const now = Date.parse(later(minute)) + afterMs;
      const deps = { feeds, states: store, pollQueue, log, isOwnHost: () => false, clock: () => now };
      return createScheduleHandler(deps)({ time: later(minute) });
    };
    queue.crashes = 1;
    await expect(run(5_000)).rejects.toThrow('crash');
    await run(5_000, 30_000);
    await Promise.all([run(5_001), run(5_001)]);
    await Promise.all([run(5_002), run(5_003)]);
    for (let minute = 5_004; minute < 5_010; minute += 1) await run(minute);
    expect([...polled].sort()).toEqual(feeds.map((feed) => feed.id).sort());
    expect(of('schedule.overtaken').length).toBeGreaterThan(0);
    const inOrder = turns.sort((one, other) => one.startAt - other.startAt);
    inOrder.slice(1).forEach((turn, at) => {
      expect(turn.startAt - (inOrder[at]?.until ?? 0)).toBeGreaterThanOrEqual(5_000);
    });
    expect(turns.length).toBeLessThan(2 * feeds.length);
    await end();
  });

  it('writes the tick and nothing else when nothing public is due', async () => {
    const writes: unknown[] = [];
    const states_ = { ...states, saveTickRow: async (row: unknown) => writes.push(row) > 0 };
    const { log } = recordingLog();
    const pollQueue = { send: async () => {} };
    const schedule = createScheduleHandler({ feeds: [], states: states_, pollQueue, log, isOwnHost, clock });
    await schedule({ time: later(3_000) });
    expect(writes).toHaveLength(1);
  });

  it('sends nothing when another run gave the turns out first', async () => {
    const sent: unknown[] = [];
    const { log, of } = recordingLog();
    const schedule = createScheduleHandler({
      feeds: [feedOf('raced', { url: 'https://raced.example/' })],
      states: { ...states, saveTickRow: async () => false },
      pollQueue: { send: async (messages) => void sent.push(...messages) },
      log,
      isOwnHost: () => false,
      clock: () => Date.parse(later(4_000)),
    });
    expect(await schedule({ time: later(4_000) })).toEqual({ due: 0 });
    expect(sent).toEqual([]);
    expect(of('schedule.overtaken')).toHaveLength(1);
  });
});
