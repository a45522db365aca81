import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { RetagProgress } from '../../core/retag/retag-progress.ts';
import type { RetagProgressStore } from '../../ports.ts';
import { conditionalPut } from './conditional-put.ts';
import type { Table } from './dynamodb-table.ts';
import { packed, unpacked } from './line-codec.ts';
import { retagKey } from './story-keys.ts';

/** Progress may unfold to more than a story: it has examples for every topic. */
const progressBytesMax = 2_000_000;

/**
 * Progress of re-tagging on DynamoDB: `RETAG` / mode, read consistently, saved where the version is the one read. A row
 * grows with what changed: 1 KB at first; the worst measured, every topic and 2,000 names with titles that do not
 * compress, is 110 KB of the 400 KB that a row may have.
 */
export function createDynamoRetagProgress(table: Table): RetagProgressStore {
  return {
    load: async (mode) => {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: retagKey(mode), ConsistentRead: true }),
      );
      if (Item === undefined) return null;
      if (!(Item.d instanceof Uint8Array))
        throw new Error(`Expected packed progress at RETAG / ${mode}, got another shape`);
      return trusted<RetagProgress>(unpacked(Item.d, progressBytesMax));
    },
    save: (progress, previous) =>
      conditionalPut(table, {
        Item: { ...retagKey(progress.mode), d: packed(progress), ver: progress.version },
        ...(previous === 0
          ? { ConditionExpression: 'attribute_not_exists(ver)' }
          : { ConditionExpression: 'ver = :previous', ExpressionAttributeValues: { ':previous': previous } }),
      }),
  };
}

// Rows are written by this module alone, so they come back with the type they went in with.
const trusted = <T>(value: unknown): T => value as T;
