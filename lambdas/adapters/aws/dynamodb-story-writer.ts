import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { listedTags, wireTag } from '../../core/story/story-line.ts';
import type { Story } from '../../core/words/story.ts';
import type { StoredStory, StoryWriter } from '../../ports.ts';
import { type Buckets, createBuckets } from './dynamodb-buckets.ts';
import { epochSeconds, ifAllowed, isConditionFailure, isExpired, type Table } from './dynamodb-table.ts';
import {
  lineItems,
  planOf,
  storyItem,
  storyItemFrom,
  storyOf,
  tombstone,
  type Unfinished,
  type Versioned,
} from './story-items.ts';
import { lineKey, storyKey } from './story-keys.ts';
import { putTally } from './dynamodb-tally.ts';

/**
 * The writing side on DynamoDB. Order makes it safe without transactions: the story's own item claims the id (a
 * condition, so one writer wins), then the listing rows (each only over an older version), the wire row last. A crash in
 * between leaves a story whose wire row is missing or older; whoever meets it next publishes it. Nothing is ever deleted: a
 * listing that a story leaves keeps a tombstone until time to live takes it.
 * Write units of a new story: 1 story + 1 per listing + 1 count, and 1 per bucket that nobody has met before; half a read
 * unit per bucket that this writer has not met before, and one to see that nobody amended the story meanwhile.
 */
export function createDynamoStoryWriter(table: Table): StoryWriter {
  const buckets = createBuckets(table);
  const claim = (story: Story) =>
    putIf(table, storyItem(story, table.retentionDays), {
      ConditionExpression: 'attribute_not_exists(pk) OR exp <= :now',
      ExpressionAttributeValues: { ':now': epochSeconds(table) },
    });
  return {
    find: (id) => findStory(table, id),
    current: async (id) => (await storedItem(table, id))?.story ?? null,
    claim: async (story) => ((await claim(story)) ? 'claimed' : 'exists'),
    amend: async (story, stored, plan) => {
      const unfinished = { dropped: leftListings(story, stored), plan };
      const isStored = await supersede(table, { story, previous: stored.story, unfinished });
      return isStored ? { story, ...unfinished, listed: stored.listed, complete: false } : null;
    },
    publish: (stored) => publish(table, stored, buckets),
    create: async (story) => {
      if (!(await claim(story))) return 'exists';
      await publish(table, { story, dropped: [] }, buckets);
      return 'created';
    },
    replace: async (story, previous) => {
      const kept = new Set(listedTags(story));
      const dropped = listedTags(previous).filter((tag) => !kept.has(tag));
      const unfinished = { dropped, plan: null };
      if (!(await supersede(table, { story, previous, unfinished }))) return 'conflict';
      // Whoever amended the story meanwhile saw it unlisted and left its listing to this writer.
      await publish(table, { story, dropped }, buckets);
      return 'replaced';
    },
    stamp: async (story, { story: previous, dropped, plan }) => {
      const unfinished = { dropped, plan };
      return (await supersede(table, { story, previous, unfinished })) ? 'stamped' : 'conflict';
    },
  };
}

/** The listings that may still show a story which its next version does not stand in. */
function leftListings(story: Story, stored: StoredStory): string[] {
  const kept = new Set(listedTags(story));
  // What an unfinished rewrite left has not been taken out for sure.
  const before = new Set([...(stored.complete ? [] : stored.dropped), ...listedTags(stored.story)]);
  return [...before].filter((tag) => !kept.has(tag));
}

/** More rounds than this mean that somebody amends a story for ever. */
const publishRoundsMax = 5;

/** Writes the listings, and again while another writer stored a later version without listing it. */
async function publish(
  table: Table,
  stored: Pick<StoredStory, 'story' | 'dropped'>,
  buckets: Buckets,
): Promise<void> {
  let { story, dropped } = stored;
  for (let round = 1; round <= publishRoundsMax; round += 1) {
    await buryLines(table, story, dropped);
    await writeLines(table, story, buckets);
    const now = await storedItem(table, story.id);
    if (now === null || now.story.version <= story.version) return;
    ({ story, dropped } = now);
  }
  throw new Error(
    `Expected to publish ${story.id} within ${publishRoundsMax} rounds, got a later version at each`,
  );
}

async function findStory(table: Table, id: string): Promise<StoredStory | null> {
  const found = await storedItem(table, id);
  if (found === null) return null;
  const wire = await getRow(table, lineKey(wireTag, found.story));
  // A wire row past its time is of an earlier life of the story, whatever its version says.
  const listed = wire === null || isExpired(wire, table.clock()) ? 0 : Number(wire.ver);
  return { ...found, listed, complete: listed >= found.story.version };
}

async function storedItem(table: Table, id: string, hops = 3): Promise<StoredItem | null> {
  const found = await getRow(table, storyKey(id));
  if (found === null || isExpired(found, table.clock())) return null;
  // Another name of a story that its source lists under several (see dynamodb-story-aliases.ts).
  if (typeof found.to === 'string') return hops > 0 ? storedItem(table, found.to, hops - 1) : null;
  const item = storyItemFrom(found);
  return { story: storyOf(item), dropped: item.drop ?? [], plan: planOf(item) };
}

type StoredItem = Pick<StoredStory, 'story' | 'dropped' | 'plan'>;

async function getRow(table: Table, key: { pk: string; sk: string }) {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item ?? null;
}

function supersede(
  table: Table,
  next: { readonly story: Story; readonly previous: Story; readonly unfinished: Unfinished },
): Promise<boolean> {
  return putIf(table, storyItem(next.story, table.retentionDays, next.unfinished), {
    ConditionExpression: 'ver = :previous',
    ExpressionAttributeValues: { ':previous': next.previous.version },
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
    putTally(table, story),
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
