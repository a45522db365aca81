import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mostFound } from '../../core/story/cluster-members.ts';
import { placedDaysMax } from '../../core/story/story-place.ts';
import type { Cluster } from '../../core/words/cluster.ts';
import type { StoryLine } from '../../core/words/story.ts';
import type { ClusterStore } from '../../ports.ts';
import { clusterOf, packedCluster } from './cluster-codec.ts';
import { conditionalPut } from './conditional-put.ts';
import { epochSeconds, isExpired, type Table } from './dynamodb-table.ts';
import { packedLine } from './packed-line.ts';
import { keptFrom, lineOf, storyItemFrom } from './story-items.ts';
import { announcedPartition, clusterKey, lineSortKey } from './story-keys.ts';

/** Newest stories looked at under one key: under 4 KB, so a key costs one read unit in any stream. Measured: docs/clustering.md. */
export const candidatesPerKeyMax = 10;

/** What an announced line may take of a row: half a write unit, because every reader of the key pays for it too. */
const lineBytesMax = 600;

const placedSeconds = placedDaysMax * 86_400;

/**
 * Announcements and clusters on DynamoDB. A blocking row goes 8 days after its story's place on the wire. A key's partition
 * takes one write for each story announced under it and a bounded Query for each that asks: below a hundred stories a second
 * under one key nothing is throttled, which is far from any news. A cluster is one row, saved where its version is the
 * one read.
 */
export function createDynamoClusterStore(table: Table): ClusterStore {
  return {
    announce: async (line, keys) => {
      await Promise.all(keys.map((key) => announce(table, line, key)));
    },
    candidates: async (keys, since) => {
      const found = await Promise.all(keys.map((key) => announcedUnder(table, key, since)));
      return mostFound(found.flat());
    },
    cluster: (id) => readCluster(table, id),
    save: (cluster, previous) => saveCluster(table, cluster, previous),
  };
}

/** Puts the row, unless a later revision of the story stands there; so a slow writer does not bring an old text back. */
async function announce(table: Table, line: StoryLine, key: string): Promise<void> {
  await conditionalPut(table, {
    Item: {
      pk: announcedPartition(key),
      sk: lineSortKey(line),
      d: packedLine(line, lineBytesMax),
      ver: line.revision,
      exp: Math.floor(Date.parse(line.sortTime) / 1_000) + placedSeconds,
    },
    ConditionExpression: 'attribute_not_exists(ver) OR ver <= :ver OR exp <= :now',
    ExpressionAttributeValues: { ':ver': line.revision, ':now': epochSeconds(table) },
  });
}

async function announcedUnder(table: Table, key: string, since: string): Promise<readonly StoryLine[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk >= :since',
      ExpressionAttributeValues: { ':pk': announcedPartition(key), ':since': since },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: candidatesPerKeyMax,
    }),
  );
  const live = Items.filter((item) => !isExpired(item, table.clock()));
  return live.map((item) => lineOf(storyItemFrom(item)).line);
}

async function readCluster(table: Table, id: string): Promise<Cluster | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: clusterKey(id), ConsistentRead: true }),
  );
  if (Item === undefined || isExpired(Item, table.clock())) return null;
  const { d, ver } = storyItemFrom(Item);
  return clusterOf(id, d, ver);
}

function saveCluster(table: Table, cluster: Cluster, previous: number): Promise<boolean> {
  const exp = clusterExpiry(table, cluster);
  return conditionalPut(table, {
    Item: {
      ...clusterKey(cluster.id),
      d: packedCluster(cluster),
      ver: cluster.version,
      ...(exp === null ? {} : { exp }),
    },
    ...(previous === 0
      ? {
          ConditionExpression: 'attribute_not_exists(ver) OR exp <= :now',
          ExpressionAttributeValues: { ':now': epochSeconds(table) },
        }
      : { ConditionExpression: 'ver = :previous', ExpressionAttributeValues: { ':previous': previous } }),
  });
}

/** A cluster is kept as long as its latest member; one that everybody left, only until nobody asks for it any more. */
function clusterExpiry(table: Table, { members }: Cluster): number | null {
  if (members.length === 0) return epochSeconds(table) + placedSeconds;
  if (table.retentionDays === 0) return null;
  const latest = Math.max(...members.map((member) => Date.parse(keptFrom(member))));
  return Math.floor(latest / 1_000) + table.retentionDays * 86_400;
}
