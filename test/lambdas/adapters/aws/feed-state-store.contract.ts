import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoFeedStateStore } from '../../../../lambdas/adapters/aws/dynamodb-feed-state-store.ts';
import type { Table } from '../../../../lambdas/adapters/aws/dynamodb-table.ts';
import { packed } from '../../../../lambdas/adapters/aws/line-codec.ts';
import type { EngineName } from '../../../../lambdas/adapters/local/embedded-engine.ts';
import { firstFeedState } from '../../../../lambdas/core/poll/next-feed-state.ts';
import type { FeedStateStore } from '../../../../lambdas/ports.ts';
import { startTestTable } from '../../../support/engines.ts';
import { interceptedClient } from '../../../support/intercepted-client.ts';
import { feedOf } from '../../../support/stories.ts';

const bounds = { min: 10, max: 480 };

/** What every engine must hold for polls and the schedule to be right. */
export function feedStateStoreContract(engine: EngineName): void {
  describe(`feed state store on ${engine}`, () => {
    let store: FeedStateStore;
    let table: Table;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      const { client, name, stop: end } = await startTestTable(engine);
      stop = end;
      table = { client, name, clock: () => 0, retentionDays: 0 };
      store = createDynamoFeedStateStore(table);
    });
    afterAll(() => stop());

    const state = (feedId: string, parts = {}) => ({
      ...firstFeedState(feedOf(feedId), bounds),
      version: 1,
      ...parts,
    });
    /** The row without its mark, which tests of the address look at. */
    const rowOf = async (feedId: string) => {
      const found = (await store.scheduleRows()).find((row) => row.feedId === feedId);
      if (found === undefined) return undefined;
      const { mark: _mark, ...row } = found;
      return row;
    };

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

    it('keeps quiet times in the schedule row, and takes them out again', async () => {
      const first = state('resting');
      await store.save(first, null);
      const resting = { ...first, version: 2, quiet: { intervalMinutes: 120, times: 63 } };
      await store.save(resting, first);
      expect((await rowOf('resting'))?.quiet).toEqual({ intervalMinutes: 120, times: 63 });
      expect(await store.load('resting')).toEqual(resting);
      await store.save({ ...first, version: 3 }, resting);
      expect(await rowOf('resting')).toEqual({ feedId: 'resting', intervalMinutes: 20, notBefore: 0 });
    });

    it('leaves the schedule row as the winner of two polls has it, whoever wrote it last', async () => {
      const first = state('contended');
      await store.save(first, null);
      const winner = { ...first, version: 2, intervalMinutes: 60, quiet: { intervalMinutes: 90, times: 1 } };
      const loser = { ...first, version: 2, intervalMinutes: 480, notBefore: 77 };
      // The winner saves while the loser has written its schedule row and is about to save its state.
      const late = interceptedClient(table.client, async ({ name, pk }) => {
        if (name === 'Put' && pk === 'FEED#contended') await store.save(winner, first);
      });
      const slow = createDynamoFeedStateStore({ ...table, client: late });
      expect(await slow.save(loser, first)).toBe(false);
      const row = { feedId: 'contended', intervalMinutes: 60, notBefore: 0, quiet: winner.quiet };
      expect(await rowOf('contended')).toEqual(row);
      expect(await store.save(loser, first)).toBe(false);
      expect(await rowOf('contended')).toEqual(row);
    });

    it('reads a state whose window was stored as it is', async () => {
      const window = [{ key: 'gAAAAAAAAAAAAAAAA', hash: 'BBBBBBBBBBBBBBBB', seenDay: 20_000, leftDay: null }];
      const before = state('before', { window });
      const Item = { pk: 'FEED#before', sk: 'STATE', d: packed(before), ver: 1 };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
      expect(await store.load('before')).toEqual(before);
      expect(await store.save({ ...before, version: 2 }, before)).toBe(true);
      expect(await store.load('before')).toEqual({ ...before, version: 2 });
    });

    it('holds a feed that has no row, or one for another address, and no other', async () => {
      const at = (url: string) => ({ id: 'held', url });
      await store.hold(at('https://held.example/1'), 5);
      await store.hold(at('https://held.example/1'), 9);
      expect(await rowOf('held')).toMatchObject({ notBefore: 5 });
      await store.hold(at('https://held.example/2'), 7);
      expect(await rowOf('held')).toMatchObject({ notBefore: 7 });
    });

    it('keeps the tick row, and lets one of two runs save it', async () => {
      const first = await store.tickRow();
      expect(first).toEqual({ tick: null, given: null, waiting: [], pending: [], version: 0 });
      const given = { tick: null, given: 100, waiting: ['b', 'c'], pending: ['a'], version: 1 };
      expect(await store.saveTickRow(given, first)).toBe(true);
      expect(await store.tickRow()).toEqual(given);
      expect(await store.saveTickRow({ ...given, waiting: [] }, first)).toBe(false);
      const sent = { ...given, tick: 100, pending: [], version: 2 };
      expect(await store.saveTickRow(sent, given)).toBe(true);
      expect(await store.saveTickRow({ ...sent, tick: 99 }, given)).toBe(false);
      expect(await store.tickRow()).toEqual(sent);
    });

    it('holds four thousand waiting feeds with the longest ids', async () => {
      const before = await store.tickRow();
      const waiting = Array.from({ length: 4_000 }, (_, at) => String(at).padStart(64, 'x'));
      const row = { ...before, waiting, pending: [], version: before.version + 1 };
      await store.saveTickRow(row, before);
      expect((await store.tickRow()).waiting).toEqual(waiting);
    });

    it('reads a tick row of before there were turns', async () => {
      const Item = { pk: 'SCHEDULE#TICK', sk: 'TICK', tick: 77 };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
      const before = await store.tickRow();
      expect(before).toEqual({ tick: 77, given: null, waiting: [], pending: [], version: 0 });
      expect(await store.saveTickRow({ ...before, tick: 78, version: 1 }, before)).toBe(true);
    });

    it('keeps the longest wait of a host, apart from the rows of feeds', async () => {
      expect(await store.hostWait('slow.example')).toBe(0);
      await store.saveHostWait('slow.example', 9_000);
      await store.saveHostWait('slow.example', 4_000);
      expect(await store.hostWait('slow.example')).toBe(9_000);
      const { rows, hostWaits } = await store.schedule();
      expect([...hostWaits]).toEqual([['slow.example', 9_000]]);
      expect(rows.map((row) => row.feedId)).not.toContain('HOST#slow.example');
    });

    it('puts a feed off without touching its state, and not against a newer row', async () => {
      const first = state('late');
      await store.putOff({ ...first, version: 0 }, 55);
      expect(await rowOf('late')).toMatchObject({ notBefore: 55 });
      await store.save(first, null);
      await store.putOff(first, 66);
      expect(await rowOf('late')).toMatchObject({ notBefore: 66, intervalMinutes: first.intervalMinutes });
      await store.save({ ...first, version: 2, notBefore: 99 }, first);
      await store.putOff(first, 77);
      expect(await rowOf('late')).toMatchObject({ notBefore: 99 });
      expect((await store.load('late'))?.version).toBe(2);
    });

    it('keeps where a feed moved to, what it was told, and the host to ask', async () => {
      const first = state('moving', { skip: 5 });
      await store.save(first, null);
      const moved = {
        ...first,
        version: 2,
        movedTo: 'https://www.new.example/feed',
        move: { to: 'https://x.example/', sightings: 2, firstAt: 3 },
        gone: { firstAt: 1, sightings: 3, disabledAt: 2 },
        overrun: { minutes: 10, at: 4 },
      };
      expect(await store.save(moved, first)).toBe(true);
      expect(await store.load('moving')).toEqual(moved);
      expect(await rowOf('moving')).toMatchObject({ host: 'new.example', skip: 5 });
    });
  });
}
