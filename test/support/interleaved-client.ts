import { setImmediate as tick } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Clients whose calls take place one at a time in an order that `chance` (0 to 1) decides: a call waits until it is
 * drawn from all that wait. `run` starts the work and ends when all of it has.
 */
export function interleaved(client: DynamoDBDocumentClient, chance: () => number) {
  const waiting: (() => Promise<void>)[] = [];
  const wrapped = new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<DynamoDBDocumentClient['send']>[0]) =>
        new Promise((resolve, reject) => {
          waiting.push(() => target.send(command).then(resolve, reject));
        });
    },
  });
  const run = async (works: readonly (() => Promise<unknown>)[]): Promise<void> => {
    let isOver = false;
    const all = Promise.allSettled(works.map((work) => work())).then((results) => {
      isOver = true;
      return results;
    });
    while (!isOver) {
      await tick();
      const drawn = waiting.splice(Math.floor(chance() * waiting.length), 1)[0];
      if (drawn !== undefined) await drawn();
    }
    for (const result of await all) if (result.status === 'rejected') throw result.reason;
  };
  return { client: wrapped, run };
}
