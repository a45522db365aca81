import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoStoryReader } from '../../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../../lambdas/adapters/aws/dynamodb-table.ts';
import { createDynamoTallyReader } from '../../../../lambdas/adapters/aws/dynamodb-tally-reader.ts';
import { createTallyRollup, rollUp } from '../../../../lambdas/adapters/aws/dynamodb-tally-rollup.ts';
import { type EngineName, ensureTable } from '../../../../lambdas/adapters/local/embedded-engine.ts';
import { tallyEntry } from '../../../../lambdas/core/tally/tally-entry.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { startTestTable } from '../../../support/engines.ts';
import { failingClient } from '../../../support/failing-client.ts';
import { interceptedClient } from '../../../support/intercepted-client.ts';
import { storyAt, tagsOf } from '../../../support/stories.ts';

const dayMs = 86_400_000;
const day = '2026-11-18';
const window = { since: '2026-11-01T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' };
const at = (number: number, parts: Partial<Story> = {}) =>
  storyAt(number, `${day}T10:${String(number % 60).padStart(2, '0')}:00.000Z`, parts);
const edited = (story: Story, topic: string): Story => ({
  ...story,
  version: story.version + 1,
  revision: story.revision + 1,
  tags: tagsOf([topic]),
});

/** What every engine must hold for counts to be exact. */
export function tallyContract(engine: EngineName): void {
  describe(`counted stories on ${engine}`, () => {
    let running: Awaited<ReturnType<typeof startTestTable>>;
    beforeAll(async () => {
      running = await startTestTable(engine);
    });
    afterAll(() => running.stop());

    let tables = 0;
    /** An empty table whose clock stands two days after the stories' day, so that it may be rolled up. */
    const fresh = async (retentionDays = 0) => {
      tables += 1;
      const name = `tally-${tables}`;
      await ensureTable(running.client, name);
      const time = { now: Date.parse(day) + 2 * dayMs };
      const table: Table = { client: running.client, name, clock: () => time.now, retentionDays };
      /** By a process that knows nothing yet: what is stored. */
      const counts = async (of: Table = table) => {
        const { entries } = await createDynamoTallyReader(of).days(window);
        const counted = entries.map(
          ({ key, version, topics }) => `${Number(key)} v${version} ${topics.join()}`,
        );
        return counted.sort();
      };
      return { table, time, counts, writer: createDynamoStoryWriter(table) };
    };

    it('count a story once with its tags, whatever was written of it before', async () => {
      const { counts, writer } = await fresh();
      await writer.create(at(1));
      await writer.create(at(2));
      await writer.create(at(1));
      await writer.replace(edited(at(1), 'air.bombers'), at(1));
      expect(await counts()).toEqual(['1 v2 air.bombers', '2 v1 sea.surface-combatants']);
    });

    it('come back with all that filters ask of them', async () => {
      const { table, writer } = await fresh(30);
      const { id: _id, ...original } = {
        ...({ id: 'x', source: 'wire', kind: 'wire', lang: 'fr', sortTime: `${day}T09:00:00.000Z` } as const),
        lacks: ['topic:a.b'],
        adds: ['org:NATO', 'country:FR'],
      };
      const names = (...list: string[]) => list.map((name) => ({ name, evidence: [] }));
      const tags = {
        ...tagsOf(['sea.submarines', 'policy.alliances'], ['NO', 'FI']),
        organisations: names('Royal Navy'),
        people: names('Ann Lee'),
        systems: names('F-35'),
        operations: names('Steadfast Defender 2026'),
      };
      const story = at(7, { tags, cluster: at(1).id, original: { id: 'x', ...original }, lang: 'fr-CA' });
      await writer.create(story);
      const expires = Date.parse(story.firstSeen) / 1_000 + 30 * 86_400;
      const read = async () => (await createDynamoTallyReader(table).days(window)).entries;
      expect(await read()).toEqual([tallyEntry(story, expires)]);
      await rollUp(table, day);
      expect(await read()).toEqual([tallyEntry(story, expires)]);
    });

    it('keep to the window, its start in and its end out, rolled up or not', async () => {
      const { table, writer } = await fresh();
      for (const number of [1, 2, 3]) await writer.create(at(number));
      for (const isRolled of [false, true]) {
        if (isRolled) await rollUp(table, day);
        const { entries } = await createDynamoTallyReader(table).days({
          since: `${day}T10:01:00.000Z`,
          until: `${day}T10:03:00.000Z`,
        });
        expect(entries.map(({ key }) => Number(key)).sort()).toEqual([1, 2]);
      }
    });

    it('go with their stories when retention ends', async () => {
      const { table, time, counts, writer } = await fresh(30);
      await writer.create(at(1));
      await writer.create(at(2, { firstSeen: `${day}T20:00:00.000Z` }));
      await rollUp(table, day);
      time.now = Date.parse(`${day}T15:00:00.000Z`) + 30 * dayMs;
      expect(await counts()).toEqual(['2 v1 sea.surface-combatants']);
      time.now += dayMs;
      expect(await counts()).toEqual([]);
      const again = at(1, { firstSeen: new Date(time.now).toISOString() });
      expect(await writer.create(again)).toBe('created');
      expect(await counts()).toEqual(['1 v1 sea.surface-combatants']);
      await rollUp(table, day);
      expect(await counts()).toEqual(['1 v1 sea.surface-combatants']);
    });

    it('are the same rolled up, after an edit and a late story, and rolled up again', async () => {
      const { table, counts, writer } = await fresh();
      for (const number of [1, 2, 3]) await writer.create(at(number));
      const before = await counts();
      expect(await rollUp(table, day)).toBe(true);
      expect(await counts()).toEqual(before);
      await writer.replace(edited(at(2), 'air.bombers'), at(2));
      await writer.create(at(4));
      const after = [
        '1 v1 sea.surface-combatants',
        '2 v2 air.bombers',
        '3 v1 sea.surface-combatants',
        '4 v1 sea.surface-combatants',
      ];
      expect(await counts()).toEqual(after);
      await rollUp(table, day);
      expect(await counts()).toEqual(after);
      await writer.replace(edited(at(3), 'air.bombers'), at(3));
      expect(await counts()).toContain('3 v2 air.bombers');
    });

    it('are seen by a process that remembers the roll-up of before', async () => {
      const { table, writer } = await fresh();
      await writer.create(at(1));
      await rollUp(table, day);
      const reader = createDynamoTallyReader(table);
      const topics = async () => (await reader.days(window)).entries.flatMap((entry) => entry.topics);
      expect(await topics()).toEqual(['sea.surface-combatants']);
      await writer.replace(edited(at(1), 'air.bombers'), at(1));
      expect(await topics()).toEqual(['air.bombers']);
      await rollUp(table, day);
      expect(await topics()).toEqual(['air.bombers']);
    });

    it('are exact when a roll-up is killed at any call, and when it is done after all', async () => {
      const { table, counts, writer } = await fresh();
      for (const number of [1, 2]) await writer.create(at(number));
      await rollUp(table, day);
      await writer.create(at(3));
      let expected = await counts();
      for (const kind of ['before', 'after'] as const) {
        for (let nth = 1; nth <= 5; nth += 1) {
          const { client } = failingClient(table.client, nth, kind);
          await rollUp({ ...table, client }, day).catch(() => undefined);
          expect(await counts(), `killed ${kind} call ${nth}`).toEqual(expected);
          // A story that comes while a dead roll-up lies about is neither lost nor counted twice.
          await writer.create(at(10 * nth + (kind === 'before' ? 0 : 1)));
          expected = [
            ...expected,
            `${10 * nth + (kind === 'before' ? 0 : 1)} v1 sea.surface-combatants`,
          ].sort();
          expect(await counts()).toEqual(expected);
        }
      }
      await rollUp(table, day);
      expect(await counts()).toEqual(expected);
    });

    it('miss no story that is written at any moment of a roll-up', async () => {
      for (let nth = 1; nth <= 5; nth += 1) {
        const { table, counts, writer } = await fresh();
        await writer.create(at(1));
        let calls = 0;
        const client = interceptedClient(table.client, async () => {
          calls += 1;
          if (calls === nth) await writer.create(at(2));
        });
        await rollUp({ ...table, client }, day);
        if (calls < nth) await writer.create(at(2));
        expect(await counts(), `before call ${nth}`).toEqual([
          '1 v1 sea.surface-combatants',
          '2 v1 sea.surface-combatants',
        ]);
      }
    });

    it('miss no story whose writer was held up between its calls while the day was rolled up', async () => {
      for (let nth = 1; nth <= 12; nth += 1) {
        const { table, counts, writer } = await fresh();
        await writer.create(at(1));
        let calls = 0;
        const client = interceptedClient(table.client, async () => {
          calls += 1;
          if (calls === nth) await rollUp(table, day);
        });
        await createDynamoStoryWriter({ ...table, client }).create(at(2));
        expect(await counts(), `before call ${nth}`).toEqual([
          '1 v1 sea.surface-combatants',
          '2 v1 sea.surface-combatants',
        ]);
      }
    });

    it('are exact after a writer was killed at any call and its message came again', async () => {
      for (const isRolled of [false, true]) {
        for (const kind of ['before', 'after'] as const) {
          const { table, counts, writer } = await fresh();
          await writer.create(at(1));
          if (isRolled) await rollUp(table, day);
          const next = edited(at(1), 'air.bombers');
          for (let nth = 1, isCovered = false; !isCovered; nth += 1) {
            const failing = failingClient(table.client, nth, kind);
            const dying = createDynamoStoryWriter({ ...table, client: failing.client });
            await dying.create(at(nth + 1)).catch(() => undefined);
            isCovered = failing.calls() < nth;
            const stored = await writer.find(at(nth + 1).id);
            if (stored === null) await writer.create(at(nth + 1));
            else if (!stored.complete) await writer.publish(stored);
            const count = await counts();
            expect(count, `killed ${kind} call ${nth}`).toHaveLength(nth + 1);
            expect(count).toContain(`${nth + 1} v1 sea.surface-combatants`);
          }
          expect(await writer.replace(next, at(1))).toBe('replaced');
          expect((await counts())[0]).toBe('1 v2 air.bombers');
        }
      }
    });

    it('are exact when four writers write the same hour at once', async () => {
      const { table, counts } = await fresh();
      const writers = Array.from({ length: 4 }, () => createDynamoStoryWriter(table));
      await Promise.all(
        writers.map(async (writer, place) => {
          for (let number = 0; number < 10; number += 1) {
            // Each story is met by two writers, and edited by whoever stored it.
            const story = at(10 * Math.floor(place / 2) + number + 1);
            if ((await writer.create(story)) === 'created')
              await writer.replace(edited(story, 'air.bombers'), story);
          }
        }),
      );
      expect(await counts()).toHaveLength(20);
      expect((await counts()).every((entry) => entry.endsWith('v2 air.bombers'))).toBe(true);
    });

    it('agree with the wire to the last story', async () => {
      const { table, counts, writer } = await fresh();
      for (let number = 1; number <= 30; number += 1) await writer.create(at(number));
      for (let number = 1; number <= 30; number += 3)
        await writer.replace(edited(at(number), 'air.bombers'), at(number));
      const page = await createDynamoStoryReader(table).page({
        tags: ['*'],
        limit: 200,
        after: null,
        since: null,
        until: null,
        rowsMax: 1_000,
        accepts: () => true,
      });
      const lines = page.lines.map(
        ({ id, topics }) => `${Number(id.slice(-6))} ${topics.map(({ topic }) => topic).join()}`,
      );
      expect((await counts()).map((entry) => entry.replace(/ v\d+/, '')).sort()).toEqual(lines.sort());
    });

    it('cost one write of one unit, a second one for a day that is rolled up', async () => {
      const { table, writer, time } = await fresh(30);
      await writer.create(at(1));
      let writes: string[] = [];
      const client = interceptedClient(table.client, ({ name, pk }) => {
        if (pk.startsWith('N#')) writes.push(`${name} ${pk}`);
      });
      const watched = createDynamoStoryWriter({ ...table, client });
      const today = storyAt(50, new Date(time.now).toISOString());
      await watched.create(today);
      expect(writes).toEqual(['Put N#2026-11-20']);
      await rollUp(table, day);
      writes = [];
      await watched.create(at(2));
      await watched.create(at(3));
      expect(writes).toEqual(
        [
          [`Put N#${day}`, 'Get N#D', `Put N#${day}#1`, 'Update N#D'],
          [`Put N#${day}`, 'Get N#D', `Put N#${day}#1`],
        ].flat(),
      );
    });

    it('are rolled up for days that have settled, some at a time, at most once an hour', async () => {
      const { table, time, writer, counts } = await fresh();
      await writer.create(at(1));
      const rollup = createTallyRollup(table);
      expect(await rollup.settle()).toEqual(['2026-11-18', '2026-11-17', '2026-11-16', '2026-11-15']);
      expect(await rollup.settle()).toEqual([]);
      time.now += 3_600_000;
      expect(await rollup.settle()).toEqual(['2026-11-14', '2026-11-13', '2026-11-12', '2026-11-11']);
      time.now += 5 * 3_600_000;
      expect((await rollup.settle())[0], 'six hours after its end').toBe('2026-11-19');
      for (let number = 2; number <= 60; number += 1) await writer.create(at(number));
      time.now += 3_600_000;
      expect((await rollup.settle())[0], 'with many late stories').toBe(day);
      expect(await counts()).toHaveLength(60);
    });

    it('refuse a window that nobody checked', async () => {
      const { table } = await fresh();
      const reader = createDynamoTallyReader(table);
      await expect(reader.days({ since: '2020-01-01T00:00:00.000Z', until: '9999' })).rejects.toThrow(
        'at most 130 days',
      );
      expect(await reader.days({ since: '2090-01-01T00:00:00.000Z', until: '9999' })).toEqual({
        entries: [],
        readUnits: 0,
      });
    });
  });
}
