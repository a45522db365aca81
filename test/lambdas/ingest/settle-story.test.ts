import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import type { IngestRequest } from '../../../lambdas/core/words/messages.ts';
import {
  allRows,
  clusteringHop,
  differences,
  putRows,
  disagreements,
  type Row,
  standings,
  told,
} from '../../support/cluster-world.ts';
import { startTestTable } from '../../support/engines.ts';
import { failingClient, type FaultKind } from '../../support/failing-client.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

const clock = () => Date.parse('2026-11-20T12:00:00.000Z');

/** The same message seen so many seconds later, so that stories have an order. */
const at = (seconds: number, request: IngestRequest): IngestRequest => ({
  ...request,
  seenAt: new Date(Date.parse('2026-11-20T11:00:00.000Z') + seconds * 1_000).toISOString(),
});

const edited = (seconds: number, source: string, title: string, key: string): IngestRequest =>
  at(seconds, told(source, title, { key, hash: `${title}, edited`, sequence: 2 }));

describe('settling a story', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  let tables = 0;
  const freshTable = async (): Promise<Table> => {
    tables += 1;
    const name = `settle-${tables}`;
    await ensureTable(engine.client, name);
    return { client: engine.client, name, clock, retentionDays: 30 };
  };
  /** A table on which these came in one after another, and whether stories and clusters agree on it. */
  const tableAfter = async (...requests: readonly IngestRequest[]) => {
    const table = await freshTable();
    const { ingest, of } = clusteringHop(table);
    for (const request of requests) {
      const { batchItemFailures } = await ingest(sqsEvent([request]));
      expect(batchItemFailures).toEqual([]);
    }
    const found = await standings(table);
    expect(disagreements(found)).toEqual([]);
    const story = (title: string, source?: string) =>
      found.stories.find((one) => one.title === title && (source === undefined || one.source === source));
    return { table, of, ...found, story };
  };

  it('leaves a story alone that has no relatives, without a cluster', async () => {
    const { stories, clusters } = await tableAfter(told('one', 'frigate sails'), told('two', 'bomber lands'));
    expect(stories.map(({ cluster }) => cluster)).toEqual([null, null]);
    expect(clusters).toEqual([]);
  });

  it('makes a cluster of two, named after the one first seen, and lets a third join', async () => {
    const { story, clusters, stories, of } = await tableAfter(
      at(1, told('one', 'frigate sails')),
      at(2, told('two', 'frigate leaves port')),
      at(3, told('three', 'port closed')),
    );
    const id = story('frigate sails')?.id;
    expect(stories.map(({ cluster }) => cluster)).toEqual([id, id, id]);
    expect(clusters).toMatchObject([{ id, total: 3, version: 2 }]);
    expect(clusters[0]?.members.map(({ title }) => title)).toEqual([
      'frigate sails',
      'frigate leaves port',
      'port closed',
    ]);
    expect(of('story.placed')).toMatchObject([
      { cluster: id, moves: 1 },
      { cluster: id, moves: 0 },
    ]);
  });

  it('raises no revision and moves nobody on the wire when a story is brought into a cluster', async () => {
    const { story } = await tableAfter(
      at(1, told('one', 'frigate sails')),
      at(2, told('two', 'frigate leaves')),
    );
    expect(story('frigate sails')).toMatchObject({
      revision: 1,
      version: 2,
      sortTime: '2026-11-20T11:00:01.000Z',
    });
    expect(story('frigate sails')?.updated).toBe('2026-11-20T11:00:01.000Z');
  });

  it('lets a copy refer to its original, and the original list it', async () => {
    const { story } = await tableAfter(
      at(1, told('one', 'frigate sails')),
      at(2, told('two', 'frigate sails')),
      at(3, told('three', 'frigate sails')),
    );
    const original = story('frigate sails', 'one');
    expect(story('frigate sails', 'two')?.original).toMatchObject({
      id: original?.id,
      source: 'one',
      lacks: [],
      adds: [],
    });
    expect(original?.copies.map(({ source }) => source)).toEqual(['two', 'three']);
    expect(original?.original).toBeUndefined();
  });

  it('names eight copies and counts the others in the cluster', async () => {
    const requests = Array.from({ length: 12 }, (_, number) =>
      at(number, told(`source-${number}`, 'frigate sails')),
    );
    const { story, clusters } = await tableAfter(...requests);
    expect(story('frigate sails', 'source-0')?.copies).toHaveLength(8);
    expect(story('frigate sails', 'source-11')?.original).toMatchObject({ source: 'source-0' });
    expect(clusters).toMatchObject([{ total: 12 }]);
  });

  it('moves a cluster when a story bridges two events, and leaves nothing behind', async () => {
    const { clusters, stories } = await tableAfter(
      at(1, told('one', 'frigate sails')),
      at(2, told('two', 'frigate leaves')),
      at(3, told('three', 'bomber lands')),
      at(4, told('four', 'bomber arrives')),
      at(5, told('five', 'frigate bomber')),
    );
    expect(new Set(stories.map(({ cluster }) => cluster)).size).toBe(1);
    expect(clusters.map(({ members, total }) => [members.length, total]).sort()).toEqual([
      [0, 0],
      [5, 5],
    ]);
  });

  it('keeps an edited story in its cluster, with its new words there and in what its copies say of it', async () => {
    const { story, clusters } = await tableAfter(
      at(1, told('one', 'frigate sails', { key: 'a' })),
      at(2, told('two', 'frigate sails')),
      edited(3, 'one', 'frigate sails, edited', 'a'),
    );
    expect(clusters[0]?.members[0]).toMatchObject({ title: 'frigate sails, edited', revision: 2 });
    const copy = story('frigate sails', 'two');
    expect(copy?.original).toMatchObject({
      lacks: ['topic:sea.submarines'],
      adds: ['topic:air.bombers'],
    });
    expect(copy?.revision).toBe(1);
  });

  it('lets an edited story that stood alone look around again under its new words', async () => {
    const { clusters } = await tableAfter(
      at(1, told('one', 'frigate sails')),
      at(2, told('two', 'unrelated', { key: 'b' })),
      edited(3, 'two', 'frigate burns', 'b'),
    );
    expect(clusters).toMatchObject([{ total: 2 }]);
  });

  it('does not look for the relatives of history, nor shows it to others', async () => {
    const old = told('one', 'frigate sails', { firstPoll: true });
    const entries = old.entries.map((entry) => ({ ...entry, published: '2026-11-10T00:00:00.000Z' }));
    const { clusters, table } = await tableAfter(
      at(1, { ...old, entries }),
      at(2, told('two', 'frigate leaves')),
    );
    expect(clusters).toEqual([]);
    const announced = (await allRows(table)).filter(({ pk }) => String(pk).startsWith('B#'));
    expect(announced.map(({ pk }) => pk).sort()).toEqual(['B#frigate', 'B#leaves']);
  });

  it('gives every announcement a time at which it goes', async () => {
    const { table } = await tableAfter(at(1, told('one', 'frigate sails')));
    const announced = (await allRows(table)).filter(({ pk }) => String(pk).startsWith('B#'));
    const exp = Date.parse('2026-11-28T11:00:01.000Z') / 1_000;
    expect(announced.map((row) => row.exp)).toEqual([exp, exp]);
  });

  const cases: readonly (readonly [string, readonly IngestRequest[], IngestRequest])[] = [
    ['a lone story', [], at(2, told('two', 'frigate leaves'))],
    [
      'a story that joins a lone one',
      [at(1, told('one', 'frigate sails'))],
      at(2, told('two', 'frigate leaves')),
    ],
    [
      'a story that joins a cluster',
      [at(1, told('one', 'frigate sails')), at(2, told('two', 'frigate leaves'))],
      at(3, told('three', 'frigate returns')),
    ],
    ['a copy', [at(1, told('one', 'frigate sails'))], at(2, told('two', 'frigate sails'))],
    [
      'an original that comes after its copy',
      [at(2, told('one', 'frigate sails'))],
      at(1, told('two', 'frigate sails')),
    ],
    [
      'a story that moves a cluster into another',
      [
        at(1, told('one', 'frigate sails')),
        at(2, told('two', 'frigate leaves')),
        at(3, told('three', 'bomber lands')),
        at(4, told('four', 'bomber arrives')),
        at(5, told('five', 'bomber arrives')),
      ],
      at(6, told('six', 'frigate bomber')),
    ],
    [
      'an edit of an original',
      [at(1, told('one', 'frigate sails', { key: 'a' })), at(2, told('two', 'frigate sails'))],
      edited(3, 'one', 'frigate sails, edited', 'a'),
    ],
    [
      'an edit that brings a lone story in',
      [at(1, told('one', 'frigate sails')), at(2, told('two', 'unrelated', { key: 'b' }))],
      edited(3, 'two', 'frigate burns', 'b'),
    ],
  ];
  for (const [what, before, last] of cases) {
    for (const kind of ['before', 'after'] as const) {
      it(`ends in the same table when it is killed ${kind} any call while storing ${what}`, async () => {
        const whole = await tableAfter(...before, last);
        const covered = await sweep(kind, { before, last, expected: await allRows(whole.table) });
        expect(covered).toBeGreaterThan(9);
      });
    }
  }

  /** Kills the n-th call for every n until a run makes fewer calls than that; gives how many were covered. */
  async function sweep(
    kind: FaultKind,
    run: { before: readonly IngestRequest[]; last: IngestRequest; expected: readonly Row[] },
  ): Promise<number> {
    const base = await allRows((await tableAfter(...run.before)).table);
    for (let nth = 1; ; nth += 1) {
      const table = await freshTable();
      await putRows(table, base);
      const failing = failingClient(engine.client, nth, kind);
      await clusteringHop({ ...table, client: failing.client }).ingest(sqsEvent([run.last]));
      await clusteringHop(table).ingest(sqsEvent([run.last], 2));
      expect(differences(await allRows(table), run.expected), `killed ${kind} call ${nth}`).toEqual([]);
      if (failing.calls() < nth) return nth - 1;
    }
  }
});
