import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tallyEntry } from '../../core/tally/tally-entry.ts';
import type { Story } from '../../core/words/story.ts';
import { conditionalPut } from './conditional-put.ts';
import { epochSeconds, ifAllowed, isExpired, type Table } from './dynamodb-table.ts';
import { expiry } from './story-items.ts';
import { lateTallyPartition, rolledDaysPartition, tallyKey } from './story-keys.ts';
import { packedEntry } from './tally-codec.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A day is rolled up so long after its end, when nearly all of its stories have come. */
export const settledAfterMs = 6 * hourMs;

/** Writers look for a roll-up from an hour before there may be one: their clocks agree to far less. */
const lateAfterMs = settledAfterMs - hourMs;

/** What is known of a day's roll-up. Generations count from 1; 0 is none. */
export interface RolledHeader {
  readonly day: string;
  /** The newest that was begun. */
  readonly begun: number;
  /** The newest whose parts are in place, how many those are and how many stories they hold. */
  readonly done: number;
  readonly parts: number;
  readonly stories: number;
  /** The newest during which a story was written late. */
  readonly late: number;
}

/** A header as it is stored; null for one past its time or of another shape. */
export function headerOf(row: Readonly<Record<string, unknown>>, now: number): RolledHeader | null {
  const { sk, begun } = row;
  if (typeof sk !== 'string' || typeof begun !== 'number' || isExpired(row, now)) return null;
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  const { done, parts, n, late } = row;
  return {
    day: sk,
    begun,
    done: number(done),
    parts: number(parts),
    stories: number(n),
    late: number(late),
  };
}

/** Reads the header of a day; sees every acknowledged write. One read unit. */
export async function readHeader(table: Table, day: string): Promise<RolledHeader | null> {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: { pk: rolledDaysPartition, sk: day },
      ConsistentRead: true,
    }),
  );
  return Item === undefined ? null : headerOf(Item, table.clock());
}

/**
 * Counts a story: one row for each story, over an older version of it and never over a newer one, so it may be done again
 * at any time. One write unit. A story of a day that is rolled up already stands a second time among the late ones of the
 * day, which are read beside the roll-up: one more, and one read unit. The roll-up misses no story: it is begun (a write)
 * before the day's rows are read, and here they are written before it is asked whether one was begun.
 */
export async function putTally(table: Table, story: Story): Promise<void> {
  const life = expiry(story, table.retentionDays);
  const { sk, pk } = tallyKey(story);
  const d = packedEntry(tallyEntry(story, life.exp ?? null));
  const put = (partition: string) =>
    conditionalPut(table, {
      Item: { pk: partition, sk, d, ver: story.version, ...life },
      ConditionExpression: 'attribute_not_exists(ver) OR ver <= :ver OR exp <= :now',
      ExpressionAttributeValues: { ':ver': story.version, ':now': epochSeconds(table) },
    });
  if (!(await put(pk))) return;
  const day = story.sortTime.slice(0, 'yyyy-mm-dd'.length);
  // The clock is asked after the write, so a writer that was held up between the two asks too.
  if (table.clock() < Date.parse(day) + dayMs + lateAfterMs) return;
  const header = await readHeader(table, day);
  if (header === null) return;
  await put(lateTallyPartition(day, header.begun));
  if (header.late < header.begun) await noteLate(table, header);
}

/** Lets readers know that there are late stories; nothing when they know already. */
async function noteLate(table: Table, { day, begun }: RolledHeader): Promise<void> {
  await ifAllowed(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: rolledDaysPartition, sk: day },
        UpdateExpression: 'SET late = :begun',
        ConditionExpression: 'begun >= :begun AND (attribute_not_exists(late) OR late < :begun)',
        ExpressionAttributeValues: { ':begun': begun },
      }),
    ),
  );
}
