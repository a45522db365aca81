import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoRetagProgress } from '../../../../lambdas/adapters/aws/dynamodb-retag-progress.ts';
import type { Table } from '../../../../lambdas/adapters/aws/dynamodb-table.ts';
import { retagKey } from '../../../../lambdas/adapters/aws/story-keys.ts';
import { openProgress, type RetagProgress } from '../../../../lambdas/core/retag/retag-progress.ts';
import { emptySummary, type RetagSummary } from '../../../../lambdas/core/retag/retag-summary.ts';
import { startTestTable } from '../../../support/engines.ts';

const first: RetagProgress = {
  ...openProgress(null, {
    mode: 'apply',
    fingerprint: 'f',
    taxonomyVersion: 1,
    since: null,
    restart: false,
    now: '2026-11-20T12:00:00.000Z',
  }),
  version: 1,
};

/** Three stories of long titles that do not compress, gained and lost, of each of so many topics and names. */
function summaryOfAll(topics: number, names: number): RetagSummary {
  const character = (at: number): string => String.fromCodePoint(0x4e00 + ((at * 7_919) % 20_000));
  const titleOf = (seed: number): string =>
    Array.from({ length: 60 }, (_, at) => character(seed * 60 + at)).join('');
  const examples = (seed: number) =>
    [0, 1, 2].map((at) => ({
      id: `story${String(seed * 3 + at).padStart(19, '0')}`,
      title: titleOf(seed * 3 + at),
    }));
  const tally = (name: string) => ({ name, gained: 12_345, lost: 6_789 });
  const facet = {
    names: Array.from({ length: names }, (_, at) => tally(`An organisation of name ${at}`)),
    gainedBy: examples(1),
    lostBy: examples(2),
  };
  return {
    ...emptySummary,
    topics: Array.from({ length: topics }, (_, at) => ({
      ...tally(`domain.topic-of-number-${at}`),
      gainedBy: examples(at * 2),
      lostBy: examples(at * 2 + 1),
    })),
    names: { ...emptySummary.names, organisations: facet },
  };
}

describe('progress of re-tagging on DynamoDB', () => {
  let table: Table;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const running = await startTestTable();
    stop = running.stop;
    table = { client: running.client, name: running.name, clock: () => 0, retentionDays: 0 };
  });
  afterAll(() => stop());

  it('gives back what was saved, each mode for itself, and lets one of two savers win', async () => {
    const store = createDynamoRetagProgress(table);
    expect(await store.load('apply')).toBeNull();
    expect(await store.save(first, 0)).toBe(true);
    expect(await store.load('apply')).toEqual(first);
    expect(await store.load('dry-run')).toBeNull();
    expect(await store.save({ ...first, run: 'late' }, 0)).toBe(false);
    const next = { ...first, cursor: { sortTime: '2026-11-01T00:00:00.000Z', id: 'a' }, version: 2 };
    expect(await store.save(next, 1)).toBe(true);
    expect(await store.save({ ...next, cursor: null }, 1)).toBe(false);
    expect(await store.load('apply')).toEqual(next);
  });

  it('holds a summary in which every topic and two thousand names changed, in a row far below the bound', async () => {
    const store = createDynamoRetagProgress(table);
    const all: RetagProgress = { ...first, mode: 'dry-run', summary: summaryOfAll(120, 2_000) };
    expect(await store.save(all, 0)).toBe(true);
    expect(await store.load('dry-run')).toEqual(all);
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: retagKey('dry-run') }),
    );
    expect(Item?.d.length).toBeLessThan(150_000);
  });
});
