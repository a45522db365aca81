import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A call about to be made: the command's name without `Command`, and the partition it is about. */
export interface InterceptedCall {
  readonly name: string;
  readonly pk: string;
}

/** The client with `before` awaited ahead of each call, so that a test can hold a call back, fail it or count it. */
export function interceptedClient(
  client: DynamoDBDocumentClient,
  before: (call: InterceptedCall) => Promise<void> | void,
): DynamoDBDocumentClient {
  return new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        const { Item, Key, ExpressionAttributeValues } = Object(command.input);
        const pk = Item?.pk ?? Key?.pk ?? ExpressionAttributeValues?.[':pk'];
        await before({ name: command.constructor.name.replace('Command', ''), pk: String(pk) });
        return target.send(command);
      };
    },
  });
}

/** A client that counts its calls by name. */
export function countingClient(client: DynamoDBDocumentClient) {
  const counts: Record<string, number> = {};
  const counting = interceptedClient(client, ({ name }) => {
    counts[name] = (counts[name] ?? 0) + 1;
  });
  return { client: counting, counts };
}
