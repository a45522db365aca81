import { keptFrom } from './story-items.ts';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isNameListing } from '../../core/story/story-line.ts';
import type { Story } from '../../core/words/story.ts';
import { ifAllowed, type Table } from './dynamodb-table.ts';
import { bucketEnd, bucketKey, bucketOf } from './story-keys.ts';

/** How many buckets are remembered as known to the store; bounds the memory of a warm function. */
const knownBucketsMax = 10_000;

/** The rows that say which buckets a listing has, so that a reader asks for those and no others. */
export interface Buckets {
  /** Makes sure that the bucket of this story in this listing is known to readers for as long as the story lives. */
  note(tag: string, story: Story): Promise<void>;
  /** Adds one to the stories counted in the bucket. */
  count(tag: string, story: Story): Promise<void>;
}

/**
 * Bucket rows on DynamoDB. A bucket that this process has not met costs half a read unit; only one that nobody has met,
 * or one that must live longer than it was to, costs a write. Lives are rounded up to the end of the bucket's own unit
 * of time, so an old bucket is written again at most once a month (the wire) or year, not for every line put into it.
 */
export function createBuckets(table: Table): Buckets {
  const known = new Set<string>();
  return {
    note: async (tag, story) => {
      if (isNameListing(tag)) return;
      const bucket = bucketOf(tag, story.sortTime);
      const exp = bucketExpiry(bucket, story, table.retentionDays);
      const name = `${tag} ${bucket} ${exp}`;
      if (known.has(name)) return;
      if (!(await isNoted(table, bucketKey(tag, bucket), exp)))
        await noteBucket(table, bucketKey(tag, bucket), exp);
      if (known.size < knownBucketsMax) known.add(name);
    },
    count: async (tag, story) => {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: bucketKey(tag, bucketOf(tag, story.sortTime)),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      );
    },
  };
}

/**
 * When a bucket may go, epoch seconds: retention after its end, or after the end of the month or year in which the story
 * was first seen or last changed where that is later (a first poll brings old stories). Null when stories are kept for ever.
 */
function bucketExpiry(bucket: string, story: Story, retentionDays: number): number | null {
  if (retentionDays === 0) return null;
  const seen = keptFrom(story).slice(0, bucket.length);
  return bucketEnd(bucket > seen ? bucket : seen) / 1_000 + retentionDays * 86_400;
}

type Key = ReturnType<typeof bucketKey>;

/** Is the row there, and for long enough? A read that lags behind costs a needless write, nothing else. */
async function isNoted(table: Table, key: Key, exp: number | null): Promise<boolean> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key }));
  if (Item === undefined) return false;
  return typeof Item.exp !== 'number' || (exp !== null && Item.exp >= exp);
}

/** Makes the row or lets it live longer; a count that is there stays, and a life is never shortened. */
async function noteBucket(table: Table, key: Key, exp: number | null): Promise<void> {
  const lasting = { UpdateExpression: 'ADD n :zero REMOVE exp', ExpressionAttributeValues: { ':zero': 0 } };
  const passing = {
    UpdateExpression: 'SET exp = :exp ADD n :zero',
    ConditionExpression: 'attribute_not_exists(pk) OR exp < :exp',
    ExpressionAttributeValues: { ':zero': 0, ':exp': exp },
  };
  await ifAllowed(
    table.client.send(
      new UpdateCommand({ TableName: table.name, Key: key, ...(exp === null ? lasting : passing) }),
    ),
  );
}
