import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type {
  EnvironmentOf,
  IngestEnvironment,
  PollEnvironment,
  ScheduleEnvironment,
} from '../lambdas/environment.ts';
import { commonEnvironment } from './common-environment.ts';
import { deadLetterQueue, QueueWithDlq } from './queue-with-dlq.ts';
import { ServiceFunction } from './service-function.ts';
import type { Stage } from './stages.ts';
import type { Storage } from './storage.ts';
import { Ticker } from './ticker.ts';

export interface PipelineProps {
  readonly stage: Stage;
  readonly storage: Storage;
  /** Public address of the wire; the contact address unless the stage names another. */
  readonly publicUrl: string;
}

const timeouts = { schedule: Duration.seconds(30), poll: Duration.seconds(90), ingest: Duration.seconds(60) };

/** Brings stories in: a tick a minute → schedule → poll queue → poll → ingest queue → ingest → table. */
export class Pipeline extends Construct {
  readonly pollQueue: QueueWithDlq;
  readonly ingestQueue: QueueWithDlq;
  /** Ticks that could not be delivered, or that the schedule function failed. */
  readonly scheduleDeadLetters: Queue;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    this.pollQueue = new QueueWithDlq(this, 'Poll', { consumerTimeout: timeouts.poll, receivesMax: 3 });
    this.ingestQueue = new QueueWithDlq(this, 'Ingest', { consumerTimeout: timeouts.ingest, receivesMax: 5 });
    this.scheduleDeadLetters = deadLetterQueue(this, 'ScheduleDlq');
    this.addSchedule(props);
    this.addPoll(props);
    this.addIngest(props);
  }

  private addSchedule({ stage, storage }: PipelineProps): void {
    const environment: EnvironmentOf<typeof ScheduleEnvironment> = {
      ...commonEnvironment({ stage, storage, service: 'schedule' }),
      POLL_QUEUE_URL: this.pollQueue.queue.queueUrl,
      REQUEST_BUDGET: String(stage.requestBudget),
      ALLOWED_HOSTS: stage.allowedHosts.join(','),
    };
    const { lambda } = new ServiceFunction(this, 'ScheduleFunction', {
      stage,
      entry: 'schedule',
      environment,
      memoryMb: 256,
      timeout: timeouts.schedule,
      // The next tick makes up for a failed one, so trying longer than this adds nothing.
      asynchronous: {
        onFailure: new SqsDestination(this.scheduleDeadLetters),
        retryAttempts: 2,
        maxEventAge: Duration.minutes(5),
      },
    });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem', 'Query'], classes: ['schedule'] });
    this.pollQueue.queue.grantSendMessages(lambda);
    new Ticker(this, 'Ticker', { lambda, deadLetters: this.scheduleDeadLetters });
  }

  private addPoll({ stage, storage, publicUrl }: PipelineProps): void {
    const environment: EnvironmentOf<typeof PollEnvironment> = {
      ...commonEnvironment({ stage, storage, service: 'poll' }),
      INGEST_QUEUE_URL: this.ingestQueue.queue.queueUrl,
      CONTACT_URL: stage.contactUrl ?? `${publicUrl}/`,
      ALLOWED_HOSTS: stage.allowedHosts.join(','),
    };
    const { lambda } = new ServiceFunction(this, 'PollFunction', {
      stage,
      entry: 'poll',
      environment,
      memoryMb: 1024,
      timeout: timeouts.poll,
    });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem'], classes: ['feedState'] });
    storage.grant(lambda, { actions: ['PutItem'], classes: ['schedule'] });
    this.ingestQueue.queue.grantSendMessages(lambda);
    // A message is already a batch of feeds that are fetched side by side; a second one would only add to the wait.
    lambda.addEventSource(
      new SqsEventSource(this.pollQueue.queue, {
        batchSize: 1,
        maxConcurrency: stage.concurrencyMax.poll,
        reportBatchItemFailures: true,
      }),
    );
  }

  private addIngest({ stage, storage }: PipelineProps): void {
    const environment: EnvironmentOf<typeof IngestEnvironment> = {
      ...commonEnvironment({ stage, storage, service: 'ingest' }),
      RETENTION_DAYS: String(stage.retentionDays),
    };
    const { lambda } = new ServiceFunction(this, 'IngestFunction', {
      stage,
      entry: 'ingest',
      environment,
      memoryMb: 1024,
      timeout: timeouts.ingest,
    });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem'], classes: ['story', 'cluster'] });
    storage.grant(lambda, { actions: ['PutItem', 'Query'], classes: ['announcement'] });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem', 'UpdateItem'], classes: ['listing'] });
    storage.grant(lambda, { actions: ['GetItem', 'PutItem', 'Query', 'UpdateItem'], classes: ['tally'] });
    lambda.addEventSource(
      new SqsEventSource(this.ingestQueue.queue, {
        batchSize: 5,
        maxConcurrency: stage.concurrencyMax.ingest,
        reportBatchItemFailures: true,
      }),
    );
  }
}
