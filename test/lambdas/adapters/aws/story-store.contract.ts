import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { recountWire } from '../../../../lambdas/adapters/aws/dynamodb-recount.ts';
import { bucketKey } from '../../../../lambdas/adapters/aws/story-keys.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoStoryReader } from '../../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../../lambdas/adapters/aws/dynamodb-table.ts';
import type { EngineName } from '../../../../lambdas/adapters/local/embedded-engine.ts';
import type { Position } from '../../../../lambdas/core/query/position.ts';
import { nameListing } from '../../../../lambdas/core/story/story-line.ts';
import { startTestTable } from '../../../support/engines.ts';
import { idOf, storyAt, tagsOf } from '../../../support/stories.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');

/** What every engine must hold for the wire to be right; run on each. */
export function storyStoreContract(engine: EngineName): void {
  describe(`story store on ${engine}`, () => {
    let table: Table;
    let stop: () => Promise<void>;
    let clock = now;

    beforeAll(async () => {
      const running = await startTestTable(engine);
      stop = running.stop;
      table = { client: running.client, name: running.name, clock: () => clock, retentionDays: 0 };
    });
    afterAll(() => stop());

    /** Every test has topics of its own, so that tests do not see each other's stories. */
    let nextTest = 0;
    const fresh = () => {
      nextTest += 1;
      const topic = `test.topic-${nextTest}`;
      const at = (number: number, sortTime: string, parts = {}) =>
        storyAt(nextTest * 1_000 + number, sortTime, { tags: tagsOf([topic]), ...parts });
      return { topic, at, reader: createDynamoStoryReader(table), writer: createDynamoStoryWriter(table) };
    };
    const request = (tags: string[], parts = {}) => ({
      tags,
      limit: 50,
      after: null,
      since: null,
      until: null,
      rowsMax: 1e3,
      accepts: () => true,
      ...parts,
    });
    const titles = (page: { lines: readonly { title: string }[] }) => page.lines.map((line) => line.title);

    it('lists a story under its names, whatever their spelling, in all its years at once', async () => {
      const { at, topic, reader, writer } = fresh();
      const name = (word: string) => ({ name: `${word} ${topic}`, evidence: [] });
      const tags = { ...tagsOf([topic]), systems: [name('Séa-Ceptor')], operations: [name('Op')] };
      const stories = ['2019-01-02', '2026-11-18', '2026-11-19'].map((day, number) =>
        at(number, `${day}T10:00:00.000Z`, { tags }),
      );
      for (const story of stories) await writer.create(story);
      const page = await reader.page(request([nameListing('system', `SEA ceptor ${topic}`)]));
      expect(page.lines.map(({ sortTime }) => sortTime.slice(0, 4))).toEqual(['2026', '2026', '2019']);
      expect((await reader.page(request([nameListing('person', `Op ${topic}`)]))).lines).toEqual([]);
      expect(
        (await reader.page(request([nameListing('operation', `op ${topic}`)], { limit: 2 }))).next,
      ).toEqual({ id: stories[1]?.id, sortTime: stories[1]?.sortTime });
    });

    it('reads the sparsest of several groups of listings, and finds the same in each', async () => {
      const { at, topic, reader, writer } = fresh();
      const rare = `rare.topic-${topic.split('-')[1]}`;
      for (let number = 0; number < 60; number += 1) {
        const topics = number % 20 === 7 ? [topic, rare] : [topic];
        const minute = String(number).padStart(2, '0');
        await writer.create(at(number, `2026-11-19T10:${minute}:00.000Z`, { tags: tagsOf(topics) }));
      }
      const groups = [[`topic:${topic}`], [`topic:${rare}`]];
      const accepts = (line: { topics: readonly { topic: string }[] }) => line.topics.length === 2;
      const alone = await reader.page(request(groups[0] ?? [], { accepts }));
      const chosen = await reader.page(request(groups[0] ?? [], { accepts, others: groups.slice(1) }));
      const swapped = await reader.page(request(groups[1] ?? [], { accepts, others: groups.slice(0, 1) }));
      expect(alone.lines).toHaveLength(3);
      expect(chosen.lines).toEqual(alone.lines);
      expect(swapped.lines).toEqual(alone.lines);
      // A bound of a few rows is enough where the sparse listing is read, and far too little on the dense one.
      const few = { accepts, rowsMax: 5 };
      const bounded = await reader.page(request(groups[0] ?? [], { ...few, others: groups.slice(1) }));
      expect(bounded.lines).toEqual(alone.lines);
      expect((await reader.page(request(groups[0] ?? [], few))).lines).toEqual([]);
    });

    it('gives back a story as it was created, by id and in each of its listings', async () => {
      const { at, topic, reader, writer } = fresh();
      const story = at(1, '2026-11-19T10:00:00.000Z', { tags: tagsOf([topic, 'other.topic'], ['NO', 'GB']) });
      expect(await writer.create(story)).toBe('created');
      expect(await reader.story(story.id)).toEqual(story);
      for (const tag of [
        `topic:${topic}`,
        'topic:test',
        'topic:other',
        'country:GB',
        'source:naval-review',
        '*',
      ]) {
        const page = await reader.page(
          request([tag], { accepts: (line: { id: string }) => line.id === story.id }),
        );
        expect(page.lines, tag).toHaveLength(1);
        expect(page.lines[0]).toMatchObject({
          id: story.id,
          sortTime: story.sortTime,
          summary: story.summary,
        });
      }
    });

    it('lets exactly one of several writers create a story', async () => {
      const { at, writer } = fresh();
      const story = at(1, '2026-11-19T10:00:00.000Z');
      const results = await Promise.all(Array.from({ length: 4 }, () => writer.create(story)));
      expect(results.filter((result) => result === 'created')).toHaveLength(1);
    });

    it('lists newest first and breaks ties by id, across months', async () => {
      const { at, topic, reader, writer } = fresh();
      const times = ['2026-11-19T10', '2026-10-01T00', '2026-11-19T10', '2025-02-28T23', '2026-11-20T11'];
      const stories = times.map((time, number) => at(number, `${time}:00:00.000Z`));
      await Promise.all(stories.map((story) => writer.create(story)));
      const page = await reader.page(request([`topic:${topic}`]));
      expect(page.lines.map((line) => line.id)).toEqual([4, 2, 0, 1, 3].map((number) => stories[number]?.id));
      expect(page.next).toBeNull();
    });

    it('walks every story exactly once, whatever the page size', async () => {
      const { at, topic, reader, writer } = fresh();
      const stories = Array.from({ length: 23 }, (_, number) =>
        at(number, `2026-${String(1 + (number % 11)).padStart(2, '0')}-0${1 + (number % 3)}T00:00:00.000Z`),
      );
      await Promise.all(stories.map((story) => writer.create(story)));
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
          const seen: string[] = [];
          let after: Position | null = null;
          do {
            const page = await reader.page(request([`topic:${topic}`], { limit, after }));
            seen.push(...page.lines.map((line) => line.id));
            after = page.next;
          } while (after !== null);
          expect(seen).toHaveLength(stories.length);
          expect(new Set(seen).size).toBe(stories.length);
          expect(seen).toEqual([...seen].sort(byTimeOf(stories)));
        }),
        { numRuns: 8 },
      );
    });

    it('merges several listings without repeating a story that stands in two', async () => {
      const { at, topic, reader, writer } = fresh();
      await writer.create(
        at(1, '2026-11-18T00:00:00.000Z', { title: 'both', tags: tagsOf([topic, `${topic}-b`]) }),
      );
      await writer.create(
        at(2, '2026-11-17T00:00:00.000Z', { title: 'second', tags: tagsOf([`${topic}-b`]) }),
      );
      await writer.create(at(3, '2026-11-19T00:00:00.000Z', { title: 'first' }));
      const page = await reader.page(request([`topic:${topic}`, `topic:${topic}-b`]));
      expect(titles(page)).toEqual(['first', 'both', 'second']);
    });

    it('bounds a page by since (inclusive) and until (exclusive), also when they leave nothing', async () => {
      const { at, topic, reader, writer } = fresh();
      for (const day of [1, 2, 3])
        await writer.create(at(day, `2026-11-0${day}T00:00:00.000Z`, { title: `day ${day}` }));
      const of = (since: string | null, until: string | null) =>
        reader.page(request([`topic:${topic}`], { since, until })).then(titles);
      expect(await of('2026-11-02T00:00:00.000Z', null)).toEqual(['day 3', 'day 2']);
      expect(await of(null, '2026-11-03T00:00:00.000Z')).toEqual(['day 2', 'day 1']);
      expect(await of('2026-11-02T00:00:00.000Z', '2026-11-02T00:00:00.000Z')).toEqual([]);
      expect(await of('2026-11-09T00:00:00.000Z', '2026-11-01T00:00:00.000Z')).toEqual([]);
    });

    it('stops at the bound on work and goes on from there', async () => {
      const { at, topic, reader, writer } = fresh();
      for (const minute of [1, 2, 3, 4, 5])
        await writer.create(at(minute, `2026-11-01T00:0${minute}:00.000Z`));
      const accepts = (line: { id: string }) => line.id === idOf(nextTest * 1_000 + 1);
      const first = await reader.page(request([`topic:${topic}`], { rowsMax: 3, accepts }));
      expect(first.lines).toEqual([]);
      expect(first.next).not.toBeNull();
      const second = await reader.page(
        request([`topic:${topic}`], { rowsMax: 3, accepts, after: first.next }),
      );
      expect(second.lines).toHaveLength(1);
      expect(second.next).toBeNull();
    });

    it('replaces a story in all its listings and takes it out of those it left', async () => {
      const { at, topic, reader, writer } = fresh();
      const story = at(1, '2026-11-10T00:00:00.000Z');
      await writer.create(story);
      const edited = { ...story, title: 'Edited', revision: 2, version: 2, tags: tagsOf([`${topic}-b`]) };
      expect(await writer.replace(edited, story)).toBe('replaced');
      expect(titles(await reader.page(request([`topic:${topic}`])))).toEqual([]);
      expect(titles(await reader.page(request([`topic:${topic}-b`])))).toEqual(['Edited']);
      expect(await reader.story(story.id)).toEqual(edited);
      expect((await writer.find(story.id))?.complete).toBe(true);
    });

    it('refuses to replace a version that is no longer stored', async () => {
      const { at, writer } = fresh();
      const story = at(1, '2026-11-10T00:00:00.000Z');
      await writer.create(story);
      await writer.replace({ ...story, version: 2, title: 'Winner' }, story);
      expect(await writer.replace({ ...story, version: 2, title: 'Loser' }, story)).toBe('conflict');
      expect((await writer.find(story.id))?.story.title).toBe('Winner');
    });

    it('knows nothing of a story that was never stored', async () => {
      const { reader, writer } = fresh();
      expect(await writer.find('nosuchstory0000000000000')).toBeNull();
      expect(await reader.story('nosuchstory0000000000000')).toBeNull();
      expect(await reader.page(request(['topic:no.such']))).toMatchObject({ lines: [], next: null });
    });

    it('treats a story past its retention as gone, and lets its id be claimed again', async () => {
      const { at, topic, reader } = fresh();
      const writer = createDynamoStoryWriter({ ...table, retentionDays: 30 });
      const story = at(1, '2026-11-01T00:00:00.000Z');
      await writer.create(story);
      clock = now + 30 * 86_400_000;
      try {
        expect(await writer.find(story.id)).toBeNull();
        expect(await reader.story(story.id)).toBeNull();
        expect(titles(await reader.page(request([`topic:${topic}`])))).toEqual([]);
        expect(await writer.create({ ...story, firstSeen: '2026-12-19T00:00:00.000Z' })).toBe('created');
      } finally {
        clock = now;
      }
    });

    it('charges at most seven read units for a page of fifty and one write unit a row', async () => {
      const { at, topic, reader, writer } = fresh();
      const summary =
        'The defence ministry signed for twelve more vehicles after a year of trials in the north. '.repeat(
          4,
        );
      const stories = Array.from({ length: 60 }, (_, number) =>
        at(number, `2026-11-01T00:${String(number).padStart(2, '0')}:00.000Z`, { summary }),
      );
      for (const story of stories) await writer.create(story);
      const page = await reader.page(request([`topic:${topic}`]));
      expect(page.lines).toHaveLength(50);
      expect(page.readUnits).toBeLessThanOrEqual(7);
      expect(page.readUnits).toBeGreaterThan(0);
    });

    it('counts the wire anew after a writer was killed between a line and its count', async () => {
      const { at, reader, writer } = fresh();
      await writer.create(at(1, '2026-11-10T00:00:00.000Z'));
      const { stories } = await reader.totals();
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: bucketKey('*', '2026-11'),
          UpdateExpression: 'ADD n :short',
          ExpressionAttributeValues: { ':short': -1 },
        }),
      );
      expect((await reader.totals()).stories).toBe(stories - 1);
      await recountWire(table);
      expect((await reader.totals()).stories).toBe(stories);
    });

    it('keeps a dense text whole by id and within one write unit in listings', async () => {
      const { at, topic, reader, writer } = fresh();
      const summary = Array.from({ length: 1_000 }, (_, at_) =>
        String.fromCodePoint(0x4e00 + ((at_ * 7_919) % 20_000)),
      ).join('');
      const story = at(1, '2026-11-10T00:00:00.000Z', { summary });
      await writer.create(story);
      expect((await reader.story(story.id))?.summary).toBe(summary);
      const [line] = (await reader.page(request([`topic:${topic}`]))).lines;
      expect(line?.summary.endsWith('…')).toBe(true);
      expect(summary.startsWith(line?.summary.slice(0, -1) ?? 'none')).toBe(true);
    });
  });
}

function byTimeOf(stories: readonly { id: string; sortTime: string }[]) {
  const key = new Map(stories.map((story) => [story.id, `${story.sortTime}#${story.id}`]));
  return (one: string, other: string) => ((key.get(one) ?? '') < (key.get(other) ?? '') ? 1 : -1);
}
