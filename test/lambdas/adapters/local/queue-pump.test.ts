import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startQueuePump } from '../../../../lambdas/adapters/local/queue-pump.ts';
import { type SqsEndpoint, startSqsEndpoint } from '../../../../lambdas/adapters/local/sqs-endpoint.ts';

let sqs: SqsEndpoint;
beforeAll(async () => {
  sqs = await startSqsEndpoint();
});
afterAll(() => sqs.stop());

const settings = { visibilitySeconds: 540, receivesMax: 3 };

function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

async function pumpOf(name: string, handle: (body: string) => Promise<SQSBatchResponse>) {
  const queueUrl = await sqs.createQueue(name, settings);
  const faults: unknown[] = [];
  const faulted = gate();
  const pump = startQueuePump({
    client: sqs.client,
    queueUrl,
    handler: ({ Records }: SQSEvent) => handle(Records[0]?.body ?? ''),
    concurrency: 2,
    batchSize: 1,
    onError: (error) => {
      faults.push(error);
      faulted.open();
    },
  });
  const send = (body: string) =>
    sqs.client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  return { pump, faults, faulted: faulted.opened, send };
}

const done: SQSBatchResponse = { batchItemFailures: [] };

describe('createQueue', () => {
  it('hides a message and counts its deliveries as it was told', async () => {
    const QueueUrl = await sqs.createQueue('settings', { visibilitySeconds: 360, receivesMax: 5 });
    const { Attributes = {} } = await sqs.client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes.VisibilityTimeout).toBe('360');
    expect(JSON.parse(Attributes.RedrivePolicy ?? '')).toMatchObject({ maxReceiveCount: 5 });
  });
});

describe('a queue pump', () => {
  it('is drained when everything is handled, and says when it was stopped instead', async () => {
    const handled: string[] = [];
    const { pump, send } = await pumpOf('plain', async (body) => {
      handled.push(body);
      return done;
    });
    await Promise.all(['a', 'b', 'c'].map(send));
    expect(await pump.drained()).toBe(true);
    expect(handled.toSorted()).toEqual(['a', 'b', 'c']);
    await pump.stop();
    expect(await pump.drained()).toBe(false);
  });

  it('waits at a stop for what other loops have in hand after one has failed, and tells the fault once', async () => {
    const [holding, release] = [gate(), gate()];
    const fault = new Error('broken');
    let ended = false;
    const { pump, faults, faulted, send } = await pumpOf('fault', async (body) => {
      if (body === 'fail') throw fault;
      holding.open();
      await release.opened;
      ended = true;
      return done;
    });
    await send('slow');
    await holding.opened;
    await send('fail');
    await faulted;
    const stopped = pump.stop().then(() => ended);
    await new Promise((resolve) => setImmediate(resolve));
    release.open();
    expect(await stopped).toBe(true);
    expect(faults).toEqual([fault]);
  });

  it('lets nobody wait for a queue that is no longer delivered', async () => {
    const fault = new Error('broken');
    const { pump, send } = await pumpOf('dead', () => Promise.reject(fault));
    await send('x');
    await expect(pump.drained()).rejects.toBe(fault);
    await pump.stop();
  });
});
