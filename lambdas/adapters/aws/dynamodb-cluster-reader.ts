import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ClusterStore } from '../../ports.ts';
import { clusterOf } from './cluster-codec.ts';
import { isExpired, type Table } from './dynamodb-table.ts';
import { storyItemFrom } from './story-items.ts';
import { clusterKey } from './story-keys.ts';

/**
 * Clusters as serving reads them: eventually consistent, half a read unit per started 4 KB, which is a cluster of about
 * ten stories. A row a second behind shows an event as it was then, as the listings beside it may.
 */
export function createDynamoClusterReader(table: Table): Pick<ClusterStore, 'cluster'> {
  return {
    cluster: async (id) => {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: clusterKey(id) }),
      );
      if (Item === undefined || isExpired(Item, table.clock())) return null;
      const { d, ver } = storyItemFrom(Item);
      return clusterOf(id, d, ver);
    },
  };
}
