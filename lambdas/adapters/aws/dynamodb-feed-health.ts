import { type FeedHealth, feedHealth } from '../../core/poll/feed-health.ts';
import type { FeedState } from '../../core/poll/feed-state.ts';
import type { FeedHealthReader } from '../../ports.ts';
import { conditionalPut } from './conditional-put.ts';
import type { Table } from './dynamodb-table.ts';
import { readPartition } from './dynamodb-tally-rows.ts';
import { packed, unpacked } from './line-codec.ts';
import { feedHealthKey } from './story-keys.ts';

/** How long what was read is good enough; health changes with polls, which are minutes apart. */
const rememberedMs = 300_000;

/**
 * Notes how a feed fares, beside its state and never instead of it: a row of some 150 bytes, so that those of all feeds
 * are one Query, where the states themselves are several KB each. One write unit for a poll that writes its state; none
 * for one that does not.
 */
export async function saveFeedHealth(table: Table, state: FeedState): Promise<void> {
  const { feedId, ...rest } = feedHealth(state);
  await conditionalPut(table, {
    Item: { ...feedHealthKey(feedId), d: packed(rest), ver: state.version },
    ConditionExpression: 'attribute_not_exists(ver) OR ver <= :ver',
    ExpressionAttributeValues: { ':ver': state.version },
  });
}

/** How feeds fare, from DynamoDB: one Query, remembered for so long (milliseconds) in a warm process. */
export function createDynamoFeedHealth(table: Table, lifeMs = rememberedMs): FeedHealthReader {
  let last: { readonly at: number; readonly health: readonly FeedHealth[] } | null = null;
  return {
    feedHealth: async () => {
      const now = table.clock();
      if (last !== null && now - last.at < lifeMs) return last.health;
      const { value } = await readPartition(table, { pk: feedHealthKey('').pk });
      const health = value.flatMap(({ sk, d }): FeedHealth[] =>
        typeof sk === 'string' && d instanceof Uint8Array
          ? [{ feedId: sk, ...trusted<Omit<FeedHealth, 'feedId'>>(unpacked(d)) }]
          : [],
      );
      last = { at: now, health };
      return health;
    },
  };
}

// Rows are written by this module alone, so they come back with the type they went in with.
const trusted = <T>(value: unknown): T => value as T;
