import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { wireTag } from '../../core/story/story-line.ts';
import type { StoryLine } from '../../core/words/story.ts';
import type { Position } from '../../core/query/position.ts';
import type { Page, PageRequest, StoryReader } from '../../ports.ts';
import { isExpired, type Table } from './dynamodb-table.ts';
import { createListing, type Listing } from './dynamodb-listing.ts';
import { sparsestGroup } from './dynamodb-sparsest.ts';
import { lineOf, storyItemFrom, storyOf } from './story-items.ts';
import { bucketsPartition, storyKey } from './story-keys.ts';

/**
 * The reading side on DynamoDB. A page of one listing is one Query of its newest bucket and one of its list of
 * buckets; further buckets or listings cost further Queries. What it costs grows with the page, never with the table.
 */
export function createDynamoStoryReader(table: Table): StoryReader {
  return {
    story: async (id) => {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: storyKey(id) }));
      // Another name of a story is none that was ever served.
      if (Item === undefined || typeof Item.to === 'string') return null;
      const item = storyItemFrom(Item);
      return isExpired(item, table.clock()) ? null : storyOf(item);
    },
    page: (request) => readPage(table, request),
    totals: () => readTotals(table),
  };
}

/** Merges the listings newest first; a story that stands in several of them is given once. */
async function readPage(table: Table, request: PageRequest): Promise<Page> {
  const { tags, readUnits: probed } = await sparsestGroup(table, request);
  const chunkRows = Math.max(10, Math.ceil((request.limit + 1) / tags.length));
  const listings = tags.map((tag) => createListing(table, { ...request, tag, chunkRows }));
  const readUnits = () => listings.reduce((sum, listing) => sum + listing.readUnits(), probed);
  const lines: StoryLine[] = [];
  let last: Position | null = null;
  let rows = 0;
  for (;;) {
    const newest = await takeNewest(listings);
    if (newest === null) return { lines, next: null, readUnits: readUnits() };
    if (lines.length === request.limit || rows >= request.rowsMax) {
      // One row beyond the page exists (or the bound on work is reached): go on from the last row that was looked at.
      return { lines, next: last, readUnits: readUnits() };
    }
    rows += 1;
    const { line, position } = lineOf(newest);
    if (lines.length < request.limit && request.accepts(line)) lines.push(line);
    last = position;
  }
}

async function takeNewest(listings: readonly Listing[]) {
  const heads = await Promise.all(listings.map((listing) => listing.head()));
  let newest: (typeof heads)[number] = null;
  for (const head of heads) if (head !== null && (newest === null || head.sk > newest.sk)) newest = head;
  if (newest === null) return null;
  heads.forEach((head, at) => {
    if (head?.sk === newest?.sk) listings[at]?.drop();
  });
  return newest;
}

async function readTotals(table: Table) {
  const months = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': bucketsPartition(wireTag) },
    }),
  );
  const live = (months.Items ?? []).filter((month) => !isExpired(month, table.clock()));
  const stories = live.reduce((sum, { n }) => sum + (typeof n === 'number' ? n : 0), 0);
  const request = { after: null, since: null, until: null, limit: 1, rowsMax: 50, tags: [wireTag] };
  const { lines } = await readPage(table, { ...request, accepts: () => true });
  return { stories, newestStory: lines[0]?.firstSeen ?? null };
}
