import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoryAliases } from '../../ports.ts';
import { conditionalPut } from './conditional-put.ts';
import { epochSeconds, isExpired, type Table } from './dynamodb-table.ts';
import { storyKey } from './story-keys.ts';

/** A name of a name of a name: more than these come only of a table that was edited. */
const hopsMax = 4;

/**
 * Further names of stories on DynamoDB. Another name stands where the story of that id would stand (`S#<id>` / `S`, with
 * `to` in place of a story), so that of two that would take one id, one as a story and one as a name, one wins, and finding
 * a story by any of its names costs no read more.
 */
export function createDynamoStoryAliases(table: Table): StoryAliases {
  return {
    target: (id) => targetOf(table, id),
    claim: async (id, target, keptUntil) => {
      if (id === target) return target;
      const isClaimed = await conditionalPut(table, {
        Item: {
          ...storyKey(id),
          to: target,
          ...(keptUntil === null ? {} : { exp: Math.floor(keptUntil / 1_000) }),
        },
        ConditionExpression: 'attribute_not_exists(pk) OR exp <= :now',
        ExpressionAttributeValues: { ':now': epochSeconds(table) },
      });
      return isClaimed ? target : ((await targetOf(table, id)) ?? target);
    },
  };
}

/** The last name of the chain that `id` begins; null when nothing stands there. */
async function targetOf(table: Table, id: string): Promise<string | null> {
  let name = id;
  for (let hop = 0; hop < hopsMax; hop += 1) {
    const next = await standingAt(table, name);
    if (next === null) return hop === 0 ? null : name;
    if (next.to === null || next.to === name) return name;
    name = next.to;
  }
  return name;
}

async function standingAt(table: Table, id: string): Promise<{ readonly to: string | null } | null> {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: storyKey(id),
      ConsistentRead: true,
      ProjectionExpression: '#to, exp',
      ExpressionAttributeNames: { '#to': 'to' },
    }),
  );
  if (Item === undefined || isExpired(Item, table.clock())) return null;
  return { to: typeof Item.to === 'string' ? Item.to : null };
}
