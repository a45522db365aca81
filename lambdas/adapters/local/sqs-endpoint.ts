import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { endsWithin } from './ends-within.ts';

/** How a queue treats its messages, as the stack sets it. */
export interface QueueSettings {
  /**
   * A message that is neither handled nor given back for this long is delivered again. Longer than any batch takes; a
   * message that failed comes back at once (see queue-pump.ts) and does not wait for it.
   */
  readonly visibilitySeconds: number;
  /** A message that was delivered this often and failed each time goes to the dead-letter queue. */
  readonly receivesMax: number;
}

/** A local SQS endpoint; messages live in memory (docs/adr/0005 says what an unclean stop means for them). */
export interface SqsEndpoint {
  readonly client: SQSClient;
  /** Makes a queue with its dead-letter queue, which is named `<name>-dlq`; gives the queue's URL. */
  createQueue(name: string, settings: QueueSettings): Promise<string>;
  /** Resolves when the endpoint is closed, after a second at most. */
  stop(): Promise<void>;
}

/** Starts the endpoint on a free loopback port. */
export async function startSqsEndpoint(): Promise<SqsEndpoint> {
  const app = buildApp({ logger: false, host: '127.0.0.1' });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = new SQSClient({
    endpoint: address,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    // The emulator names its queues by a host that only its own resolver knows; the endpoint above is the right one.
    useQueueUrlAsEndpoint: false,
    maxAttempts: 3,
  });
  const createQueue = async (name: string, { visibilitySeconds, receivesMax }: QueueSettings) => {
    await client.send(new CreateQueueCommand({ QueueName: `${name}-dlq` }));
    const redrive = {
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${name}-dlq`,
      maxReceiveCount: receivesMax,
    };
    const attributes = {
      VisibilityTimeout: String(visibilitySeconds),
      RedrivePolicy: JSON.stringify(redrive),
    };
    const queue = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    return queue.QueueUrl ?? '';
  };
  const stop = async (): Promise<void> => {
    client.destroy();
    await endsWithin(1_000, app.close());
  };
  return { client, createQueue, stop };
}
