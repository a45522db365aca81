import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHostGate } from '../../../lambdas/adapters/host-gate.ts';
import type { FetchResult } from '../../../lambdas/core/fetch/fetch-result.ts';
import { createPollHandler } from '../../../lambdas/poll/handler.ts';
import type { FeedStateStore } from '../../../lambdas/ports.ts';
import { createScheduleHandler } from '../../../lambdas/schedule/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { answerOf, itemsOf, pollBench, rssOf } from '../../support/poll-bench.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import { feedOf } from '../../support/stories.ts';

const minute = 60_000;
const hour = 60 * minute;
const naval = feedOf('naval', { url: 'https://naval.example/feed' });
const air = feedOf('air', { url: 'https://air.example/feed' });
const land = feedOf('land', { url: 'https://land.example/feed' });
const listing = (...numbers: number[]): FetchResult =>
  answerOf(200, { body: rssOf(itemsOf(...numbers)), headers: { etag: `"${numbers[0]}"` } });
const turnAt = (startAt: number, untilMs = 5_000) => ({
  host: 'naval.example',
  startAt,
  until: startAt + untilMs,
});

let engine: Awaited<ReturnType<typeof startTestTable>>;
beforeAll(async () => {
  engine = await startTestTable();
});
afterAll(() => engine.stop());

describe('a publisher that lies', () => {
  it('F04: has what it hid behind 304 found within a day, once', async () => {
    const truth = { numbers: [1] };
    const bench = await pollBench(engine, [naval], ({ etag }) =>
      etag === undefined ? listing(...truth.numbers) : answerOf(304),
    );
    await bench.poll(['naval'], { forced: true });
    truth.numbers = [2, 1];
    const start = bench.time.now;
    while (bench.sent.length < 2 && bench.time.now < start + 72 * hour) {
      bench.time.now += hour;
      await bench.poll(['naval'], { forced: true });
    }
    expect(bench.time.now - start).toBe(24 * hour);
    expect(bench.sent[1]?.entries.map(({ title }) => title)).toEqual(['Ship 2 launched']);
    bench.time.now += hour;
    await bench.poll(['naval'], { forced: true });
    expect(bench.outcomes().at(-1)).toBe('not-modified');
  });
});

/** A poller as another container would be: its own clock, timers and gate on the same table. */
function container(
  states: FeedStateStore,
  parts: {
    readonly clock: () => number;
    readonly pause: (ms: number) => Promise<void>;
    readonly answer?: () => FetchResult;
  },
) {
  const asked: number[] = [];
  const { log, of } = recordingLog();
  const handler = createPollHandler({
    feeds: new Map([[naval.id, naval]]),
    states,
    fetcher: {
      fetch: async () => {
        asked.push(parts.clock());
        return parts.answer?.() ?? listing(1);
      },
    },
    gate: createHostGate({ clock: parts.clock, pause: parts.pause, isOwnHost: () => false }),
    ingestQueue: { send: async () => {} },
    isOwnHost: () => false,
    clock: parts.clock,
    log,
  });
  const poll = (tick: number, turn: ReturnType<typeof turnAt>) =>
    handler(sqsEvent([{ v: 1, tick, forced: false, feeds: [{ id: 'naval', trace: 't', turn }] }]));
  return { poll, asked, of };
}

describe('a container that is frozen and thawed', () => {
  it('F24: asks nobody when its timer fires after the turn is over, and has the feed given another', async () => {
    const { states, time } = await pollBench(engine, [naval], () => listing(1));
    const start = time.now;
    const late = container(states, {
      clock: () => time.now,
      pause: async () => {
        time.now += 2 * minute;
      },
    });
    await late.poll(start / minute, turnAt(start + 3_000));
    expect(late.asked).toEqual([]);
    expect(late.of('poll.turn-missed')).toHaveLength(1);
    expect(await states.scheduleRows()).toMatchObject([{ feedId: 'naval', notBefore: time.now + 60_000 }]);
  });

  it('F24: thawed after an answer that is hours old, it overwrites nothing that was saved meanwhile', async () => {
    const bench = await pollBench(engine, [naval], () => listing(2, 1));
    const start = bench.time.now;
    const meanwhile = async () => {
      bench.time.now += 3 * hour;
      await bench.pollElsewhere(['naval'], { forced: true });
      bench.time.now = start + 1_000;
    };
    const states = {
      ...bench.states,
      hostWait: async (host: string) => {
        await meanwhile();
        return bench.states.hostWait(host);
      },
    };
    const frozen = container(states, {
      clock: () => bench.time.now,
      pause: async () => {},
      answer: () => listing(1),
    });
    await frozen.poll(start / minute, turnAt(start, 55_000));
    expect(frozen.of('poll.state-conflict')).toHaveLength(1);
    const state = await bench.states.load('naval');
    expect(state).toMatchObject({ version: 1, etag: '"2"', lastPollAt: start + 3 * hour });
    expect(state?.window).toHaveLength(2);
  });
});

describe('a feed that brings the function down', () => {
  it.each([new RangeError('Maximum call stack size exceeded'), new Error('out of memory')])(
    'F25: costs its own message alone, and the others of it are saved and not asked again: %s',
    async (fault) => {
      const bench = await pollBench(engine, [naval, air, land], ({ url }) => {
        if (url === naval.url) throw fault;
        return answerOf(200, { body: rssOf(itemsOf(1)), url });
      });
      const turn = turnAt(bench.time.now, 55_000);
      const ids = ['air', 'naval', 'land'];
      expect((await bench.poll(ids, { turn })).batchItemFailures).toHaveLength(1);
      expect(bench.outcomes()).toEqual(['new-entries', 'new-entries']);
      for (let receive = 2; receive <= 3; receive += 1) {
        expect((await bench.pollElsewhere(ids, { turn })).batchItemFailures).toHaveLength(1);
      }
      expect(bench.asked.filter(({ url }) => url !== naval.url)).toHaveLength(2);
      expect(await bench.states.load('naval')).toBeNull();
    },
  );
});

describe('a message that is delivered again while it is worked on', () => {
  it('F29: leaves one state, hands on the same entries under the same keys, and asks twice at the most', async () => {
    const bench = await pollBench(engine, [naval], () => listing(2, 1));
    const turn = turnAt(bench.time.now, 55_000);
    const both = await Promise.all([
      bench.poll(['naval'], { turn }),
      bench.pollElsewhere(['naval'], { turn }),
    ]);
    expect(both.map(({ batchItemFailures }) => batchItemFailures)).toEqual([[], []]);
    expect(bench.asked.length).toBeLessThanOrEqual(2);
    expect((await bench.states.load('naval'))?.version).toBe(1);
    const handed = bench.sent.map(({ entries, sequence }) => ({
      keys: entries.map(({ key }) => key),
      sequence,
    }));
    expect(new Set(handed.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('F30: asks nobody when it comes after thirteen days', async () => {
    const bench = await pollBench(engine, [naval], () => listing(1));
    await bench.poll(['naval'], { forced: true });
    const turn = turnAt(bench.time.now + minute);
    const tick = Math.floor(bench.time.now / minute) + 1;
    bench.time.now += 13 * 24 * hour;
    await bench.poll(['naval'], { tick, turn });
    expect(bench.asked).toHaveLength(1);
  });
});

describe('clocks that disagree by ten minutes', () => {
  it('F46: a poller ahead of the scheduler asks nobody; the feed has its turn from one that is right', async () => {
    const { states, time } = await pollBench(engine, [naval], () => listing(1));
    const pause = async () => {};
    const ahead = container(states, { clock: () => time.now + 10 * minute, pause });
    const right = container(states, { clock: () => time.now, pause });
    const tick = time.now / minute;
    await ahead.poll(tick, turnAt(time.now, 55_000));
    expect(ahead.asked).toEqual([]);
    expect(ahead.of('poll.turn-missed')).toHaveLength(1);
    await right.poll(tick, turnAt(time.now, 55_000));
    expect(right.asked).toHaveLength(1);
  });

  it('F46: a poller behind the scheduler waits for no more than twenty seconds and asks once', async () => {
    const { states, time } = await pollBench(engine, [naval], () => listing(1));
    const start = time.now;
    const behind = container(states, {
      clock: () => time.now - 10 * minute,
      pause: async (ms) => {
        time.now += ms;
      },
    });
    await behind.poll(start / minute, turnAt(start));
    expect(behind.asked).toHaveLength(1);
    expect(time.now - start).toBeLessThanOrEqual(20_000);
  });

  it('F46: what a poller ahead saved holds polls back until its time has come, and versions only rise', async () => {
    const { states, time } = await pollBench(engine, [naval], () => listing(1));
    const pause = async () => {};
    const versions: (number | undefined)[] = [];
    const poll = async (skew: number, startAt: number) => {
      const poller = container(states, {
        clock: () => time.now + skew,
        pause,
        answer: () => answerOf(200, { body: rssOf(itemsOf(versions.length + 1)) }),
      });
      await poller.poll(Math.floor(startAt / minute), turnAt(startAt, 55_000));
      versions.push((await states.load('naval'))?.version);
      return poller.asked.length;
    };
    const start = time.now;
    expect(await poll(10 * minute, start + 10 * minute)).toBe(1);
    time.now = start + 5 * minute;
    expect(await poll(0, time.now)).toBe(0);
    time.now = start + 11 * minute;
    expect(await poll(0, time.now)).toBe(1);
    expect(versions).toEqual([1, 1, 2]);
  });

  it.each([-10, 10])(
    'F46: a scheduler that is %d minutes off gives no two turns less than five seconds apart',
    async (skew) => {
      const { states, time } = await pollBench(engine, [naval], () => listing(1));
      const feeds = Array.from({ length: 8 }, (_, at) =>
        feedOf(`f${at}`, { url: `https://naval.example/${at}` }),
      );
      const starts: { from: number; until: number }[] = [];
      const { log } = recordingLog();
      const first = Math.ceil(time.now / minute);
      for (let tick = first; tick < first + 4; tick += 1) {
        const now = tick * minute + 500 + (tick % 2 === 0 ? skew * minute : 0);
        const schedule = createScheduleHandler({
          feeds,
          states,
          pollQueue: {
            send: async (messages) => {
              for (const { body, delaySeconds = 0 } of messages) {
                expect(delaySeconds).toBeLessThanOrEqual(900);
                for (const { turn } of body.feeds)
                  if (turn) starts.push({ from: turn.startAt, until: turn.until });
              }
            },
          },
          isOwnHost: () => false,
          clock: () => now,
          log,
        });
        await schedule({ time: new Date(tick * minute).toISOString() });
      }
      expect(starts.length).toBeGreaterThanOrEqual(8);
      starts.sort((one, other) => one.from - other.from);
      starts.slice(1).forEach(({ from }, at) => {
        expect(from - (starts[at]?.until ?? 0)).toBeGreaterThanOrEqual(5_000);
      });
    },
  );
});
