import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScheduleRow } from '../../../../lambdas/core/poll/feed-state.ts';
import { intervalClassesMinutes, nextTurn } from '../../../../lambdas/core/schedule/due-feeds.ts';
import { planTick } from '../../../../lambdas/core/schedule/plan-tick.ts';
import { type PacedRow, planBudget, stretchedRow } from '../../../../lambdas/core/schedule/request-budget.ts';
import { firstTickRow } from '../../../../lambdas/core/schedule/tick-row.ts';
import { feedOf } from '../../../support/stories.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const day = 86_400_000;

const rowOf = (feedId: string, intervalMinutes: number, parts: Partial<ScheduleRow> = {}): ScheduleRow => ({
  feedId,
  intervalMinutes,
  notBefore: 0,
  ...parts,
});
const paced = (row: ScheduleRow, maxMinutes = 1_440): PacedRow => ({ row, maxMinutes });
const anyInterval = fc.constantFrom(...intervalClassesMinutes);
const anyRows = fc.array(
  fc.record({
    minutes: anyInterval,
    quietMinutes: fc.option(anyInterval),
    times: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    skip: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    max: anyInterval,
    waitDays: fc.constantFrom(0, 0, 0, 2),
  }),
  { minLength: 1, maxLength: 60 },
);
const rowsOf = (shapes: typeof anyRows extends fc.Arbitrary<infer T> ? T : never): PacedRow[] =>
  shapes.map(({ minutes, quietMinutes, times, skip, max, waitDays }, at) =>
    paced(
      rowOf(`f${at}`, minutes, {
        notBefore: waitDays === 0 ? 0 : now + waitDays * day,
        ...(quietMinutes !== null && { quiet: { intervalMinutes: quietMinutes, times } }),
        ...(skip !== null && { skip }),
      }),
      max,
    ),
  );

describe('a budget of requests', () => {
  it('fits wherever the bounds leave room, with the smallest stretch that does, and is said to be missed elsewhere', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 20_000 }), (shapes, budget) => {
        const rows = rowsOf(shapes);
        const plan = planBudget(rows, budget, now);
        const slowest = planBudget(rows, 1, now);
        if (plan.isMet) expect(plan.polls).toBeLessThanOrEqual(Math.ceil(0.97 * budget));
        else expect(plan).toEqual(slowest);
        if (!plan.isMet || plan.factor === 1) return;
        const before = plan.factor / 1.01;
        const polls = planBudget(
          rows.map((one) => paced(stretchedRow(one, before))),
          0,
          now,
        ).polls;
        expect(polls).toBeGreaterThanOrEqual(Math.floor(0.97 * budget));
      }),
    );
  });

  it('never makes an interval shorter, never longer than its bounds, and grows with the factor', () => {
    fc.assert(
      fc.property(anyRows, fc.double({ min: 1, max: 1_500, noNaN: true }), (shapes, factor) => {
        for (const one of rowsOf(shapes)) {
          const row = stretchedRow(one, factor);
          const pairs = [
            [one.row.intervalMinutes, row.intervalMinutes, stretchedRow(one, factor * 1.5).intervalMinutes],
            [one.row.quiet?.intervalMinutes ?? 1, row.quiet?.intervalMinutes ?? 1, Number.POSITIVE_INFINITY],
          ] as const;
          for (const [before, after, later] of pairs) {
            expect(after).toBeGreaterThanOrEqual(before);
            expect(after).toBeLessThanOrEqual(Math.max(before, one.maxMinutes));
            expect(after).toBeLessThanOrEqual(later);
          }
          expect({ ...row, intervalMinutes: 0, quiet: 0 }).toEqual({
            ...one.row,
            intervalMinutes: 0,
            quiet: 0,
          });
        }
      }),
    );
  });

  it('of none, or one that is not used up, leaves every row as it is', () => {
    const rows = [paced(rowOf('a', 10)), paced(rowOf('b', 1_440))];
    expect(planBudget(rows, 0, now)).toEqual({ factor: 1, polls: 145, isMet: true });
    expect(planBudget(rows, 150, now)).toEqual({ factor: 1, polls: 145, isMet: true });
    expect(planBudget([], 1, now)).toEqual({ factor: 1, polls: 0, isMet: true });
    expect(rows.map((one) => stretchedRow(one, 1))).toEqual(rows.map(({ row }) => row));
  });

  it('is used up to six per cent by many feeds of one interval, whose classes lie a third apart', () => {
    const rows = Array.from({ length: 500 }, (_, at) => paced(rowOf(`f${at}`, 60)));
    for (const share of [0.9, 0.7, 0.5, 0.25]) {
      const budget = 500 * 24 * share;
      const { polls, isMet } = planBudget(rows, budget, now);
      expect(isMet).toBe(true);
      expect(polls).toBeGreaterThan(0.94 * budget);
    }
  });

  it('stretches all by about the same factor, so that rates keep their square roots', () => {
    const rows = Array.from({ length: 600 }, (_, at) => paced(rowOf(`f${at}`, [15, 60, 240][at % 3] ?? 15)));
    const { factor } = planBudget(rows, 600 * 0.5 * 42, now);
    const meanOf = (minutes: number) => {
      const logs = rows
        .filter(({ row }) => row.intervalMinutes === minutes)
        .map((one) => Math.log(stretchedRow(one, factor).intervalMinutes / minutes));
      return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
    };
    for (const minutes of [15, 60, 240]) expect(meanOf(minutes) / factor).toBeCloseTo(1, 1);
  });

  it('counts the turns of each day of the week, with quiet times, times to skip and a feed that waits', () => {
    const weekend = (1 << 24) | (1 << 30);
    const rows = [
      rowOf('plain', 20),
      rowOf('quiet', 10, { quiet: { intervalMinutes: 120, times: 0b111111 | weekend } }),
      rowOf('skips', 30, { skip: 0b1111 }),
    ];
    const midnight = Date.parse('2026-11-20T00:00:00.000Z') / 60_000;
    for (let at = 0; at < 7; at += 1) {
      const first = midnight + at * 1_440;
      const turns = rows.map((row) => {
        let count = 0;
        for (let turn = nextTurn(row, first - 1); turn < first + 1_440; turn = nextTurn(row, turn))
          count += 1;
        return count;
      });
      const { polls } = planBudget(
        rows.map((row) => paced(row)),
        0,
        (first + 700) * 60_000,
      );
      expect(Math.abs(polls - turns.reduce((sum, count) => sum + count, 0))).toBeLessThanOrEqual(3);
    }
    const waiting = paced(rowOf('gone', 10, { notBefore: now + 7 * day }));
    expect(planBudget([waiting], 0, now).polls).toBe(1);
  });
});

describe('a tick under a budget', () => {
  const feeds = Array.from({ length: 20 }, (_, at) =>
    feedOf(`f${at}`, at % 2 === 0 ? {} : { every: { min: 10, max: 30 } }),
  );
  const rows = feeds.map(({ id }) => rowOf(id, 20));
  const duesOfDay = (requestBudget: number): Map<string, number> => {
    const dues = new Map<string, number>();
    const from = Math.floor(now / 60_000);
    for (let tick = from + 1; tick <= from + 1_440; tick += 1) {
      const saved = { ...firstTickRow, tick: tick - 1, given: tick - 1 };
      const facts = { tick, now: tick * 60_000, saved, feeds, rows, hostWaits: new Map(), requestBudget };
      for (const { id } of planTick({ ...facts, isOwnHost: () => true }).own)
        dues.set(id, (dues.get(id) ?? 0) + 1);
    }
    return dues;
  };
  const sumOf = (dues: ReadonlyMap<string, number>) =>
    [...dues.values()].reduce((sum, count) => sum + count, 0);

  it('sends no more of a day than the budget, and as many as without one where there is none', () => {
    expect(sumOf(duesOfDay(0))).toBe(20 * 72);
    const dues = duesOfDay(1_000);
    expect(sumOf(dues)).toBeLessThanOrEqual(1_000);
    expect(sumOf(dues)).toBeGreaterThan(930);
  });

  it('keeps to the bounds of the catalogue when they do not leave room', () => {
    const dues = duesOfDay(30);
    expect(feeds.map(({ id }) => dues.get(id))).toEqual(feeds.map((_, at) => (at % 2 === 0 ? 1 : 48)));
  });
});
