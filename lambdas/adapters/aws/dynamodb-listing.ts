import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { isNameListing } from '../../core/story/story-line.ts';
import { isoTime } from '../../core/words/time.ts';
import type { Position } from '../../core/query/position.ts';
import { isExpired, type Table } from './dynamodb-table.ts';
import { isServed, type StoryItem, storyItemFrom } from './story-items.ts';
import { bucketOf, bucketsPartition, linePartition, lineSortKey } from './story-keys.ts';

/** Largest Query when a filter throws most rows away; 500 rows of 0.6 KB are well under DynamoDB's 1 MB a page. */
const chunkRowsMax = 500;

/** Least rows worth a Query: below half a kilobyte a row, ten cost as much as one. */
const chunkRowsMin = 10;

/** Most buckets asked for at the same time. */
const groupBucketsMax = 8;

/** The range of a listing to read, newest first: sort time in [since, until), strictly after `after` in listing order. */
export interface ListingRange {
  readonly tag: string;
  readonly after: Position | null;
  readonly since: string | null;
  readonly until: string | null;
  /** How many rows the reader hopes to need of this listing. */
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
 * Opens a listing. The newest possible bucket and the list of buckets are asked for at the same time, so the usual page
 * is one round trip. Older buckets follow in groups that double while they hold little, so a sparse listing takes few
 * round trips and a dense one does not read what it will not give.
 */
export function createListing(table: Table, range: ListingRange): Listing {
  const walk = createWalk(table, range);
  let rows: readonly StoryItem[] = [];
  let at = 0;
  return {
    head: async () => {
      while (at >= rows.length && walk.goesOn()) {
        rows = (await walk.next())
          .filter((row) => isServed(row, table.clock()))
          .map((row) => storyItemFrom(row));
        at = 0;
      }
      return rows[at] ?? null;
    },
    drop: () => {
      at += 1;
    },
    readUnits: walk.readUnits,
  };
}

/** A bucket that is still to be read, from its newest row or from where an earlier Query stopped. */
interface Ahead {
  readonly bucket: string;
  readonly resume?: QueryCommandInput['ExclusiveStartKey'];
}

/** The rows as they stand in the table, group of buckets by group of buckets. */
function createWalk(table: Table, range: ListingRange) {
  const bounds = keyBounds(range);
  const now = isoTime(table.clock());
  const newest = bucketOf(range.tag, bounds.high < now ? bounds.high : now);
  let ahead: readonly Ahead[] = bounds.low <= bounds.high ? [{ bucket: newest }] : [];
  let isListed = isNameListing(range.tag);
  let [charged, seen, width, wanted] = [0, 0, 1, range.chunkRows];

  const next = async (): Promise<readonly Record<string, unknown>[]> => {
    const group = ahead.slice(0, width);
    const [chunks, found] = await Promise.all([
      Promise.all(
        group.map(({ bucket, resume }, at) => {
          const rows = at === 0 ? wanted : Math.max(chunkRowsMin, Math.ceil(wanted / width));
          return query(table, { pk: linePartition(range.tag, bucket), ...bounds, rows, resume });
        }),
      ),
      isListed ? null : bucketsBelow(table, range.tag, { newest, low: bounds.low }),
    ]);
    isListed = true;
    charged += chunks.reduce((sum, chunk) => sum + chunk.readUnits, found?.readUnits ?? 0);
    const { items, left } = inOrder(group, chunks);
    ahead = [...left, ...ahead.slice(group.length), ...(found?.buckets ?? [])];
    width = left.length > 0 ? 1 : Math.min(width * 2, groupBucketsMax);
    seen += items.length;
    // Fewer than hoped for: the rest of them. More: a filter throws rows away, so larger chunks pay.
    wanted =
      seen < range.chunkRows
        ? Math.max(chunkRowsMin, range.chunkRows - seen)
        : Math.min(Math.max(wanted, range.chunkRows) * 2, chunkRowsMax);
    return items;
  };
  return { next, goesOn: () => ahead.length > 0, readUnits: () => charged };
}

type Chunk = Awaited<ReturnType<typeof query>>;

/** The rows up to the first bucket that has more, and what is left of the group: later buckets have to wait for it. */
function inOrder(group: readonly Ahead[], chunks: readonly Chunk[]) {
  const items: Record<string, unknown>[] = [];
  for (const [at, chunk] of chunks.entries()) {
    items.push(...chunk.items);
    const stopped = group[at];
    if (chunk.resume !== undefined && stopped !== undefined)
      return { items, left: [{ bucket: stopped.bucket, resume: chunk.resume }, ...group.slice(at + 1)] };
  }
  return { items, left: [] };
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

/** The buckets before `newest` in which the listing has rows that are not all past their time, newest first. */
async function bucketsBelow(table: Table, tag: string, bounds: { newest: string; low: string }) {
  const { newest, low } = bounds;
  const lowest = bucketOf(tag, low);
  const least = lowest < newest ? lowest : newest;
  const { items, readUnits } = await query(table, { pk: bucketsPartition(tag), low: least, high: newest });
  const live = items.filter((row) => !isExpired(row, table.clock()));
  return {
    readUnits,
    buckets: live.flatMap(({ sk }) => (typeof sk === 'string' && sk < newest ? [{ bucket: sk }] : [])),
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
