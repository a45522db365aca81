import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

/** Delivers a queue to a batch handler as Lambda's event source mapping does. */
interface QueuePump {
  /**
   * Resolves with true once the queue holds nothing, waiting, in flight or delayed; with false when the pump was stopped
   * first. Rejects with the fault when delivery has ended with one.
   */
  drained(): Promise<boolean>;
  /** Takes no further messages; resolves when those in hand are handled, whatever became of other batches. */
  stop(): Promise<void>;
}

interface QueuePumpOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse>;
  /** Batches handled at once and messages a batch; as maxConcurrency and batchSize of the mapping. */
  readonly concurrency: number;
  readonly batchSize: number;
  /** Told once when the endpoint or the handler itself fails and delivery has ended; not any more once it was asked to stop. */
  readonly onError: (error: unknown) => void;
}

/** Long polling keeps an idle pump quiet; short enough that stopping never takes longer. */
const waitSeconds = 1;

/** Starts delivering: real SQS events in, partial batch responses out; failed messages stay in the queue. */
export function startQueuePump(options: QueuePumpOptions): QueuePump {
  const stopping = new AbortController();
  let asked = false;
  let fault: { readonly error: unknown } | null = null;
  const loop = async (): Promise<void> => {
    try {
      while (!stopping.signal.aborted) {
        const messages = await receive(options, stopping.signal);
        if (messages.length > 0) await deliver(options, messages);
      }
    } catch (error) {
      // The other loops end what they have in hand and take no more: a pump delivers whole or not at all.
      stopping.abort();
      if (fault !== null) return;
      fault = { error };
      if (!asked) options.onError(error);
    }
  };
  const loops = Promise.allSettled(Array.from({ length: options.concurrency }, loop));
  return {
    drained: async () => {
      const isEmpty = await drained(options, stopping.signal);
      if (fault !== null) throw fault.error;
      return isEmpty;
    },
    stop: async () => {
      asked = true;
      stopping.abort();
      await loops;
    },
  };
}

async function receive(
  { client, queueUrl, batchSize }: QueuePumpOptions,
  signal: AbortSignal,
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
  });
  try {
    // Not aborted while a receive is under way: a message taken and then dropped would be invisible until its timeout.
    const { Messages = [] } = await client.send(command);
    return Messages;
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

async function deliver(options: QueuePumpOptions, messages: readonly Message[]): Promise<void> {
  const { batchItemFailures } = await options.handler({ Records: messages.map(recordOf) });
  const failed = new Set(batchItemFailures.map((failure) => failure.itemIdentifier));
  const { client, queueUrl: QueueUrl } = options;
  const done = messages.filter((message) => !failed.has(message.MessageId ?? ''));
  if (done.length > 0) {
    const Entries = done.map((message, at) => ({ Id: String(at), ReceiptHandle: message.ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
  // A message that failed is tried again at once: locally nobody gains from waiting for the visibility timeout.
  for (const message of messages.filter((candidate) => failed.has(candidate.MessageId ?? ''))) {
    const { ReceiptHandle } = message;
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }));
  }
}

function recordOf(message: Message): SQSRecord {
  const attributes = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? '1',
      SentTimestamp: attributes.SentTimestamp ?? '0',
      SenderId: attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? '0',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:local',
    awsRegion: 'us-east-1',
  };
}

/** How often an unfinished queue is looked at again. */
const lookAgainMs = 20;

async function drained({ client, queueUrl }: QueuePumpOptions, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
    );
    const left = [
      Attributes.ApproximateNumberOfMessages,
      Attributes.ApproximateNumberOfMessagesNotVisible,
      Attributes.ApproximateNumberOfMessagesDelayed,
    ];
    if (left.every((count) => Number(count) === 0)) return true;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  return false;
}
