import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface TickerProps {
  readonly lambda: IFunction;
  /** Ticks that could not be handed to the function. */
  readonly deadLetters: Queue;
}

/**
 * Invokes a function every minute with `{"time": <the minute it was scheduled for, ISO 8601>}`, which a late delivery
 * does not change. The library's own target would grant `function:*` as well; this role may invoke the function only.
 */
export class Ticker extends Construct {
  constructor(scope: Construct, id: string, { lambda, deadLetters }: TickerProps) {
    super(scope, id);
    const role = this.schedulerRole();
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    );
    const target: IScheduleTarget = {
      bind: () => ({
        arn: lambda.functionArn,
        role,
        input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 300 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      }),
    };
    const schedule = new Schedule(this, 'Schedule', {
      description: 'One tick a minute; the function decides which feeds are due',
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target,
    });
    // Scheduler checks when a schedule is made that its role may do what it is for.
    schedule.node.addDependency(role);
  }

  private schedulerRole(): Role {
    const { account } = Stack.of(this);
    const group = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    return new Role(this, 'Role', {
      // Only schedules of this account's default group may use it. Source: Scheduler, confused deputy prevention.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group } },
      }),
    });
  }
}
