import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoStoryReader } from '../../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../../lambdas/adapters/aws/dynamodb-table.ts';
import { lineKey } from '../../../../lambdas/adapters/aws/story-keys.ts';
import { type EngineName, ensureTable } from '../../../../lambdas/adapters/local/embedded-engine.ts';
import { listedTags, wireTag } from '../../../../lambdas/core/story/story-line.ts';
import type { Position } from '../../../../lambdas/core/query/position.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { startTestTable } from '../../../support/engines.ts';
import { countingClient, interceptedClient } from '../../../support/intercepted-client.ts';
import { storyAt, tagsOf } from '../../../support/stories.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const dayMs = 86_400_000;
const boats = 'topic:sea.submarines';
const first = storyAt(1, '2026-11-19T10:00:00.000Z', { tags: tagsOf(['sea.submarines']) });
const moved: Story = { ...first, title: 'Moved', version: 2, revision: 2, tags: tagsOf(['air.bombers']) };
const all = { limit: 50, after: null, since: null, until: null, rowsMax: 1_000, accepts: () => true };

/** Something one side waits for and the other gives. */
function signal() {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

/** What every engine must hold when writers are slow, die, or meet rows of long ago; and what it may cost. */
export function storyFaultsContract(engine: EngineName): void {
  describe(`story store in trouble on ${engine}`, () => {
    let running: Awaited<ReturnType<typeof startTestTable>>;
    beforeAll(async () => {
      running = await startTestTable(engine);
    });
    afterAll(() => running.stop());

    let tables = 0;
    /** An empty table with a clock of its own. */
    const freshTable = async (retentionDays = 0) => {
      tables += 1;
      const name = `trouble-${tables}`;
      await ensureTable(running.client, name);
      const time = { now: start };
      const table: Table = { client: running.client, name, clock: () => time.now, retentionDays };
      const reader = createDynamoStoryReader(table);
      const titles = async (tag: string) =>
        (await reader.page({ ...all, tags: [tag] })).lines.map((line) => line.title);
      return { table, time, titles, writer: createDynamoStoryWriter(table), reader };
    };
    /** A writer that dies at its first call that `isLast` picks. */
    const dyingWriter = (table: Table, isLast: (pk: string) => boolean) =>
      createDynamoStoryWriter({
        ...table,
        client: interceptedClient(table.client, ({ name, pk }) => {
          if (name === 'Put' && isLast(pk)) throw new Error('killed here');
        }),
      });

    it('lists what another writer made of a story while it was being replaced', async () => {
      const { table, writer } = await freshTable();
      await writer.create(first);
      let puts = 0;
      const slow = createDynamoStoryWriter({
        ...table,
        client: interceptedClient(table.client, async ({ name }) => {
          if (name !== 'Put') return;
          puts += 1;
          const stored = puts === 2 ? await writer.find(first.id) : null;
          if (stored !== null)
            await writer.amend({ ...stored.story, title: 'Third', version: 3 }, stored, null);
        }),
      });
      expect(await slow.replace(moved, first)).toBe('replaced');
      expect(await writer.find(first.id)).toMatchObject({
        story: { title: 'Third' },
        listed: 3,
        complete: true,
      });
    });

    it('does not let a slow creator put a story back into a listing it has left', async () => {
      const { table, titles, writer } = await freshTable();
      const gate = signal();
      const reached = signal();
      const client = interceptedClient(table.client, async ({ name, pk }) => {
        if (name !== 'Put' || !pk.startsWith(`T#${boats}`)) return;
        reached.give();
        await gate.given;
      });
      const slow = createDynamoStoryWriter({ ...table, client }).create(first);
      await reached.given;
      const stored = await writer.find(first.id);
      if (stored === null) throw new Error('Expected the story to be claimed');
      await writer.publish(stored);
      expect(await titles(boats)).toEqual([first.title]);
      expect(await writer.replace(moved, first)).toBe('replaced');
      gate.give();
      await slow;
      expect(await titles(boats)).toEqual([]);
      expect(await titles('topic:air.bombers')).toEqual(['Moved']);
    });

    it('lets a story return to a listing it had left', async () => {
      const { titles, writer } = await freshTable(30);
      await writer.create(first);
      await writer.replace(moved, first);
      expect(await titles(boats)).toEqual([]);
      await writer.replace({ ...first, title: 'Back', version: 3 }, moved);
      expect(await titles(boats)).toEqual(['Back']);
      expect(await titles('topic:air.bombers')).toEqual([]);
    });

    it('lists a story claimed anew, at version 1, over rows of a higher version that are past their time', async () => {
      const { time, titles, writer } = await freshTable(30);
      await writer.create(first);
      await writer.replace(moved, first);
      time.now += 30 * dayMs;
      const again: Story = {
        ...moved,
        title: 'Again',
        version: 1,
        firstSeen: new Date(time.now).toISOString(),
      };
      expect(await writer.create(again)).toBe('created');
      for (const tag of listedTags(again)) expect(await titles(tag), tag).toEqual(['Again']);
      expect((await writer.find(first.id))?.complete).toBe(true);
    });

    it('lists a story claimed anew in a listing that its earlier life left on its last day', async () => {
      const { time, titles, writer } = await freshTable(30);
      await writer.create(first);
      time.now = Date.parse(first.firstSeen) + 30 * dayMs - 60_000;
      await writer.replace(moved, first);
      time.now += 60_000;
      const again: Story = { ...first, title: 'Again', firstSeen: new Date(time.now).toISOString() };
      expect(await writer.create(again)).toBe('created');
      expect(await titles(boats)).toEqual(['Again']);
    });

    it('does not take the wire row of an earlier life for that of the story', async () => {
      const { table, time, titles, writer } = await freshTable(30);
      await writer.create(first);
      await writer.replace(moved, first);
      time.now += 30 * dayMs;
      const again: Story = { ...first, title: 'Again', firstSeen: new Date(time.now).toISOString() };
      const dying = dyingWriter(table, (pk) => pk.startsWith(`T#${wireTag}#`));
      await expect(dying.create(again)).rejects.toThrow('killed here');
      const stored = await writer.find(first.id);
      expect(stored?.complete).toBe(false);
      if (stored !== null) await writer.publish(stored);
      expect(await titles(wireTag)).toEqual(['Again']);
      expect((await writer.find(first.id))?.complete).toBe(true);
    });

    it('writes one row for the story, one for each listing, one tally and one count, from a cold start', async () => {
      const { table, reader, writer } = await freshTable(30);
      await writer.create(first);
      const { client, counts } = countingClient(table.client);
      const cold = createDynamoStoryWriter({ ...table, client });
      const tags = tagsOf(['sea.submarines']);
      await cold.create(storyAt(2, '2026-11-19T11:00:00.000Z', { tags }));
      const listings = listedTags(first).length;
      // Beside the buckets it reads the tally it adds to, and the story once more when all of it is there.
      expect(counts).toEqual({ Put: 2 + listings, Update: 1, Get: listings + 2 });
      await cold.create(storyAt(3, '2026-11-19T12:00:00.000Z', { tags }));
      expect(counts.Get, 'buckets are asked for once').toBe(listings + 4);
      expect((await reader.totals()).stories).toBe(3);
    });

    it('shows a story on the wire also when its writer died before it was counted', async () => {
      const { table, titles } = await freshTable(30);
      const old = storyAt(1, '2026-08-19T10:00:00.000Z', { firstSeen: '2026-11-20T10:00:00.000Z' });
      let puts = 0;
      const client = interceptedClient(table.client, ({ name, pk }) => {
        if (name === 'Put' && pk.startsWith(`T#${wireTag}#`)) puts += 1;
        else if (puts > 0) throw new Error('killed here');
      });
      await expect(createDynamoStoryWriter({ ...table, client }).create(old)).rejects.toThrow('killed here');
      expect(await titles(wireTag)).toEqual([old.title]);
    });

    it('reads a page of a listing with one story a month for five years in at most seven Queries', async () => {
      const { table, writer } = await freshTable();
      const times = Array.from({ length: 60 }, (_, month) =>
        new Date(Date.UTC(2021, 11 + month, 3)).toISOString(),
      );
      const tags = tagsOf(['rare.tag'], ['TV']);
      for (const [number, time] of times.entries()) await writer.create(storyAt(number, time, { tags }));
      const { client, counts } = countingClient(table.client);
      const counted = createDynamoStoryReader({ ...table, client });
      const page = await counted.page({ ...all, tags: ['country:TV'] });
      expect(page.lines.map((line) => line.sortTime)).toEqual([...times].reverse().slice(0, 50));
      expect(counts.Query).toBeLessThanOrEqual(7);
      expect(page.readUnits).toBeLessThanOrEqual(7);
      const wire = await counted.page({ ...all, tags: [wireTag] });
      expect(wire.lines.map((line) => line.sortTime)).toEqual([...times].reverse().slice(0, 50));
    });

    it('walks months of uneven size in order, each story once, whatever the page', async () => {
      const { reader, writer } = await freshTable();
      const sizes = [3, 15, 14, 1, 16, 12];
      const times = sizes.flatMap((size, month) =>
        Array.from({ length: size }, (_, at) =>
          new Date(Date.UTC(2026, 10 - month, 19, 0, at)).toISOString(),
        ),
      );
      for (const [number, time] of times.entries()) await writer.create(storyAt(number, time));
      for (const limit of [2, 11, 20, 100]) {
        const seen: string[] = [];
        let after: Position | null = null;
        do {
          const page = await reader.page({ ...all, tags: [wireTag], limit, after });
          seen.push(...page.lines.map((line) => line.sortTime));
          after = page.next;
        } while (after !== null);
        expect(seen, `pages of ${limit}`).toEqual([...times].sort().reverse());
      }
    });

    it('does not read buckets whose every row is past its time', async () => {
      const { table, time, reader, writer } = await freshTable(30);
      for (let month = 0; month < 24; month += 1) {
        const seen = new Date(Date.UTC(2024, 10 + month, 3)).toISOString();
        time.now = Date.parse(seen);
        await writer.create(storyAt(month, seen));
      }
      time.now = start;
      const { client, counts } = countingClient(table.client);
      const page = await createDynamoStoryReader({ ...table, client }).page({ ...all, tags: [wireTag] });
      expect(page.lines).toEqual([]);
      // The newest month, the list of months, and October: its lines are gone, but one may live until the end of November.
      expect(counts.Query).toBeLessThanOrEqual(3);
      expect((await reader.totals()).stories).toBe(1);
    });

    it('keeps an old bucket for as long as any story in it lives', async () => {
      const { time, titles, writer } = await freshTable(30);
      const published = '2026-08-03T00:00:00.000Z';
      await writer.create(storyAt(1, published, { title: 'then' }));
      const late = (firstSeen: string, title: string) =>
        storyAt(2, published, { id: `late-${title}`, title, firstSeen });
      time.now = Date.parse('2026-11-01T00:00:00.000Z');
      await writer.create(late('2026-11-01T00:00:00.000Z', 'late'));
      expect(await titles(wireTag)).toEqual(['late']);
      time.now = Date.parse('2026-12-30T00:00:00.000Z');
      await writer.create(late('2026-12-30T00:00:00.000Z', 'later'));
      time.now += 29 * dayMs;
      expect(await titles(wireTag)).toEqual(['later']);
      expect(await titles(boats.replace('sea.submarines', 'sea.surface-combatants'))).toEqual(['later']);
    });

    it('keeps a bucket for ever once a story is kept for ever, also when retention is set again', async () => {
      const { table, time, titles } = await freshTable();
      const under = (retentionDays: number) => createDynamoStoryWriter({ ...table, retentionDays });
      const day = '2026-10-03T00:00:00.000Z';
      await under(1).create(storyAt(1, day));
      await under(0).create(storyAt(2, day, { title: 'for ever' }));
      await under(1).create(storyAt(3, day));
      time.now += 900 * dayMs;
      expect(await titles(wireTag)).toEqual(['for ever']);
    });

    it('gives every row of a dropped listing a time at which it goes', async () => {
      const { table, writer } = await freshTable();
      await writer.create(first);
      await writer.replace(moved, first);
      const Key = lineKey(boats, first);
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
      expect(Item).toMatchObject({ ver: 2, exp: (start + dayMs) / 1_000 });
      // Time to live takes it; the listing stays as it is.
      await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
      expect((await writer.find(first.id))?.complete).toBe(true);
    });
  });
}
