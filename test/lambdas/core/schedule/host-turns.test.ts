import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giveTurns, spacingMs } from '../../../../lambdas/core/schedule/host-turns.ts';
import { feedOf } from '../../../support/stories.ts';

const tick = 100;
const onTime = tick * 60_000;
const dueOn = (hosts: readonly string[]) =>
  hosts.map((host, at) => ({ feed: feedOf(`feed-${at}`), host: `${host}.example` }));

describe('giveTurns', () => {
  it('keeps any two requests to a host five seconds apart that start within their turns, over the ticks too', () => {
    const lateMs = fc.integer({ min: 0, max: 70_000 });
    const ticks = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), lateMs), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(ticks, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (minutes, chance) => {
        let before: number | null = null;
        const turns = minutes.flatMap(([feeds, late], at) => {
          const now = (tick + at) * 60_000 + late;
          const due = dueOn(Array(feeds).fill('one'));
          const { given, until: last } = giveTurns(due, { tick: tick + at, now, given: before });
          before = last;
          for (const { turn } of given) expect(turn.startAt).toBeGreaterThanOrEqual(now);
          return given.map(({ turn }) => turn);
        });
        for (const { startAt, until } of turns) expect(until - startAt).toBeGreaterThanOrEqual(spacingMs);
        // Each starts at any moment of its turn.
        const starts = turns.map(({ startAt, until }) => {
          const { value = 0 } = chance.next();
          return startAt + value * (until - startAt);
        });
        starts.sort((one, other) => one - other);
        starts.slice(1).forEach((start, at) => {
          expect(start - (starts[at] ?? 0)).toBeGreaterThanOrEqual(spacingMs);
        });
        // A fetch ends within 10 s, so a third never begins while two are under way.
        starts.slice(2).forEach((start, at) => {
          expect(start - (starts[at] ?? 0)).toBeGreaterThanOrEqual(10_000);
        });
      }),
    );
  });

  it('gives the last turn of a minute and the first of the next five seconds between', () => {
    const [last, first] = [tick, tick + 1].map((minute, at) => {
      const turns = giveTurns(dueOn(Array(6).fill('one')), { tick: minute, now: minute * 60_000 }).given;
      return turns.at(at === 0 ? -1 : 0)?.turn;
    });
    expect((first?.startAt ?? 0) - (last?.until ?? 0)).toBe(5_000);
  });

  it('loses no feed and gives none a second turn', () => {
    const hosts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 });
    fc.assert(
      fc.property(hosts, fc.integer({ min: 0, max: 90_000 }), (names, late) => {
        const due = dueOn(names);
        const { given, left } = giveTurns(due, { tick, now: onTime + late });
        const ids = [...given.map(({ feed }) => feed.id), ...left.map(({ id }) => id)];
        expect(ids.sort()).toEqual(due.map(({ feed }) => feed.id).sort());
      }),
    );
  });

  it('P50: gives 2,000 feeds of one host six turns a minute, and a feed of another host its own', () => {
    const due = dueOn([...Array(2_000).fill('host'), 'other']);
    const { given, left } = giveTurns(due, { tick, now: onTime });
    expect(given.map(({ turn }) => turn.host)).toEqual([...Array(6).fill('host.example'), 'other.example']);
    expect(left).toHaveLength(1_994);
  });

  it('leaves a lone request of a host nearly the whole minute to come late in', () => {
    const [one] = giveTurns(dueOn(['a']), { tick, now: onTime }).given;
    expect(one?.turn).toEqual({ host: 'a.example', startAt: onTime + 5_000, until: onTime + 60_000 });
  });

  it('gives no turns of a minute that are over, nor those given before', () => {
    expect(giveTurns(dueOn(['a']), { tick, now: onTime + 121_000 }).given).toEqual([]);
    expect(giveTurns(dueOn(['a']), { tick, now: onTime, given: tick + 1 }).given).toEqual([]);
  });

  it('gives every feed a turn where the schedule always runs in the last second of its minute', () => {
    let given: number | null = null;
    let waiting = dueOn(Array(360).fill('one'));
    for (let at = 0; at < 60; at += 1) {
      const now = (tick + at) * 60_000 + 59_000;
      const turns = giveTurns(waiting, { tick: tick + at, now, given });
      for (const { turn } of turns.given) expect(turn.startAt - now).toBeLessThanOrEqual(65_000);
      given = turns.until;
      const left = new Set(turns.left.map(({ id }) => id));
      waiting = waiting.filter(({ feed }) => left.has(feed.id));
    }
    expect(waiting).toEqual([]);
  });

  it('has hosts that fit into the rest of a minute wait no longer because another does not', () => {
    const late = onTime + 40_000;
    const { given } = giveTurns(dueOn(['a', 'b', 'b', 'b', 'b']), { tick, now: late });
    expect(given[0]?.turn).toMatchObject({ host: 'a.example', startAt: onTime + 45_000 });
  });
});
