import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { ensureTable } from '../../../lambdas/adapters/local/embedded-engine.ts';
import type { RetagRequest } from '../../../lambdas/core/retag/retag-messages.ts';
import { createRetagHandler } from '../../../lambdas/retag/handler.ts';
import { startTestTable } from '../../support/engines.ts';
import { failingClient } from '../../support/failing-client.ts';
import { nowMs, oldStory, rowsOf, walker } from '../../support/retag-world.ts';
import { sqsEvent } from '../../support/sqs-event.ts';
import { idOf } from '../../support/stories.ts';

const stories = 6;

describe('the re-tagging function', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  let tables = 0;
  const freshTable = async (): Promise<Table> => {
    tables += 1;
    const name = `function-${tables}`;
    await ensureTable(engine.client, name);
    const table: Table = { client: engine.client, name, clock: () => nowMs, retentionDays: 0 };
    for (let number = 0; number < stories; number += 1)
      await createDynamoStoryWriter(table).create(oldStory(number));
    return table;
  };
  /** The function of a table with a queue that a test empties; its time is up after every batch. */
  const functionOf = (
    table: Table,
    options: { readonly fingerprint?: string; readonly isQueueDown?: boolean } = {},
  ) => {
    const { deps, log, of } = walker(table);
    const sent: RetagRequest[] = [];
    const pauses: number[] = [];
    const handler = createRetagHandler({
      ...deps,
      log,
      fingerprint: options.fingerprint ?? 'rules-2',
      pause: async (milliseconds) => void pauses.push(milliseconds),
      queue: {
        send: async (messages) => {
          if (options.isQueueDown) throw new Error('queue is down');
          sent.push(...messages.map(({ body }) => body));
        },
      },
    });
    /** Delivers what was sent until nothing is; gives how many messages there were. */
    const drain = async (): Promise<number> => {
      for (let delivered = 0; ; delivered += 1) {
        const message = sent.shift();
        if (message === undefined) return delivered;
        expect(await handler(sqsEvent([message]))).toEqual({ batchItemFailures: [] });
      }
    };
    return { handler, sent, of, drain, pauses };
  };
  const versionOf = async (table: Table, number: number) =>
    (await createDynamoStoryReader(table).story(idOf(number)))?.taxonomyVersion;

  it('is started by a person, goes on by itself and says how far it has come', async () => {
    const table = await freshTable();
    const { handler, sent, of, drain, pauses } = functionOf(table);
    expect(await handler({ status: 'apply' })).toBeNull();
    const started = await handler({ start: 'apply' });
    expect(started).toMatchObject({ mode: 'apply', cursor: null, finishedAt: null });
    expect(sent).toEqual([{ v: 1, mode: 'apply', run: expect.any(String) }]);
    await drain();
    expect(await handler({ status: 'apply' })).toMatchObject({
      finishedAt: new Date(nowMs).toISOString(),
      summary: { read: 6, changed: 4, failed: 0 },
    });
    for (let number = 0; number < stories; number += 1) expect(await versionOf(table, number)).toBe(2);
    expect(of('retag.finished')).toMatchObject([
      {
        mode: 'apply',
        read: 6,
        topics: expect.arrayContaining([{ name: 'air.drones', gained: 3, lost: 0 }]),
      },
    ]);
    expect(of('retag.batch').length).toBeGreaterThan(0);
    expect(pauses.length, 'writes are paced').toBeGreaterThan(0);
  });

  it('as a trial keeps a summary and writes nothing else', async () => {
    const table = await freshTable();
    const before = await rowsOf(table);
    const { handler, drain } = functionOf(table);
    await handler({ start: 'dry-run' });
    await drain();
    expect(await handler({ status: 'dry-run' })).toMatchObject({ summary: { changed: 4 } });
    expect(await handler({ status: 'apply' })).toBeNull();
    expect(await rowsOf(table)).toEqual(before);
  });

  it('bounds a walk by since, as a query does', async () => {
    const { handler, drain } = functionOf(await freshTable());
    await handler({ start: 'dry-run', since: '30d' });
    await drain();
    expect(await handler({ status: 'dry-run' })).toMatchObject({ summary: { read: 2 } });
  });

  it.each([
    {},
    null,
    'apply',
    { start: 'everything' },
    { start: 'apply', since: 'yesterday' },
    { start: 'apply', force: true },
    { status: 'apply', start: 'apply' },
  ])('refuses the command %j and starts nothing', async (command) => {
    const table = await freshTable();
    const { handler, sent } = functionOf(table);
    await expect(handler(command)).rejects.toThrow();
    expect(sent).toEqual([]);
    expect(await handler({ status: 'apply' })).toBeNull();
  });

  it('drops a message of a walk that has ended or was begun anew', async () => {
    const { handler, sent, of } = functionOf(await freshTable());
    await handler({ start: 'apply' });
    const [message] = sent.splice(0);
    await handler(sqsEvent([message]));
    await handler(sqsEvent([message]));
    await handler(sqsEvent([{ v: 1, mode: 'apply', run: 'another' }]));
    expect(of('retag.stale-request')).toHaveLength(2);
    expect(sent).toEqual([]);
  });

  it('gives back a message it cannot read, and one whose work the store or queue fails', async () => {
    const table = await freshTable();
    const failure = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };
    const { handler, sent, drain } = functionOf(table);
    expect(await handler(sqsEvent([{ v: 2 }]))).toEqual(failure);
    await handler({ start: 'apply' });
    const { client } = failingClient(table.client, 12, 'after');
    expect(await functionOf({ ...table, client }).handler(sqsEvent(sent))).toEqual(failure);
    await drain();
    expect(await handler({ status: 'apply' })).toMatchObject({
      summary: { read: 6, changed: 4, unchanged: 2 },
    });
  });

  it('says that it could not start when the queue is down, and goes on when asked again', async () => {
    const table = await freshTable();
    await expect(functionOf(table, { isQueueDown: true }).handler({ start: 'apply' })).rejects.toThrow(
      'queue is down',
    );
    const { handler, drain } = functionOf(table);
    await handler({ start: 'apply' });
    expect(await drain()).toBe(1);
    expect(await handler({ status: 'apply' })).toMatchObject({ summary: { read: 6 } });
  });

  it('begins again under its own rules when it was deployed anew in between', async () => {
    const table = await freshTable();
    const old = functionOf(table, { fingerprint: 'rules-1' });
    await old.handler({ start: 'apply' });
    const { handler, sent, drain, of } = functionOf(table);
    expect(await handler(sqsEvent(old.sent))).toEqual({ batchItemFailures: [] });
    expect(of('retag.started')).toHaveLength(1);
    expect(sent).toHaveLength(1);
    await drain();
    expect(await handler({ status: 'apply' })).toMatchObject({
      fingerprint: 'rules-2',
      summary: { read: 6 },
    });
  });
});
