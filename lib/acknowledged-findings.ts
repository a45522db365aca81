import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule we do not follow: which, where (construct paths below the stack) and why that is right here. */
export interface AcknowledgedFinding {
  readonly rule: string;
  readonly at: readonly string[];
  readonly reason: string;
}

const functions = [
  'Delivery/Serve',
  'Pipeline/ScheduleFunction',
  'Pipeline/PollFunction',
  'Pipeline/IngestFunction',
  'Retag/Function',
];

/** Every finding of AwsSolutions and Serverless that stands. A test fails when one is missing and when one is not needed. */
export const acknowledgedFindings: readonly AcknowledgedFinding[] = [
  {
    rule: 'AwsSolutions-SMG4',
    at: ['Delivery'],
    reason:
      'The edge and the function take the secret from CloudFormation, which would not notice a rotation: readers would be refused. It is replaced by raising originSecretGeneration of the stage.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: ['Delivery/Route'],
    reason:
      'The wire is public. The function refuses a request without the secret that only the edge sends; an authoriser would be a second invocation for the same answer.',
  },
  {
    rule: 'AwsSolutions-CFR1',
    at: ['Delivery/Edge/Distribution'],
    reason: 'News is meant for readers everywhere.',
  },
  {
    rule: 'AwsSolutions-CFR2',
    at: ['Delivery/Edge/Distribution'],
    reason:
      'A web ACL costs more a month than all the rest. Reading is all anyone can do, the cache answers repeats, and the API stage is throttled.',
  },
  {
    rule: 'AwsSolutions-CFR3',
    at: ['Delivery/Edge/Distribution'],
    reason:
      'Edge logs would record who reads about what. Origin requests are logged by the API without addresses, and CloudFront counts the rest.',
  },
  {
    rule: 'AwsSolutions-CFR4',
    at: ['Delivery/Edge/Distribution'],
    reason:
      'Without a domain of its own a distribution has the cloudfront.net certificate, whose policy cannot be chosen. With customDomain it is TLSv1.2_2021.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    at: ['Pipeline/ScheduleDlq'],
    reason:
      'It is the dead-letter queue of the schedule and of its function, which the rule does not look at.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    at: ['Pipeline/Poll/Dlq', 'Pipeline/Ingest/Dlq', 'Pipeline/ScheduleDlq', 'Retag/Messages/Dlq'],
    reason: 'These are the dead-letter queues.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    at: ['Pipeline/PollFunction', 'Pipeline/IngestFunction', 'Retag/Function'],
    reason: 'A mapping of SQS takes no destination: the redrive policy of the queue does that work.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    at: functions,
    reason:
      'Only the schedule function is invoked without anyone waiting, and it has a failure destination, which also keeps the error. The others answer SQS, the API or the person who calls.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    at: functions,
    reason:
      'Every message carries a trace id that every log line repeats. X-Ray would need the only permission on all resources in the stack.',
  },
];

/** Records the findings above in the stack; throws when a path names nothing, so that none outlives its construct. */
export function acknowledgeFindings(stack: Stack): void {
  for (const { rule, at, reason } of acknowledgedFindings) {
    for (const path of at) Validations.of(constructAt(stack, path)).acknowledge({ id: rule, reason });
  }
}

function constructAt(stack: Stack, path: string): IConstruct {
  let found: IConstruct = stack;
  for (const id of path.split('/')) {
    const child = found.node.tryFindChild(id);
    if (child === undefined)
      throw new Error(`Expected a construct at ${path} of ${stack.node.path}, got none named ${id}`);
    found = child;
  }
  return found;
}
