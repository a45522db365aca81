import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { isoTime } from '../../core/words/time.ts';
import type { Position } from '../../core/query/position.ts';
import { isExpired, type Table } from './dynamodb-table.ts';
import { type StoryItem, storyItemFrom } from './story-items.ts';
import { linePartition, lineSortKey, monthOf, monthsPartition } from './story-keys.ts';

/** Largest Query when a filter throws most rows away; 500 rows of 0.6 KB are well under DynamoDB's 1 MB a page. */
const chunkRowsMax = 500;

/** The range of a listing to read, newest first: sort time in [since, until), strictly after `after` in listing order. */
export interface ListingRange {
  readonly tag: string;
  readonly after: Position | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly chunkRows: number;
}

/** The rows of one listing, fetched in growing chunks as they are asked for. */
export interface Listing {
  /** The newest row not yet dropped; null at the end. */
  head(): Promise<StoryItem | null>;
  drop(): void;
  /** Read units charged so far. */
  readUnits(): number;
}

/**
 * Opens a listing. The newest possible month and the list of months are asked for at the same time, so the usual page is
 * one round trip; older months follow one by one.
 */
export function createListing(table: Table, range: ListingRange): Listing {
  const bounds = keyBounds(range);
  const now = isoTime(table.clock());
  const newestMonth = monthOf(bounds.high < now ? bounds.high : now);
  let month: string | null = bounds.low <= bounds.high ? newestMonth : null;
  let older: string[] | null = null;
  let rows: readonly StoryItem[] = [];
  let at = 0;
  let chunkRows = range.chunkRows;
  let charged = 0;
  let resume: QueryCommandInput['ExclusiveStartKey'];

  const fetchChunk = async (of: string): Promise<void> => {
    const partition = linePartition(range.tag, of);
    const [chunk, months] = await Promise.all([
      query(table, { pk: partition, ...bounds, rows: chunkRows, resume }),
      older === null ? monthsBelow(table, range.tag, { newest: newestMonth, low: bounds.low }) : null,
    ]);
    charged += chunk.readUnits + (months?.readUnits ?? 0);
    older ??= months?.months ?? [];
    rows = chunk.items.map(storyItemFrom).filter((item) => !isExpired(item, table.clock()));
    at = 0;
    resume = chunk.resume;
    chunkRows = Math.min(chunkRows * 2, chunkRowsMax);
    if (resume === undefined) month = older.shift() ?? null;
  };

  return {
    head: async () => {
      while (at >= rows.length && month !== null) await fetchChunk(month);
      return rows[at] ?? null;
    },
    drop: () => {
      at += 1;
    },
    readUnits: () => charged,
  };
}

interface KeyRange {
  readonly pk: string;
  readonly low: string;
  readonly high: string;
  readonly rows?: number;
  readonly resume?: QueryCommandInput['ExclusiveStartKey'];
}

/** One Query, newest first, with what it was charged. */
async function query(table: Table, range: KeyRange) {
  const result = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
      ExpressionAttributeValues: { ':pk': range.pk, ':low': range.low, ':high': range.high },
      ScanIndexForward: false,
      ReturnConsumedCapacity: 'TOTAL',
      Limit: range.rows,
      ExclusiveStartKey: range.resume,
    }),
  );
  const { Items: items = [], LastEvaluatedKey: resume, ConsumedCapacity } = result;
  return { items, resume, readUnits: ConsumedCapacity?.CapacityUnits ?? 0 };
}

/** The months before `newest` in which the listing has rows, newest first. */
async function monthsBelow(table: Table, tag: string, bounds: { newest: string; low: string }) {
  const { newest, low } = bounds;
  const least = monthOf(low) < newest ? monthOf(low) : newest;
  const { items, readUnits } = await query(table, { pk: monthsPartition(tag), low: least, high: newest });
  return {
    readUnits,
    months: items.flatMap(({ sk }) => (typeof sk === 'string' && sk < newest ? [sk] : [])),
  };
}

/** Inclusive sort-key bounds. A line's key is longer than its sort time, so `until` itself already excludes that instant. */
function keyBounds({ after, since, until }: ListingRange): { low: string; high: string } {
  const ends = ['9999'];
  if (until !== null) ends.push(until);
  if (after !== null) ends.push(justBelow(lineSortKey(after)));
  return { low: since ?? '0', high: ends.reduce((least, end) => (end < least ? end : least)) };
}

/** The greatest key below a line's: its last character, which is alphanumeric, lowered by one and then `~`. */
function justBelow(sortKey: string): string {
  const last = sortKey.length - 1;
  return `${sortKey.slice(0, last)}${String.fromCharCode(sortKey.charCodeAt(last) - 1)}~`;
}
