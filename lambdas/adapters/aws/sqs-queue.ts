import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { messageText } from '../../core/words/messages.ts';
import type { Queue } from '../../ports.ts';

/** SQS takes at most ten messages a call and 256 KiB in all (1 MiB since 2025; we keep to the older bound). Source: SQS quotas. */
const callMessagesMax = 10;
const callBytesMax = 250_000;

/** A message that SQS would not take; `cause` says why. Nothing is lost: the caller's own message is retried. */
export class QueueError extends Error {
  readonly code = 'QUEUE_REFUSED';
  override readonly name = 'QueueError';
}

/**
 * A queue on SQS. Sends in as few calls as the bounds allow, in order; throws QueueError when a message is refused, which
 * may leave earlier messages sent (consumers are idempotent).
 */
export function createSqsQueue<Message>(client: SQSClient, queueUrl: string): Queue<Message> {
  return {
    send: async (messages) => {
      for (const call of calls(messages)) {
        const { Failed } = await client.send(
          new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: call }),
        );
        const refused = Failed?.[0];
        if (refused)
          throw new QueueError(`Expected SQS to take the message, got ${refused.Code}: ${refused.Message}`);
      }
    },
  };
}

interface BatchEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
}

function calls<Message>(
  messages: readonly { readonly body: Message; readonly delaySeconds?: number }[],
): BatchEntry[][] {
  const packedCalls: BatchEntry[][] = [];
  let open: BatchEntry[] = [];
  let bytes = 0;
  for (const { body, delaySeconds } of messages) {
    const MessageBody = messageText(body);
    const bodyBytes = Buffer.byteLength(MessageBody);
    if (open.length === callMessagesMax || (open.length > 0 && bytes + bodyBytes > callBytesMax)) {
      packedCalls.push(open);
      open = [];
      bytes = 0;
    }
    const entry = { Id: String(open.length), MessageBody };
    open.push(delaySeconds ? { ...entry, DelaySeconds: delaySeconds } : entry);
    bytes += bodyBytes;
  }
  return open.length > 0 ? [...packedCalls, open] : packedCalls;
}
