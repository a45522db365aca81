import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { firstTickRow, type TickRow } from '../../core/schedule/tick-row.ts';
import { conditionalPut } from './conditional-put.ts';
import type { Table } from './dynamodb-table.ts';
import { packed, unpacked } from './line-codec.ts';
import { tickKey } from './story-keys.ts';

/** The tick row as it was last saved; a row of before there were turns has a tick and nothing else. Read consistently. */
export async function loadTickRow(table: Table): Promise<TickRow> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: tickKey, ConsistentRead: true }),
  );
  if (Item === undefined) return firstTickRow;
  const { tick, given, ver, d } = Item;
  const lists: { waiting?: unknown; pending?: unknown } = d instanceof Uint8Array ? Object(unpacked(d)) : {};
  return {
    tick: numberOf(tick),
    given: numberOf(given),
    waiting: textsOf(lists.waiting),
    pending: textsOf(lists.pending),
    version: numberOf(ver) ?? 0,
  };
}

/** Saves the successor of `previous`; false when another run saved first. One write unit, and more while many feeds wait. */
export function saveTickRow(table: Table, row: TickRow, previous: TickRow): Promise<boolean> {
  const { tick, given, waiting, pending, version: ver } = row;
  const isEmpty = waiting.length === 0 && pending.length === 0;
  const Item = {
    ...tickKey,
    ver,
    ...(tick !== null && { tick }),
    ...(given !== null && { given }),
    ...(!isEmpty && { d: packed({ waiting, pending }) }),
  };
  if (previous.version === 0)
    return conditionalPut(table, { Item, ConditionExpression: 'attribute_not_exists(ver)' });
  return conditionalPut(table, {
    Item,
    ConditionExpression: 'ver = :previous',
    ExpressionAttributeValues: { ':previous': previous.version },
  });
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
