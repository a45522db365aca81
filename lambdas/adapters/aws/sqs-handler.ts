import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Log } from '../../ports.ts';

/**
 * Turns a message handler into an SQS batch handler. Each record is checked against `schema` and handled for itself; the
 * ids of those that fail are given back, so that only they are delivered again and, in the end, go to the dead-letter
 * queue. `attempt` is SQS's receive count, from 1.
 */
export function createSqsHandler<Schema extends z.ZodMiniType>(options: {
  readonly schema: Schema;
  readonly handle: (message: z.output<Schema>, attempt: number) => Promise<void>;
  readonly log: Log;
}): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const record = async ({ body, attributes, messageId }: SQSRecord): Promise<void> => {
    try {
      const message = options.schema.parse(JSON.parse(body));
      await options.handle(message, Number(attributes.ApproximateReceiveCount));
    } catch (error) {
      options.log.error('record.failed', { messageId, attempt: attributes.ApproximateReceiveCount, error });
      throw error;
    }
  };
  return async (event) => {
    // A processor holds the batch it works on, so each event has its own: a warm function must not share one.
    const processor = new BatchProcessor(EventType.SQS);
    return processPartialResponse(event, record, processor, { throwOnFullBatchFailure: false });
  };
}
