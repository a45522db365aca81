import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { TallyEntry } from '../../core/tally/tally-entry.ts';
import type { Table } from './dynamodb-table.ts';
import { headerOf, type RolledHeader } from './dynamodb-tally.ts';
import { rolledDaysPartition } from './story-keys.ts';
import { entryOfRow } from './tally-codec.ts';

/** What was read and what the store charged for it. */
export interface Charged<Value> {
  readonly value: Value;
  readonly readUnits: number;
}

/** A partition to read, all of it or the sort keys of a range (both ends included). */
interface Partition {
  readonly pk: string;
  readonly range?: { readonly low: string; readonly high: string };
  readonly consistent?: boolean;
}

/** All rows of a partition, in order. */
export async function readPartition(
  table: Table,
  { pk, range, consistent = false }: Partition,
): Promise<Charged<readonly Record<string, unknown>[]>> {
  const rows: Record<string, unknown>[] = [];
  let readUnits = 0;
  let resume: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: range === undefined ? 'pk = :pk' : 'pk = :pk AND sk BETWEEN :low AND :high',
        ExpressionAttributeValues: {
          ':pk': pk,
          ...(range && { ':low': range.low, ':high': range.high }),
        },
        ConsistentRead: consistent,
        ReturnConsumedCapacity: 'TOTAL',
        ExclusiveStartKey: resume,
      }),
    );
    rows.push(...(page.Items ?? []));
    readUnits += page.ConsumedCapacity?.CapacityUnits ?? 0;
    resume = page.LastEvaluatedKey;
  } while (resume !== undefined);
  return { value: rows, readUnits };
}

/** The counted stories of a partition of that day, those past their time too. */
export async function readEntries(
  table: Table,
  day: string,
  partition: Partition,
): Promise<Charged<TallyEntry[]>> {
  const { value, readUnits } = await readPartition(table, partition);
  return { value: value.map((row) => entryOfRow(day, row)), readUnits };
}

/** The headers of these days, by day; days that are not rolled up have none. */
export async function readHeaders(
  table: Table,
  first: string,
  last: string,
): Promise<Charged<Map<string, RolledHeader>>> {
  const range = { low: first, high: last };
  const { value, readUnits } = await readPartition(table, { pk: rolledDaysPartition, range });
  const headers = value.flatMap((row): [string, RolledHeader][] => {
    const header = headerOf(row, table.clock());
    return header === null ? [] : [[header.day, header]];
  });
  return { value: new Map(headers), readUnits };
}
