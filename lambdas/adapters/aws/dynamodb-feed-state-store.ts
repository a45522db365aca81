import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { FeedState, ScheduleRow } from '../../core/poll/feed-state.ts';
import type { FeedStateStore } from '../../ports.ts';
import { addressMark } from '../../core/schedule/address-mark.ts';
import { tickAheadMinutesMax } from '../../core/schedule/due-feeds.ts';
import { ifAllowed, type Table } from './dynamodb-table.ts';
import { packed, unpacked } from './line-codec.ts';
import { feedStateKey, schedulePartition, tickKey } from './story-keys.ts';
import { type StoredWindow, storedWindow, windowOf } from './window-codec.ts';

/**
 * Feed state on DynamoDB: one packed row per feed under an optimistic version, and one small row per feed for the
 * schedule, written only when the pace or the wait changes. The state goes last, so after a crash between the two the
 * poll is done again from the older state. Of two polls at once the loser may have written the schedule row last, so it
 * writes it again from the winner's state.
 */
export function createDynamoFeedStateStore(table: Table): FeedStateStore {
  return {
    load: (feedId) => load(table, feedId),
    save: (state, previous) => save(table, state, previous),
    scheduleRows: () => scheduleRows(table),
    lastTick: async () => {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: tickKey }));
      return typeof Item?.tick === 'number' ? Item.tick : null;
    },
    saveTick: (tick) => saveTick(table, tick),
    hold: (feed, notBefore) => hold(table, feed, notBefore),
  };
}

/** The interval a held row names until the first poll saves the feed's own. */
const heldIntervalMinutes = 20;

async function load(table: Table, feedId: string): Promise<FeedState | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: feedStateKey(feedId), ConsistentRead: true }),
  );
  return Item === undefined ? null : feedStateOf(Item);
}

async function save(table: Table, state: FeedState, previous: FeedState | null): Promise<boolean> {
  const isMoved = previous === null || scheduleFacts(previous) !== scheduleFacts(state);
  if (isMoved) await putScheduleRow(table, state);
  const condition =
    previous === null
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'ver = :previous',
          ExpressionAttributeValues: { ':previous': previous.version },
        };
  if (await put(table, { Item: stateItem(state), ...condition })) return true;
  const winner = isMoved ? await load(table, state.feedId) : null;
  if (winner !== null) await putScheduleRow(table, winner);
  return false;
}

/** The facts of the schedule row as one text, to see whether they changed. */
const scheduleFacts = ({ url, intervalMinutes, notBefore, quiet }: FeedState): string =>
  JSON.stringify([url, intervalMinutes, notBefore, quiet?.intervalMinutes, quiet?.times]);

async function putScheduleRow(table: Table, state: FeedState): Promise<void> {
  const { feedId, url, intervalMinutes: every, notBefore, version: ver, quiet } = state;
  const mark = addressMark(url);
  await put(table, {
    Item: { pk: schedulePartition, sk: feedId, mark, every, notBefore, ver, ...(quiet && { quiet }) },
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
    for (const { sk, mark, every, notBefore, quiet } of Items) {
      if (typeof sk !== 'string' || typeof every !== 'number' || typeof notBefore !== 'number') continue;
      const marked = typeof mark === 'string' ? { mark } : {};
      rows.push({ feedId: sk, ...marked, intervalMinutes: every, notBefore, ...quietPart(quiet) });
    }
    resume = LastEvaluatedKey;
  } while (resume !== undefined);
  return rows;
}

function quietPart(quiet: unknown): Pick<ScheduleRow, 'quiet'> {
  const { intervalMinutes, times }: { intervalMinutes?: unknown; times?: unknown } = Object(quiet);
  const isWhole = typeof intervalMinutes === 'number' && typeof times === 'number';
  return isWhole ? { quiet: { intervalMinutes, times } } : {};
}

/** A feed that is asked for the first time, or at a new address, gets a row at once, so that it is not asked every minute. */
async function hold(table: Table, feed: { id: string; url: string }, notBefore: number): Promise<void> {
  const mark = addressMark(feed.url);
  await put(table, {
    Item: { pk: schedulePartition, sk: feed.id, mark, every: heldIntervalMinutes, notBefore, ver: 0 },
    ConditionExpression: 'attribute_not_exists(pk) OR mark <> :mark',
    ExpressionAttributeValues: { ':mark': mark },
  });
}

async function saveTick(table: Table, tick: number): Promise<void> {
  await put(table, {
    Item: { ...tickKey, tick },
    // A tick far ahead came from a clock that was wrong; it must not keep the wire from ticking.
    ConditionExpression: 'attribute_not_exists(tick) OR tick < :tick OR tick > :ahead',
    ExpressionAttributeValues: { ':tick': tick, ':ahead': tick + tickAheadMinutesMax },
  });
}

interface ConditionalPut {
  readonly Item: Record<string, unknown>;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: Record<string, number | string>;
}

const put = (table: Table, input: ConditionalPut): Promise<boolean> =>
  ifAllowed(table.client.send(new PutCommand({ TableName: table.name, ...input })));

/** What `d` of a state row holds: all but the bytes of its window, which stand beside it in `w`. */
type PackedState = Omit<FeedState, 'window'> & { readonly entries: StoredWindow['rows'] };

function stateItem({ window, ...rest }: FeedState): Record<string, unknown> {
  const { rows, bytes } = storedWindow(window);
  const d = packed({ ...rest, entries: rows } satisfies PackedState);
  // A feed without entries has no `w`, because some engines refuse an empty value.
  return { ...feedStateKey(rest.feedId), d, ver: rest.version, ...(bytes.length > 0 && { w: bytes }) };
}

/** A state row as written by `stateItem`, or by its forerunner with the window in `d`; throws on any other shape. */
function feedStateOf({ d, w }: Readonly<Record<string, unknown>>): FeedState {
  if (!(d instanceof Uint8Array)) throw new Error('Expected a packed feed state, got another shape');
  const state = unpacked(d) as FeedState | PackedState;
  if (!('entries' in state)) return state;
  const { entries, ...rest } = state;
  return {
    ...rest,
    window: windowOf({ rows: entries, bytes: w instanceof Uint8Array ? w : new Uint8Array() }),
  };
}
