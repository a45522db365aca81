import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalPut } from './conditional-put.ts';
import type { Table } from './dynamodb-table.ts';
import { schedulePartition } from './story-keys.ts';

/** Before the host in the sort key; no feed's id holds this character. */
const prefix = 'HOST#';

/** For the schedule, which reads its partition whole. */
const scheduleKey = (host: string) => ({ pk: schedulePartition, sk: `${prefix}${host}` });

/** For the pollers, which may read rows of feeds and no other: the same again, among those. */
const pollKey = (host: string) => ({ pk: `FEED#${prefix}${host}`, sk: 'WAIT' });

/** The host (its key) and the end of its wait that a row of the schedule's partition holds; null for any other row. */
export function hostWaitOf({ sk, until }: Readonly<Record<string, unknown>>): [string, number] | null {
  const isWait = typeof sk === 'string' && sk.startsWith(prefix) && typeof until === 'number';
  return isWait ? [sk.slice(prefix.length), until] : null;
}

/** Until when a host is to be left alone, epoch milliseconds; 0 when nobody noted a wait. */
export async function loadHostWait(table: Table, host: string): Promise<number> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: pollKey(host) }));
  return typeof Item?.until === 'number' ? Item.until : 0;
}

/** Notes a wait, or lengthens the one there is. The rows go by time to live, whose clock counts seconds. */
export async function saveHostWait(table: Table, host: string, until: number): Promise<void> {
  const exp = Math.ceil(until / 1_000);
  const notes = [pollKey(host), scheduleKey(host)].map((key) =>
    conditionalPut(table, {
      Item: { ...key, until, exp },
      ConditionExpression: 'attribute_not_exists(pk) OR #until < :until',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':until': until },
    }),
  );
  await Promise.all(notes);
}
