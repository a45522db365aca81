import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { listedTags, wireTag } from '../../core/story/story-line.ts';
import type { Story } from '../../core/words/story.ts';
import type { StoredStory, StoryWriter } from '../../ports.ts';
import { isConditionFailure, isExpired, type Table } from './dynamodb-table.ts';
import { type StoryItem, lineItems, storyItem, storyItemFrom, storyOf } from './story-items.ts';
import { lineKey, monthOf, monthsPartition, storyKey } from './story-keys.ts';

/** How many (listing, month) pairs are remembered as known to the store; bounds the memory of a warm function. */
const knownMonthsMax = 10_000;

/**
 * The writing side on DynamoDB. Order makes it safe without transactions: the story's own item claims the id (a
 * condition, so one writer wins), then the listing rows (each only over an older version), the wire row last. A crash in
 * between leaves a story without its wire row; whoever meets it next calls `heal`.
 * Write units of a new story: 1 story + 1 per listing + 1 month count, and 1 per (listing, month) seen first.
 */
export function createDynamoStoryWriter(table: Table): StoryWriter {
  const knownMonths = new Set<string>();
  return {
    find: (id) => findStory(table, id),
    create: async (story) => {
      if (!(await claim(table, story))) return 'exists';
      await writeLines(table, story, knownMonths);
      return 'created';
    },
    replace: async (story, previous) => {
      const kept = new Set(listedTags(story));
      const dropped = listedTags(previous).filter((tag) => !kept.has(tag));
      if (!(await supersede(table, { story, previous, dropped }))) return 'conflict';
      await deleteLines(table, story, dropped);
      await writeLines(table, story, knownMonths);
      return 'replaced';
    },
    heal: async ({ story, dropped }) => {
      await deleteLines(table, story, dropped);
      await writeLines(table, story, knownMonths);
    },
  };
}

async function findStory(table: Table, id: string): Promise<StoredStory | null> {
  const item = await getItem(table, storyKey(id));
  if (item === null || isExpired(item, table.clock())) return null;
  const story = storyOf(item);
  const wire = await getItem(table, lineKey(wireTag, story));
  return { story, complete: wire !== null && wire.ver >= story.version, dropped: item.drop ?? [] };
}

async function getItem(table: Table, key: { pk: string; sk: string }): Promise<StoryItem | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item === undefined ? null : storyItemFrom(Item);
}

function claim(table: Table, story: Story): Promise<boolean> {
  return putIf(table, storyItem(story, table.retentionDays, []), {
    ConditionExpression: 'attribute_not_exists(pk) OR exp <= :now',
    ExpressionAttributeValues: { ':now': Math.floor(table.clock() / 1_000) },
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

/** An older writer that comes late must not undo a newer one's row; writing the same version again is harmless. */
const notNewer = 'attribute_not_exists(ver) OR ver <= :ver';

async function writeLines(table: Table, story: Story, knownMonths: Set<string>): Promise<void> {
  const { tagged, wire } = lineItems(story, table.retentionDays);
  const condition = (item: StoryItem) => ({
    ConditionExpression: notNewer,
    ExpressionAttributeValues: { ':ver': item.ver },
  });
  await Promise.all([
    ...tagged.map((item) => putIf(table, item, condition(item))),
    ...listedTags(story).map((tag) => noteMonth(table, { tag, month: monthOf(story.sortTime) }, knownMonths)),
  ]);
  // Counted after the row: a crash in between loses one from the count, never a story from the wire.
  if (!(await putsFirst(table, wire, condition(wire)))) return;
  await addToMonth(table, { tag: wireTag, month: monthOf(story.sortTime) }, 1);
}

async function deleteLines(table: Table, story: Story, dropped: readonly string[]): Promise<void> {
  const remove = (tag: string) =>
    ifAllowed(
      table.client.send(
        new DeleteCommand({
          TableName: table.name,
          Key: lineKey(tag, story),
          ConditionExpression: notNewer,
          ExpressionAttributeValues: { ':ver': story.version },
        }),
      ),
    );
  await Promise.all(dropped.map(remove));
}

/** Records once that a listing has rows in a month, so that a reader knows which months to ask for. */
async function noteMonth(
  table: Table,
  at: { tag: string; month: string },
  known: Set<string>,
): Promise<void> {
  const name = `${at.tag}#${at.month}`;
  if (known.has(name)) return;
  await addToMonth(table, at, 0);
  if (known.size < knownMonthsMax) known.add(name);
}

/** Adds to the count of a listing's month; adding 0 makes the row and leaves a count that is there. */
async function addToMonth(table: Table, at: { tag: string; month: string }, stories: number): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: monthsPartition(at.tag), sk: at.month },
      UpdateExpression: 'ADD n :stories',
      ExpressionAttributeValues: { ':stories': stories },
    }),
  );
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, number>>;
}

const putIf = (table: Table, item: StoryItem, condition: Condition): Promise<boolean> =>
  ifAllowed(table.client.send(new PutCommand({ TableName: table.name, Item: item, ...condition })));

/** True when the row was not there before. */
async function putsFirst(table: Table, item: StoryItem, condition: Condition): Promise<boolean> {
  try {
    const put = new PutCommand({ TableName: table.name, Item: item, ReturnValues: 'ALL_OLD', ...condition });
    return (await table.client.send(put)).Attributes === undefined;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

async function ifAllowed(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
