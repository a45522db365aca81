import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Delivery } from './delivery.ts';
import { Monitoring } from './monitoring.ts';
import { Pipeline } from './pipeline.ts';
import { Retag } from './retag.ts';
import type { Stage } from './stages.ts';
import { Storage } from './storage.ts';

export interface SitrepStackProps extends StackProps {
  readonly stage: Stage;
}

/** The whole of Sitrep in one account and region: storage, delivery, pipeline and alarms. */
export class SitrepStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: SitrepStackProps) {
    super(scope, id, {
      stackName: `sitrep-${stage.name}`,
      description: `Sitrep (${stage.name}): a tagged, de-duplicated defence-news wire`,
      terminationProtection: stage.deletionProtection,
      ...props,
    });
    const storage = new Storage(this, 'Storage', stage);
    const delivery = new Delivery(this, 'Delivery', { stage, storage });
    const pipeline = new Pipeline(this, 'Pipeline', { stage, storage, publicUrl: delivery.publicUrl });
    const retag = new Retag(this, 'Retag', { stage, storage });
    new Monitoring(this, 'Monitoring', {
      stage,
      deadLetters: {
        Schedule: pipeline.scheduleDeadLetters,
        Poll: pipeline.pollQueue.deadLetters,
        Ingest: pipeline.ingestQueue.deadLetters,
        Retag: retag.queue.deadLetters,
      },
    });
    this.addOutputs({
      FeedUrl: `${delivery.publicUrl}/feed.rss`,
      HealthUrl: `${delivery.publicUrl}/healthz`,
      ApiUrl: `${delivery.publicUrl}/api/stories`,
      TableName: storage.table.tableName,
      PollQueueUrl: pipeline.pollQueue.queue.queueUrl,
      PollDlqUrl: pipeline.pollQueue.deadLetters.queueUrl,
      IngestQueueUrl: pipeline.ingestQueue.queue.queueUrl,
      IngestDlqUrl: pipeline.ingestQueue.deadLetters.queueUrl,
      ScheduleDlqUrl: pipeline.scheduleDeadLetters.queueUrl,
      RetagFunctionName: retag.lambda.functionName,
      RetagDlqUrl: retag.queue.deadLetters.queueUrl,
    });
  }

  private addOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
