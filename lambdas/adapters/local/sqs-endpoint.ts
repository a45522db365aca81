import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';

/** A local SQS endpoint; messages live in memory (see local-lock.ts for what an unclean stop means). */
export interface SqsEndpoint {
  readonly client: SQSClient;
  /** Makes a queue with its dead-letter queue as the stack does; gives the queue's URL. */
  createQueue(name: string): Promise<{ queueUrl: string; deadLetterUrl: string }>;
  stop(): Promise<void>;
}

/** As in the stack: a message that failed this often goes to the dead-letter queue. */
const receivesMax = 3;

/** A failed message comes back after this long; short, because a person is watching and the store is next door. */
const visibilitySeconds = 30;

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
  const createQueue = async (name: string) => {
    const deadLetter = await client.send(new CreateQueueCommand({ QueueName: `${name}-dlq` }));
    const redrive = {
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${name}-dlq`,
      maxReceiveCount: receivesMax,
    };
    const attributes = {
      VisibilityTimeout: String(visibilitySeconds),
      RedrivePolicy: JSON.stringify(redrive),
    };
    const queue = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    return { queueUrl: queue.QueueUrl ?? '', deadLetterUrl: deadLetter.QueueUrl ?? '' };
  };
  const stop = async (): Promise<void> => {
    client.destroy();
    await app.close();
  };
  return { client, createQueue, stop };
}
