import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { FeedState, ScheduleRow } from '../../core/poll/feed-state.ts';
import type { FeedStateStore } from '../../ports.ts';
import { isConditionFailure, type Table } from './dynamodb-table.ts';
import { packed, unpacked } from './line-codec.ts';
import { feedStateKey, schedulePartition, tickKey } from './story-keys.ts';

/**
 * Feed state on DynamoDB: one packed row per feed under an optimistic version, and one small row per feed for the
 * schedule, written only when the interval or the wait changes. The state goes last, so after a crash between the two the
 * poll is done again from the older state; the interval in the schedule row is right either way.
 */
export function createDynamoFeedStateStore(table: Table): FeedStateStore {
  return {
    load: async (feedId) => {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: feedStateKey(feedId), ConsistentRead: true }),
      );
      return Item === undefined ? null : feedStateOf(Item);
    },
    save: (state, previous) => save(table, state, previous),
    scheduleRows: () => scheduleRows(table),
    lastTick: async () => {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: tickKey }));
      return typeof Item?.tick === 'number' ? Item.tick : null;
    },
    saveTick: (tick) => saveTick(table, tick),
  };
}

async function save(table: Table, state: FeedState, previous: FeedState | null): Promise<boolean> {
  const unmoved =
    previous?.intervalMinutes === state.intervalMinutes && previous.notBefore === state.notBefore;
  if (!unmoved) await putScheduleRow(table, state);
  const item = { ...feedStateKey(state.feedId), d: packed(state), ver: state.version };
  const condition =
    previous === null
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'ver = :previous',
          ExpressionAttributeValues: { ':previous': previous.version },
        };
  return put(table, { Item: item, ...condition });
}

async function putScheduleRow(table: Table, state: FeedState): Promise<void> {
  const { feedId, intervalMinutes: every, notBefore, version: ver } = state;
  await put(table, {
    Item: { pk: schedulePartition, sk: feedId, every, notBefore, ver },
    ConditionExpression: 'attribute_not_exists(ver) OR ver <= :ver',
    ExpressionAttributeValues: { ':ver': ver },
  });
}

async function scheduleRows(table: Table): Promise<ScheduleRow[]> {
  const rows: ScheduleRow[] = [];
  let resume: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': schedulePartition },
        ExclusiveStartKey: resume,
      }),
    );
    for (const { sk, every, notBefore } of Items) {
      if (typeof sk !== 'string' || typeof every !== 'number' || typeof notBefore !== 'number') continue;
      rows.push({ feedId: sk, intervalMinutes: every, notBefore });
    }
    resume = LastEvaluatedKey;
  } while (resume !== undefined);
  return rows;
}

async function saveTick(table: Table, tick: number): Promise<void> {
  await put(table, {
    Item: { ...tickKey, tick },
    ConditionExpression: 'attribute_not_exists(tick) OR tick < :tick',
    ExpressionAttributeValues: { ':tick': tick },
  });
}

interface ConditionalPut {
  readonly Item: Record<string, unknown>;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: Record<string, number>;
}

async function put(table: Table, input: ConditionalPut): Promise<boolean> {
  try {
    await table.client.send(new PutCommand({ TableName: table.name, ...input }));
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** A state row as written by `save`; throws on any other shape. */
function feedStateOf(item: Readonly<Record<string, unknown>>): FeedState {
  if (!(item.d instanceof Uint8Array)) throw new Error('Expected a packed feed state, got another shape');
  return unpacked(item.d) as FeedState;
}
