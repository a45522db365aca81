import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** How a call goes wrong: before it has any effect, or after it took effect and only the answer was lost. */
export type FaultKind = 'before' | 'after';

/**
 * The client with its n-th call (from 1) failing and every call after it too, as when the process dies there. `calls`
 * tells how many were made, so that a sweep knows when it has covered them all.
 */
export function failingClient(client: DynamoDBDocumentClient, nth: number, kind: FaultKind) {
  let calls = 0;
  const dead = new Error('killed here');
  const wrapped = new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        calls += 1;
        if (calls > nth || (calls === nth && kind === 'before')) throw dead;
        const answer = await target.send(command);
        if (calls >= nth) throw dead;
        return answer;
      };
    },
  });
  return { client: wrapped, calls: () => calls };
}
