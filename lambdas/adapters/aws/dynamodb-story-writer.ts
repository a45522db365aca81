import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { listedTags, wireTag } from '../../core/story/story-line.ts';
import type { Story } from '../../core/words/story.ts';
import type { StoredStory, StoryWriter } from '../../ports.ts';
import { type Buckets, createBuckets } from './dynamodb-buckets.ts';
import { epochSeconds, ifAllowed, isConditionFailure, isExpired, type Table } from './dynamodb-table.ts';
import { lineItems, storyItem, storyItemFrom, storyOf, tombstone, type Versioned } from './story-items.ts';
import { lineKey, storyKey } from './story-keys.ts';

/**
 * The writing side on DynamoDB. Order makes it safe without transactions: the story's own item claims the id (a
 * condition, so one writer wins), then the listing rows (each only over an older version), the wire row last. A crash in
 * between leaves a story without its wire row; whoever meets it next calls `heal`. Nothing is ever deleted: a listing that
 * a story leaves keeps a tombstone until time to live takes it.
 * Write units of a new story: 1 story + 1 per listing + 1 count, and 1 per bucket that nobody has met before; half a read
 * unit per bucket that this writer has not met before.
 */
export function createDynamoStoryWriter(table: Table): StoryWriter {
  const buckets = createBuckets(table);
  return {
    find: (id) => findStory(table, id),
    create: async (story) => {
      if (!(await claim(table, story))) return 'exists';
      await writeLines(table, story, buckets);
      return 'created';
    },
    replace: async (story, previous) => {
      const kept = new Set(listedTags(story));
      const dropped = listedTags(previous).filter((tag) => !kept.has(tag));
      if (!(await supersede(table, { story, previous, dropped }))) return 'conflict';
      await buryLines(table, story, dropped);
      await writeLines(table, story, buckets);
      return 'replaced';
    },
    heal: async ({ story, dropped }) => {
      await buryLines(table, story, dropped);
      await writeLines(table, story, buckets);
    },
    stamp: async (story, { story: previous, dropped }) =>
      (await supersede(table, { story, previous, dropped })) ? 'stamped' : 'conflict',
  };
}

async function findStory(table: Table, id: string): Promise<StoredStory | null> {
  const now = table.clock();
  const found = await getRow(table, storyKey(id));
  if (found === null || isExpired(found, now)) return null;
  const item = storyItemFrom(found);
  const story = storyOf(item);
  const wire = await getRow(table, lineKey(wireTag, story));
  // A wire row past its time is of an earlier life of the story, whatever its version says.
  const complete = wire !== null && !isExpired(wire, now) && Number(wire.ver) >= story.version;
  return { story, complete, dropped: item.drop ?? [] };
}

async function getRow(table: Table, key: { pk: string; sk: string }) {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item ?? null;
}

function claim(table: Table, story: Story): Promise<boolean> {
  return putIf(table, storyItem(story, table.retentionDays, []), {
    ConditionExpression: 'attribute_not_exists(pk) OR exp <= :now',
    ExpressionAttributeValues: { ':now': epochSeconds(table) },
  });
}

function supersede(
  table: Table,
  { story, previous, dropped }: { story: Story; previous: Story; dropped: readonly string[] },
): Promise<boolean> {
  return putIf(table, storyItem(story, table.retentionDays, dropped), {
    ConditionExpression: 'ver = :previous',
    ExpressionAttributeValues: { ':previous': previous.version },
  });
}

/**
 * An older writer that comes late must not undo a newer one's row; writing the same version again is harmless. A row past
 * its time guards nothing: the id may since have been claimed anew, and versions then start again at 1.
 */
const notNewer = (table: Table, { ver }: Versioned): Condition => ({
  ConditionExpression: 'attribute_not_exists(ver) OR ver <= :ver OR exp <= :now',
  ExpressionAttributeValues: { ':ver': ver, ':now': epochSeconds(table) },
});

async function writeLines(table: Table, story: Story, buckets: Buckets): Promise<void> {
  const { tagged, wire } = lineItems(story, table.retentionDays);
  await Promise.all([
    ...tagged.map((item) => putIf(table, item, notNewer(table, item))),
    ...listedTags(story).map((tag) => buckets.note(tag, story)),
  ]);
  // Counted after the row: a crash in between loses one from the count, never a story from the wire.
  if (await putsFirst(table, wire, notNewer(table, wire))) await buckets.count(wireTag, story);
}

/** Takes a story out of listings: a row that is gone would let a slow writer put its older version back. */
async function buryLines(table: Table, story: Story, dropped: readonly string[]): Promise<void> {
  await Promise.all(
    dropped.map((tag) => {
      const item = tombstone(tag, story, table);
      return putIf(table, item, notNewer(table, item));
    }),
  );
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, number>>;
}

const putIf = (table: Table, item: Versioned, condition: Condition): Promise<boolean> =>
  ifAllowed(table.client.send(new PutCommand({ TableName: table.name, Item: { ...item }, ...condition })));

/** True when the row was not there before. */
async function putsFirst(table: Table, item: Versioned, condition: Condition): Promise<boolean> {
  const write = { TableName: table.name, Item: { ...item }, ...condition };
  try {
    const put = new PutCommand({ ...write, ReturnValues: 'ALL_OLD' });
    return (await table.client.send(put)).Attributes === undefined;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
