import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface QueueWithDlqProps {
  /** Timeout of the function that consumes the queue; a message stays hidden six times as long. */
  readonly consumerTimeout: Duration;
  /** Deliveries of a message before it goes to the dead-letter queue. */
  readonly receivesMax: number;
}

/** A dead-letter queue: 14 days, the most SQS allows, to notice and re-drive; encrypted, TLS only. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  return new Queue(scope, id, {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
}

/**
 * A queue and where its failures go. Messages live four days, ten less than in the dead-letter queue, because SQS counts
 * a message's age from when it was first sent. Six times the timeout leaves room for throttled retries. Source: Lambda
 * developer guide, using Lambda with SQS.
 */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { consumerTimeout, receivesMax }: QueueWithDlqProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, 'Dlq');
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receivesMax },
    });
  }
}
