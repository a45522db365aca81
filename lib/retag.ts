import { Duration } from 'aws-cdk-lib';
import { type IFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { EnvironmentOf, RetagEnvironment } from '../lambdas/environment.ts';
import { commonEnvironment } from './common-environment.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { ServiceFunction } from './service-function.ts';
import type { Stage } from './stages.ts';
import type { Storage } from './storage.ts';

export interface RetagProps {
  readonly stage: Stage;
  readonly storage: Storage;
}

/** An invocation walks for 200 seconds (lambdas/retag/handler.ts) and ends with the batch it is in. */
const timeout = Duration.minutes(5);

/**
 * Re-tags history: a person invokes the function, which from then on goes on by messages to itself, one in flight, until
 * all is read. Costs nothing while nobody asks. docs/runbook.md says how to start it and to watch it.
 */
export class Retag extends Construct {
  readonly lambda: IFunction;
  readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, { stage, storage }: RetagProps) {
    super(scope, id);
    this.queue = new QueueWithDlq(this, 'Messages', { consumerTimeout: timeout, receivesMax: 5 });
    const environment: EnvironmentOf<typeof RetagEnvironment> = {
      ...commonEnvironment({ stage, storage, service: 'retag' }),
      RETAG_QUEUE_URL: this.queue.queue.queueUrl,
      RETENTION_DAYS: String(stage.retentionDays),
    };
    const { lambda } = new ServiceFunction(this, 'Function', {
      stage,
      entry: 'retag',
      environment,
      memoryMb: 1024,
      timeout,
      // Lambda ends a chain of about 16 messages from a function to itself unless told that it is meant. This one ends by
      // itself: each message takes the walk further into the past. Source: Lambda, recursive loop detection.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem'], classes: ['story', 'retag'] });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem', 'Query', 'UpdateItem'], classes: ['listing'] });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem', 'UpdateItem'], classes: ['tally'] });
    this.queue.queue.grantSendMessages(lambda);
    lambda.addEventSource(
      new SqsEventSource(this.queue.queue, {
        batchSize: 1,
        // The least that SQS takes. A second message of a walk ends at its first save (lambdas/retag/walk-history.ts).
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
    this.lambda = lambda;
  }
}
