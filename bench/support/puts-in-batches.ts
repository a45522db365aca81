import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const batchMax = 25;

/** A client that gathers Puts, without their conditions, into batches: for filling an empty table through an adapter. */
export function putsInBatches(client: DynamoDBDocumentClient) {
  let open: { name: string; items: Record<string, unknown>[] } = { name: '', items: [] };
  const flush = async (): Promise<void> => {
    const { name, items } = open;
    open = { name, items: [] };
    if (items.length === 0) return;
    const puts = items.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [name]: puts } }));
  };
  const batching = new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        const { Item, TableName } = Object(command.input);
        if (Item === undefined) return target.send(command);
        open.name = String(TableName);
        open.items.push(Item);
        if (open.items.length === batchMax) await flush();
        return {};
      };
    },
  });
  return { client: batching, end: flush };
}
