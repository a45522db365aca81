import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoClusterReader } from '../../../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoFeedHealth } from '../../../lambdas/adapters/aws/dynamodb-feed-health.ts';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoTallyReader } from '../../../lambdas/adapters/aws/dynamodb-tally-reader.ts';
import { createDynamoStoryWriter } from '../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { storyKey } from '../../../lambdas/adapters/aws/story-keys.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import type { Story } from '../../../lambdas/core/words/story.ts';
import { walkHistory } from '../../../lambdas/retag/walk-history.ts';
import { createServeHandler } from '../../../lambdas/serve/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { fakeStoryReader } from '../../support/fake-story-reader.ts';
import { failingClient, type FaultKind } from '../../support/failing-client.ts';
import { countingClient, interceptedClient } from '../../support/intercepted-client.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { datesBefore } from '../../../lambdas/core/tally/dates.ts';
import { noBounds, nowMs, oldStory, rowsOf, tagBy, walker } from '../../support/retag-world.ts';
import { catalogue } from '../../support/serve-fixture.ts';
import { idOf } from '../../support/stories.ts';

describe('a walk over history', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  let tables = 0;
  /** A table with so many stories of the first version of the rules. */
  const tableWith = async (stories: number, retentionDays = 0): Promise<Table> => {
    tables += 1;
    const name = `history-${tables}`;
    await ensureTable(engine.client, name);
    const table: Table = { client: engine.client, name, clock: () => nowMs, retentionDays };
    const writer = createDynamoStoryWriter(table);
    for (let number = 0; number < stories; number += 1) await writer.create(oldStory(number));
    return table;
  };
  const listing = async (table: Table, tag: string) => {
    const all = { limit: 500, after: null, since: null, until: null, rowsMax: 1_000, accepts: () => true };
    return (await createDynamoStoryReader(table).page({ ...all, tags: [tag] })).lines;
  };
  const story = async (table: Table, number: number): Promise<Story> => {
    const found = await createDynamoStoryReader(table).story(idOf(number));
    if (found === null) throw new Error(`Expected story ${number}`);
    return found;
  };

  it('as a trial says what would change per topic, with examples, and writes no story and no listing', async () => {
    const table = await tableWith(6);
    const before = await rowsOf(table);
    const { end, progress } = await walker(table).walk('dry-run');
    expect(end).toBe('finished');
    expect(progress.summary).toMatchObject({
      read: 6,
      changed: 4,
      refined: 0,
      unchanged: 2,
      skipped: 0,
      failed: 0,
    });
    const tally = progress.summary.topics.map(({ name, gained, lost }) => [name, gained, lost]);
    expect(tally).toEqual([
      ['air.drones', 3, 0],
      ['sea.boats', 0, 2],
      ['sea.submarines', 2, 0],
    ]);
    expect(progress.summary.topics[0]?.gainedBy.map(({ title }) => title)).toEqual([
      'Drone boat, 1',
      'Drone flies, 3',
      'Drone plane, 5',
    ]);
    expect(progress.summary.relevance).toEqual([
      { from: 'none', to: 'core', stories: 1, examples: [{ id: idOf(3), title: 'Drone flies, 3' }] },
    ]);
    expect(await rowsOf(table)).toEqual(before);
  });

  it('gives every story the tags of the rules and the version of the taxonomy, and is no edit', async () => {
    const table = await tableWith(12);
    const { progress } = await walker(table).walk();
    expect(progress.summary).toMatchObject({ read: 12, changed: 8, unchanged: 4 });
    for (let number = 0; number < 12; number += 1) {
      const had = oldStory(number);
      const has = await story(table, number);
      const tags = tagBy(2)(had);
      const isChanged = JSON.stringify(tags) !== JSON.stringify(had.tags);
      expect(has).toEqual({ ...had, tags, taxonomyVersion: 2, version: isChanged ? 2 : 1 });
      expect((await createDynamoStoryWriter(table).find(had.id))?.complete).toBe(true);
    }
  });

  it('moves stories between listings: gained ones have a line in their place, left ones none', async () => {
    const table = await tableWith(12);
    await walker(table).walk();
    const numbers = async (tag: string) => (await listing(table, tag)).map(({ id }) => Number(id.slice(-2)));
    expect(await numbers('topic:sea.boats')).toEqual([]);
    expect(await numbers('topic:sea.submarines')).toEqual([0, 1, 6, 7]);
    expect(await numbers('topic:air.drones')).toEqual([1, 3, 5, 7, 9, 11]);
    expect(await numbers('topic:air')).toEqual([1, 2, 3, 5, 7, 8, 9, 11]);
    expect(await numbers('*')).toEqual(Array.from({ length: 12 }, (_, number) => number));
  });

  it('counts right in /api/topics as soon as it has ended, and keeps the count of stories', async () => {
    const table = await tableWith(12);
    const topic = (slug: string) => ({ slug, label: slug, definition: '' });
    const domain = (slug: string, ...slugs: string[]) => ({ slug, label: slug, topics: slugs.map(topic) });
    const tree = {
      version: 2,
      domains: [domain('sea', 'sea.boats', 'sea.submarines'), domain('air', 'air.drones', 'air.planes')],
    };
    const app = createServeHandler({
      stories: createDynamoStoryReader(table),
      clusters: createDynamoClusterReader(table),
      tally: createDynamoTallyReader(table),
      health: createDynamoFeedHealth(table),
      tree,
      catalogue,
      clock: () => nowMs,
      log: recordingLog().log,
      publicUrl: 'http://wire.example',
      cursorKey: 'key',
      originSecret: null,
      version: '1',
    });
    const get = async (path: string) => {
      const response = await app(new Request(`http://wire.example${path}`));
      return { text: await response.text(), etag: response.headers.get('etag') };
    };
    const before = await get('/topics/sea.submarines.rss');
    await walker(table).walk();
    // The stories are twenty days apart, and a count reaches back at most ninety.
    const counts = new Map<string, number>();
    for (const until of ['2026-11-21', '2026-08-23', '2026-05-25']) {
      const { text } = await get(`/api/topics?until=${until}&since=${datesBefore(until, 90).at(-1)}`);
      for (const { slug, count, topics } of JSON.parse(text).domains) {
        counts.set(slug, (counts.get(slug) ?? 0) + count);
        for (const topic of topics) counts.set(topic.slug, (counts.get(topic.slug) ?? 0) + topic.count);
      }
    }
    expect(['sea', 'air', 'sea.boats', 'sea.submarines'].map((slug) => counts.get(slug))).toEqual([
      4, 8, 0, 4,
    ]);
    const after = await get('/topics/sea.submarines.rss');
    expect(after.etag).not.toBe(before.etag);
    expect(after.text.match(/<item>/g)).toHaveLength(4);
    expect(JSON.parse((await get('/healthz')).text)).toMatchObject({ stories: 12 });
  });

  it('writes nothing the second time', async () => {
    const table = await tableWith(12);
    await walker(table).walk();
    const before = await rowsOf(table);
    const { client, counts } = countingClient(table.client);
    const { progress } = await walker({ ...table, client }).walk();
    expect(progress.summary).toMatchObject({ read: 12, changed: 0, refined: 0, unchanged: 12 });
    expect(await rowsOf(table)).toEqual(before);
    expect(counts.Put, 'the progress row: with the batch, and at the end').toBe(2);
    expect(counts.Update).toBeUndefined();
  });

  it('writes one row of a story whose tags stay under another taxonomy version', async () => {
    const table = await tableWith(0);
    await createDynamoStoryWriter(table).create(oldStory(4));
    const { client, counts } = countingClient(table.client);
    const { progress } = await walker({ ...table, client }).walk();
    expect(progress.summary).toMatchObject({ read: 1, unchanged: 1 });
    expect(counts.Put).toBe(1 + 2);
    expect(await story(table, 4)).toEqual({ ...oldStory(4), taxonomyVersion: 2 });
  });

  it('goes on where a bound ended it, over all stories once', async () => {
    const table = await tableWith(12);
    const ends: string[] = [];
    let read = 0;
    for (;;) {
      const { end, progress } = await walker(table).walk('apply', { storiesMax: 5 });
      ends.push(end);
      read = progress.summary.read;
      if (end === 'finished') break;
    }
    expect([ends, read]).toEqual([['bounded', 'bounded', 'finished'], 12]);
    const [other] = [await tableWith(12)];
    await walker(other).walk();
    expect(await rowsOf(table)).toEqual(await rowsOf(other));
  });

  it('ends with the batch in which its time is up, having read a hundred stories at a time', async () => {
    const stories = Array.from({ length: 250 }, (_, number) => oldStory(number));
    const byId = new Map(stories.map((one) => [one.id, one]));
    const found = async (id: string) => {
      const there = byId.get(id);
      return there === undefined
        ? null
        : { story: there, listed: there.version, complete: true, dropped: [], plan: null };
    };
    const table = await tableWith(0);
    let now = nowMs;
    const { deps, open } = walker({ ...table, clock: () => now });
    const walk = { ...deps, reader: fakeStoryReader(stories), stories: { ...deps.stories, find: found } };
    const onBatch = () => {
      now += 1_000;
    };
    const batches = async (msMax: number) => {
      const { end, progress } = await walkHistory({ ...walk, onBatch }, await open('dry-run'), {
        ...noBounds,
        msMax,
      });
      return [end, progress.summary.read];
    };
    expect(await batches(500)).toEqual(['bounded', 100]);
    expect(await batches(500)).toEqual(['bounded', 200]);
    expect(await batches(500)).toEqual(['finished', 250]);
    expect(await batches(5_000), 'a walk that has ended is not gone on with').toEqual(['finished', 250]);
  });

  for (const kind of ['before', 'after'] as const) {
    it(`killed ${kind} any call to the store and taken up again ends in the same rows and summary`, async () => {
      const faultless = await tableWith(4);
      const { progress } = await walker(faultless).walk();
      const covered = await sweep(kind, await rowsOf(faultless), progress.summary);
      expect(covered).toBeGreaterThan(40);
    });
  }

  /** Kills the n-th call for every n until a walk makes fewer calls than that; gives how many were covered. */
  async function sweep(kind: FaultKind, rows: unknown, summary: unknown): Promise<number> {
    for (let nth = 1; ; nth += 1) {
      const table = await tableWith(4);
      const failing = failingClient(engine.client, nth, kind);
      await walker({ ...table, client: failing.client })
        .walk()
        .catch(() => undefined);
      const { open, walk } = walker(table);
      const opened = await open('apply');
      // A walk that ended just before it was killed is not begun again.
      const resumed = opened.version > 0 && opened.cursor === null && opened.counted === null;
      const { progress } = await walk();
      expect(await rowsOf(table), `killed ${kind} call ${nth}`).toEqual(rows);
      if (!resumed) expect(progress.summary, `killed ${kind} call ${nth}`).toEqual(summary);
      if (failing.calls() < nth) return nth - 1;
    }
  }

  it('shows a reader each story old or new and never mixed, at any moment', async () => {
    const table = await tableWith(6);
    let looks = 0;
    const look = async (): Promise<void> => {
      looks += 1;
      for (const tag of ['*', 'topic:sea', 'topic:air', 'topic:sea.submarines', 'topic:sea.boats']) {
        const lines = await listing(table, tag);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
        for (const line of lines) {
          const had = oldStory(Number(line.id.slice(-2)));
          const { topics, relevance } = line;
          const [older, newer] = [had.tags, tagBy(2)(had)].map((tags) => ({
            topics: tags.topics,
            relevance: tags.relevance,
          }));
          expect([older, newer]).toContainEqual({ topics, relevance });
          expect(line).toMatchObject({
            title: had.title,
            sortTime: had.sortTime,
            revision: 1,
            updated: had.updated,
          });
        }
      }
      expect((await listing(table, '*')).length, 'nothing leaves the wire meanwhile').toBe(6);
    };
    const client = interceptedClient(table.client, async ({ name }) => {
      if (name === 'Put') await look();
    });
    await walker({ ...table, client }).walk();
    await look();
    expect(looks).toBeGreaterThan(20);
  });

  it('leaves alone stories that are past their time or gone, and counts those gone while it reads', async () => {
    const table = await tableWith(12, 60);
    await engine.client.send(new DeleteCommand({ TableName: table.name, Key: storyKey(idOf(1)) }));
    const before = (await rowsOf(table)).filter((row) => JSON.stringify(row).includes(idOf(11)));
    const { progress } = await walker(table).walk();
    // Of twelve, twenty days apart and kept for sixty days, three are left; one of them has lost its own item.
    expect(progress.summary).toMatchObject({ read: 3, skipped: 1, changed: 1, unchanged: 1 });
    expect(before.length).toBeGreaterThan(0);
    expect((await rowsOf(table)).filter((row) => JSON.stringify(row).includes(idOf(11)))).toEqual(before);
  });

  it('keeps an edit that comes between reading and writing, and tags its text', async () => {
    const table = await tableWith(1);
    const writer = createDynamoStoryWriter(table);
    const first = oldStory(0);
    const edited = {
      ...first,
      title: 'Plane, edited',
      revision: 2,
      version: 2,
      tags: tagBy(1)({ title: 'Plane' }),
    };
    let isEdited = false;
    const client = interceptedClient(table.client, async ({ name, pk }) => {
      if (isEdited || name !== 'Put' || !pk.startsWith('S#')) return;
      isEdited = true;
      await writer.replace(edited, first);
    });
    await walker({ ...table, client }).walk();
    expect(await story(table, 0)).toEqual({ ...edited, taxonomyVersion: 2 });
    expect(await listing(table, 'topic:sea')).toEqual([]);
  });

  it('ends in the same rows when two walk at once; one of them gives way', async () => {
    const alone = await tableWith(8);
    await walker(alone).walk();
    const table = await tableWith(8);
    const [one, other] = [walker(table), walker(table)];
    const ends = await Promise.all([one.walk(), other.walk()]);
    expect(ends.map(({ end }) => end).sort()).toEqual(['finished', 'overtaken']);
    expect(await rowsOf(table)).toEqual(await rowsOf(alone));
  });

  it('heals a story that a crash left half-written before it decides on it', async () => {
    const table = await tableWith(3);
    const first = oldStory(1);
    const half = { ...first, version: 2, tags: tagBy(2)(first), taxonomyVersion: 2 };
    const dying = interceptedClient(table.client, ({ name, pk }) => {
      if (name === 'Put' && pk.startsWith('T#')) throw new Error('killed here');
    });
    const replace = createDynamoStoryWriter({ ...table, client: dying }).replace(half, first);
    await expect(replace).rejects.toThrow('killed here');
    const { walk, of } = walker(table);
    await walk();
    expect(of('story.healed')).toHaveLength(1);
    expect((await listing(table, 'topic:air.drones')).map(({ id }) => id)).toEqual([idOf(1)]);
    expect((await listing(table, 'topic:sea.boats')).map(({ id }) => id)).toEqual([]);
  });

  it('passes over one story that cannot be read, says which, and does the rest', async () => {
    const table = await tableWith(6);
    const Item = { ...storyKey(idOf(1)), d: 'not a story', ver: 1 };
    await engine.client.send(new PutCommand({ TableName: table.name, Item }));
    const { walk, of } = walker(table);
    const { end, progress } = await walk();
    expect([end, progress.summary.failed, progress.summary.read]).toEqual(['finished', 1, 6]);
    expect(of('retag.story-failed')).toMatchObject([{ story: idOf(1) }]);
    expect((await story(table, 0)).taxonomyVersion).toBe(2);
  });

  it('stops between two stories when asked to, and goes on from there with nothing counted twice', async () => {
    const table = await tableWith(12);
    const stop = new AbortController();
    let puts = 0;
    const client = interceptedClient(table.client, ({ name, pk }) => {
      if (name === 'Put' && pk.startsWith('S#')) puts += 1;
      if (puts === 3) stop.abort();
    });
    const first = await walker({ ...table, client }).walk('apply', { stop: stop.signal });
    expect(first.end).toBe('stopped');
    expect((await story(table, 11)).taxonomyVersion).toBe(1);
    const second = await walker(table).walk();
    expect(second.progress.run).toBe(first.progress.run);
    expect(second.progress.summary).toMatchObject({ read: 12, changed: 8, unchanged: 4 });
    expect((await story(table, 11)).taxonomyVersion).toBe(2);
  });
});
