import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { FeedState, ScheduleRow } from '../../core/poll/feed-state.ts';
import type { FeedStateStore, ScheduleView } from '../../ports.ts';
import { hostKey } from '../../core/fetch/host-key.ts';
import { askedUrl } from '../../core/poll/moved-address.ts';
import { addressMark } from '../../core/schedule/address-mark.ts';
import { conditionalPut } from './conditional-put.ts';
import { saveFeedHealth } from './dynamodb-feed-health.ts';
import { hostWaitOf, loadHostWait, saveHostWait } from './dynamodb-host-waits.ts';
import type { Table } from './dynamodb-table.ts';
import { loadTickRow, saveTickRow } from './dynamodb-tick-row.ts';
import { packed, unpacked } from './line-codec.ts';
import { feedStateKey, schedulePartition } from './story-keys.ts';
import { type StoredWindow, storedWindow, windowOf } from './window-codec.ts';

/**
 * Feed state on DynamoDB: one packed row per feed under an optimistic version, and one small row per feed for the
 * schedule, written only when the pace, the wait or the host that is asked changes. The state goes last, so after a crash between the two the
 * poll is done again from the older state. Of two polls at once the loser may have written the schedule row last, so it
 * writes it again from the winner's state.
 */
export function createDynamoFeedStateStore(table: Table): FeedStateStore {
  return {
    load: (feedId) => load(table, feedId),
    save: (state, previous) => save(table, state, previous),
    schedule: () => schedule(table),
    scheduleRows: async () => (await schedule(table)).rows,
    tickRow: () => loadTickRow(table),
    saveTickRow: (row, previous) => saveTickRow(table, row, previous),
    hold: (feed, notBefore) => hold(table, feed, notBefore),
    putOff: (state, notBefore) => putScheduleRow(table, { ...state, notBefore }),
    hostWait: (host) => loadHostWait(table, host),
    saveHostWait: (host, until) => saveHostWait(table, host, until),
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
  await saveFeedHealth(table, state);
  const condition =
    previous === null
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'ver = :previous',
          ExpressionAttributeValues: { ':previous': previous.version },
        };
  if (await conditionalPut(table, { Item: stateItem(state), ...condition })) return true;
  const winner = isMoved ? await load(table, state.feedId) : null;
  if (winner !== null) await putScheduleRow(table, winner);
  return false;
}

/** The facts of the schedule row as one text, to see whether they changed. */
const scheduleFacts = (state: FeedState): string => {
  const { url, movedTo, intervalMinutes, notBefore, quiet, skip } = state;
  return JSON.stringify([
    url,
    movedTo,
    intervalMinutes,
    notBefore,
    quiet?.intervalMinutes,
    quiet?.times,
    skip,
  ]);
};

async function putScheduleRow(table: Table, state: FeedState): Promise<void> {
  const { feedId, url, intervalMinutes: every, notBefore, version: ver, quiet, skip } = state;
  const asked = hostKey(askedUrl(state));
  const more = {
    ...(quiet && { quiet }),
    ...(skip !== undefined && { skip }),
    ...(asked !== hostKey(url) && { host: asked }),
  };
  const mark = addressMark(url);
  await conditionalPut(table, {
    Item: { pk: schedulePartition, sk: feedId, mark, every, notBefore, ver, ...more },
    ConditionExpression: 'attribute_not_exists(ver) OR ver <= :ver',
    ExpressionAttributeValues: { ':ver': ver },
  });
}

async function schedule(table: Table): Promise<ScheduleView> {
  const rows: ScheduleRow[] = [];
  const hostWaits = new Map<string, number>();
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
    for (const item of Items) {
      const row = rowOf(item);
      if (row !== null) rows.push(row);
      const wait = hostWaitOf(item);
      if (wait !== null) hostWaits.set(...wait);
    }
    resume = LastEvaluatedKey;
  } while (resume !== undefined);
  return { rows, hostWaits };
}

function rowOf(item: Readonly<Record<string, unknown>>): ScheduleRow | null {
  const { sk, mark, every, notBefore, quiet, skip, host } = item;
  if (typeof sk !== 'string' || typeof every !== 'number' || typeof notBefore !== 'number') return null;
  return {
    feedId: sk,
    ...(typeof mark === 'string' && { mark }),
    intervalMinutes: every,
    notBefore,
    ...quietPart(quiet),
    ...(typeof skip === 'number' && { skip }),
    ...(typeof host === 'string' && { host }),
  };
}

function quietPart(quiet: unknown): Pick<ScheduleRow, 'quiet'> {
  const { intervalMinutes, times }: { intervalMinutes?: unknown; times?: unknown } = Object(quiet);
  const isWhole = typeof intervalMinutes === 'number' && typeof times === 'number';
  return isWhole ? { quiet: { intervalMinutes, times } } : {};
}

/** A feed that is asked for the first time, or at a new address, gets a row at once, so that it is not asked every minute. */
async function hold(table: Table, feed: { id: string; url: string }, notBefore: number): Promise<void> {
  const mark = addressMark(feed.url);
  await conditionalPut(table, {
    Item: { pk: schedulePartition, sk: feed.id, mark, every: heldIntervalMinutes, notBefore, ver: 0 },
    ConditionExpression: 'attribute_not_exists(pk) OR mark <> :mark',
    ExpressionAttributeValues: { ':mark': mark },
  });
}

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
