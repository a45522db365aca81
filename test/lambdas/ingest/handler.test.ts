import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoClusterStore } from '../../../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryAliases } from '../../../lambdas/adapters/aws/dynamodb-story-aliases.ts';
import { createDynamoStoryWriter } from '../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { storyKey } from '../../../lambdas/adapters/aws/story-keys.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import { storyId } from '../../../lambdas/core/identity/identity.ts';
import type { Clusterer } from '../../../lambdas/core/words/cluster.ts';
import type { IngestRequest } from '../../../lambdas/core/words/messages.ts';
import { createIngestHandler } from '../../../lambdas/ingest/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { failingClient, type FaultKind } from '../../support/failing-client.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import { tagsOf } from '../../support/stories.ts';

/** Rules by which every story is an event of its own. */
const loneClusterer: Clusterer = {
  keysOf: (line) => ({ announced: [line.title], asked: [line.title] }),
  related: () => [],
  place: ({ story }) => ({ own: { id: story.id, cluster: null, original: null }, moves: [] }),
};
const clock = () => Date.parse('2026-11-20T12:00:00.000Z');
const entry = (key: string, parts: Partial<IngestRequest['entries'][number]> = {}) => ({
  key,
  hash: `hash of ${key}`,
  title: `Title of ${key}`,
  url: `https://review.example/${key}`,
  published: null,
  updated: null,
  summary: 'Submarine',
  authors: [],
  categories: [],
  lang: 'en',
  handedDay: null,
  ...parts,
});
const request = (entries: IngestRequest['entries'], parts: Partial<IngestRequest> = {}): IngestRequest => ({
  v: 1,
  feed: 'main',
  source: 'review',
  kind: 'trade',
  sequence: 1,
  trace: 't-1.main',
  seenAt: '2026-11-20T11:59:00.000Z',
  firstPoll: false,
  entries,
  ...parts,
});

describe('the ingest hop', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  const tag = (text: { title: string }) =>
    tagsOf(text.title.includes('edited') ? ['air.bombers'] : ['sea.submarines']);
  const hop = (table: Table) => {
    const { log, of } = recordingLog();
    return {
      of,
      ingest: createIngestHandler({
        stories: createDynamoStoryWriter(table),
        aliases: createDynamoStoryAliases(table),
        clusters: createDynamoClusterStore(table),
        clusterer: loneClusterer,
        tag,
        taxonomyVersion: 1,
        retentionDays: 0,
        log,
      }),
    };
  };
  const freshTable = async (name: string): Promise<Table> => {
    await ensureTable(engine.client, name);
    return { client: engine.client, name, clock, retentionDays: 0 };
  };
  const wire = async (table: Table) => {
    const page = { limit: 200, after: null, since: null, until: null, rowsMax: 1_000, accepts: () => true };
    return (await createDynamoStoryReader(table).page({ ...page, tags: ['*'] })).lines;
  };
  /** Every row but the counts, which a crash may leave one short. */
  const rows = async (table: Table) => {
    const { Items = [] } = await engine.client.send(new ScanCommand({ TableName: table.name }));
    const key = (item: Record<string, unknown>) => `${item.pk} ${item.sk}`;
    return Items.map(({ n: _count, ...item }) => item).sort((one, other) => (key(one) < key(other) ? -1 : 1));
  };

  it('stores each entry once, logs one disposition each and keeps the trace of the first poll', async () => {
    const table = await freshTable('once');
    const { ingest, of } = hop(table);
    await ingest(sqsEvent([request([entry('a'), entry('b')])]));
    await ingest(sqsEvent([request([entry('a')], { trace: 't-2.main' })]));
    expect(of('entry.stored')).toHaveLength(2);
    expect(of('entry.known')).toEqual([
      expect.objectContaining({ trace: 't-2.main', story: of('entry.stored')[0]?.story }),
    ]);
    const lines = await wire(table);
    expect(lines).toHaveLength(2);
    expect((await createDynamoStoryReader(table).story(lines[0]?.id ?? ''))?.trace).toBe('t-1.main');
  });

  it('makes one story of an article in two feeds of a source and lists both', async () => {
    const table = await freshTable('two-feeds');
    const { ingest } = hop(table);
    await Promise.all([
      ingest(sqsEvent([request([entry('a')])])),
      ingest(sqsEvent([request([entry('a')], { feed: 'naval', trace: 't-1.naval' })])),
    ]);
    const lines = await wire(table);
    expect(lines.map((line) => [...line.feeds].sort())).toEqual([['main', 'naval']]);
  });

  it('moves an edited story to its new topics and counts it as updated', async () => {
    const table = await freshTable('edited');
    const { ingest, of } = hop(table);
    await ingest(sqsEvent([request([entry('a')])]));
    const edit = entry('a', { hash: 'h2', title: 'Title, edited' });
    await ingest(sqsEvent([request([edit], { sequence: 2, seenAt: '2026-11-20T11:59:30.000Z' })]));
    expect(of('entry.updated')).toHaveLength(1);
    expect(await wire(table)).toMatchObject([{ title: 'Title, edited', revision: 2 }]);
  });

  it('fails a malformed message alone and handles the rest of the batch', async () => {
    const table = await freshTable('malformed');
    const { ingest, of } = hop(table);
    const bad = ['not json', { v: 2 }, request([entry('x', { title: 'x'.repeat(5_000) })])];
    const response = await ingest(sqsEvent([...bad, request([entry('good')])]));
    expect(response.batchItemFailures.map((failure) => failure.itemIdentifier)).toEqual([
      'message-0',
      'message-1',
      'message-2',
    ]);
    expect(of('record.failed')).toHaveLength(3);
    expect(await wire(table)).toHaveLength(1);
  });

  it('stores what it can of a message in which one story cannot be stored', async () => {
    const table = await freshTable('poison');
    await hop(table).ingest(sqsEvent([request([entry('b')])]));
    const key = storyKey(storyId('review', 'b'));
    await engine.client.send(
      new PutCommand({ TableName: table.name, Item: { ...key, d: 'not a story', ver: 1 } }),
    );
    const { ingest, of } = hop(table);
    const response = await ingest(sqsEvent([request([entry('a'), entry('b'), entry('c')])]));
    expect(response.batchItemFailures).toHaveLength(1);
    expect(of('entry.stored')).toHaveLength(2);
  });

  for (const kind of ['before', 'after'] as const) {
    it(`ends in the same table when it is killed ${kind} any call to the store and the message comes again`, async () => {
      const story = [request([entry('a')])];
      const edit = [
        request([entry('a', { hash: 'h2', title: 'Title, edited' })], {
          sequence: 2,
          seenAt: '2026-11-20T11:59:30.000Z',
        }),
      ];
      const faultless = await freshTable(`faultless-${kind}`);
      await hop(faultless).ingest(sqsEvent(story));
      await hop(faultless).ingest(sqsEvent(edit));
      const expected = await rows(faultless);
      const covered = await sweep(kind, [story, edit], expected);
      expect(covered).toBeGreaterThan(20);
    });
  }

  /** Kills the n-th call for every n until a run makes fewer calls than that; gives how many were covered. */
  async function sweep(
    kind: FaultKind,
    messages: readonly IngestRequest[][],
    expected: unknown,
  ): Promise<number> {
    let covered = 0;
    for (const [at, message] of messages.entries()) {
      for (let nth = 1; ; nth += 1) {
        const table = await freshTable(`sweep-${kind}-${at}-${nth}`);
        for (const earlier of messages.slice(0, at)) await hop(table).ingest(sqsEvent(earlier));
        const failing = failingClient(engine.client, nth, kind);
        await hop({ ...table, client: failing.client }).ingest(sqsEvent(message));
        await hop(table).ingest(sqsEvent(message, 2));
        for (const next of messages.slice(at + 1)) await hop(table).ingest(sqsEvent(next));
        expect(await rows(table), `killed ${kind} call ${nth} of message ${at}`).toEqual(expected);
        if (failing.calls() < nth) break;
        covered += 1;
      }
    }
    return covered;
  }
});
