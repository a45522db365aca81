import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../../lambdas/core/schedule/address-mark.ts';
import { planTick, type TickFacts, type TickPlan } from '../../../../lambdas/core/schedule/plan-tick.ts';
import { firstTickRow, type TickRow } from '../../../../lambdas/core/schedule/tick-row.ts';
import type { Feed } from '../../../../lambdas/core/words/feed.ts';
import { feedOf } from '../../../support/stories.ts';

const start = 30_000_000;
const feedsOn = (host: string, count: number): Feed[] =>
  Array.from({ length: count }, (_, at) => feedOf(`${host}-${at}`, { url: `https://${host}.example/${at}` }));
const rowOf = (feed: Feed, parts = {}) => ({
  feedId: feed.id,
  mark: addressMark(feed.url),
  intervalMinutes: 1_440,
  notBefore: start * 60_000,
  ...parts,
});

/** At this tick every feed's wait has just ended, so all are due. */
const facts = (feeds: readonly Feed[], parts: Partial<TickFacts> = {}): TickFacts => ({
  tick: start,
  now: start * 60_000,
  saved: { ...firstTickRow, tick: start - 1, given: start - 1, version: 9 },
  feeds,
  rows: feeds.map((feed) => rowOf(feed)),
  hostWaits: new Map(),
  isOwnHost: () => false,
  ...parts,
});
const sent = (plan: TickPlan): string[] => plan.turns.map(({ feed }) => feed.id);
const next = (plan: TickPlan, tick: number): TickRow => ({
  ...firstTickRow,
  tick,
  given: tick,
  waiting: plan.waiting,
});

describe('planTick', () => {
  it('carries feeds over to later ticks, the longest waiting first, each once', () => {
    const feeds = feedsOn('big', 15);
    const order: string[][] = [];
    let plan = planTick(facts(feeds));
    order.push(sent(plan));
    for (let tick = start + 1; tick < start + 5; tick += 1) {
      plan = planTick(facts(feeds, { tick, now: tick * 60_000, saved: next(plan, tick - 1) }));
      order.push(sent(plan));
    }
    expect(order.map((ids) => ids.length)).toEqual([6, 6, 3, 0, 0]);
    expect(order.flat()).toEqual(feeds.map((feed) => feed.id));
  });

  it('counts www. and the host a feed moved to as the host that is asked', () => {
    const [one, other] = [
      feedOf('a', { url: 'https://www.x.example/' }),
      feedOf('b', { url: 'https://y.example/' }),
    ];
    const rows = [rowOf(one), rowOf(other, { host: 'x.example' })];
    const { turns } = planTick(facts([one, other], { rows }));
    expect(turns.map(({ turn }) => turn.host)).toEqual(['x.example', 'x.example']);
    expect(turns[0]?.turn.startAt).not.toBe(turns[1]?.turn.startAt);
  });

  it('F16: has every feed of a host wait that asked for it, others not, and then spreads them out', () => {
    const feeds = [...feedsOn('slow', 3), ...feedsOn('fine', 1)];
    const hostWaits = new Map([['slow.example', (start + 2) * 60_000]]);
    let plan = planTick(facts(feeds, { hostWaits }));
    expect(sent(plan)).toEqual(['fine-0']);
    expect(plan.waiting).toEqual(['slow-0', 'slow-1', 'slow-2']);
    const saved = next(plan, start);
    plan = planTick(facts(feeds, { hostWaits, saved, tick: start + 1, now: (start + 1) * 60_000 }));
    expect(sent(plan)).toEqual([]);
    plan = planTick(facts(feeds, { hostWaits, saved, tick: start + 2, now: (start + 2) * 60_000 }));
    expect(sent(plan)).toEqual(['slow-0', 'slow-1', 'slow-2']);
    expect(new Set(plan.turns.map(({ turn }) => turn.startAt)).size).toBe(3);
  });

  it('gives no turn of a minute twice: after a run that ended too early those of the next are given', () => {
    const feeds = feedsOn('big', 3);
    const cutOff = { ...firstTickRow, tick: start - 1, given: start, pending: ['big-2'] };
    const again = planTick(facts(feeds, { saved: cutOff }));
    expect(sent(again)).toEqual(['big-2', 'big-0', 'big-1']);
    for (const { turn } of again.turns) expect(turn.startAt).toBeGreaterThan((start + 1) * 60_000);
  });

  it('forgets a waiting feed that left the catalogue, and leaves one alone that has to wait anyway', () => {
    const [one, other] = feedsOn('big', 2);
    if (one === undefined || other === undefined) throw new Error('expected two feeds');
    const saved = { ...firstTickRow, tick: start, given: start, waiting: ['big-9', one.id, other.id] };
    const rows = [rowOf(one, { notBefore: (start + 9) * 60_000 }), rowOf(other)];
    const plan = planTick(facts([one, other], { saved, rows, tick: start + 1, now: (start + 1) * 60_000 }));
    expect(sent(plan)).toEqual([other.id]);
    expect(plan.waiting).toEqual([]);
  });

  it('sends what is on own hosts at once, and has feeds without a row wait in line', () => {
    const feeds = feedsOn('mine', 9);
    const own = planTick(facts(feeds, { isOwnHost: () => true, rows: [] }));
    expect([own.own.length, own.turns.length, own.firsts.length]).toEqual([9, 0, 9]);
    const firsts = planTick(facts(feeds, { rows: [] }));
    expect([firsts.turns.length, firsts.firsts.length, firsts.waiting.length]).toEqual([6, 6, 3]);
  });

  it('bounds the feeds that wait', () => {
    expect(planTick(facts(feedsOn('big', 5_000))).waiting).toHaveLength(4_000);
  });

  it('does not believe a tick row from a clock that was years ahead', () => {
    const saved = { ...firstTickRow, tick: start * 2, given: start * 2 };
    expect(sent(planTick(facts(feedsOn('big', 1), { saved })))).toHaveLength(1);
  });
});
