import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What calls to the store came to; `listingUnits` are those write units that went to rows of listings. */
export interface Spent {
  readonly reads: number;
  readonly readUnits: number;
  readonly writes: number;
  readonly writeUnits: number;
  readonly listingUnits: number;
}

const nothing: Spent = { reads: 0, readUnits: 0, writes: 0, writeUnits: 0, listingUnits: 0 };

/** The client with what its calls were charged, by the store's own account. */
export function countingClient(client: DynamoDBDocumentClient) {
  let spent = nothing;
  const counted = new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
        const answer: { ConsumedCapacity?: { CapacityUnits?: number } } = Object(await target.send(command));
        const units = answer.ConsumedCapacity?.CapacityUnits ?? 0;
        const { Item, Key } = Object(command.input);
        const isListing = String(Item?.pk ?? Key?.pk).startsWith('T#');
        const isRead = /^(?:Get|Query)/.test(command.constructor.name);
        spent = isRead
          ? { ...spent, reads: spent.reads + 1, readUnits: spent.readUnits + units }
          : {
              ...spent,
              writes: spent.writes + 1,
              writeUnits: spent.writeUnits + units,
              listingUnits: spent.listingUnits + (isListing ? units : 0),
            };
        return answer;
      };
    },
  });
  return {
    client: counted,
    spent: () => spent,
    reset: () => {
      spent = nothing;
    },
  };
}
