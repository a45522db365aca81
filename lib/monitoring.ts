import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export interface MonitoringProps {
  readonly stage: Stage;
  /** Dead-letter queues by the hop whose failures they hold: the alarm is `<hop>DlqNotEmpty`. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
}

/** Alarms. Each is named, after the stage, like the heading in docs/runbook.md that says what to do about it. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { stage, deadLetters }: MonitoringProps) {
    super(scope, id);
    for (const [hop, queue] of Object.entries(deadLetters)) {
      const heading = `${hop}DlqNotEmpty`;
      new Alarm(this, heading, {
        alarmName: `sitrep-${stage.name}-${heading}`,
        alarmDescription: `${hop}: messages failed for good and wait to be looked at and re-driven. docs/runbook.md, ${heading}`,
        metric: queue.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          period: Duration.minutes(5),
        }),
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    }
  }
}
