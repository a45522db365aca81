import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  IngestEnvironment,
  PollEnvironment,
  RetagEnvironment,
  ScheduleEnvironment,
  ServeEnvironment,
} from '../../lambdas/environment.ts';
import { resourcesOf, templateOf } from './synthesised.ts';

const template = templateOf('dev');
const prod = templateOf('prod');
const queues = resourcesOf(template, 'AWS::SQS::Queue');
const isDeadLetters = (id: string) => id.includes('Dlq');

describe('queues', () => {
  it('are three, and four for what fails', () => {
    expect([...queues.keys()].filter(isDeadLetters)).toHaveLength(4);
    expect([...queues.keys()].filter((id) => !isDeadLetters(id))).toHaveLength(3);
  });

  it('each have a dead-letter queue of their own and a bound on deliveries', () => {
    const targets = [...queues].flatMap(([id, { Properties }]) => {
      if (isDeadLetters(id)) return [];
      expect(Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: expect.any(Number) });
      return [JSON.stringify(Properties.RedrivePolicy)];
    });
    expect(new Set(targets).size).toBe(3);
  });

  it('keep what failed for 14 days, longer than a message lives before that', () => {
    for (const [id, { Properties }] of queues) {
      expect(Properties.MessageRetentionPeriod).toBe((isDeadLetters(id) ? 14 : 4) * 86_400);
    }
  });

  it('are encrypted and refuse plain HTTP', () => {
    for (const { Properties } of queues.values()) expect(Properties.SqsManagedSseEnabled).toBe(true);
    const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy');
    expect(policies.size).toBe(queues.size);
    for (const { Properties } of policies.values()) {
      expect(Properties.PolicyDocument).toMatchObject({
        Statement: [
          { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      });
    }
  });

  it('hide a message for six times the timeout of the function that has it', () => {
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
    expect(mappings.size).toBe(3);
    for (const [hop, queueId, timeoutSeconds] of [
      ['poll', 'PipelinePollQueue', 90],
      ['ingest', 'PipelineIngestQueue', 60],
      ['retag', 'RetagMessagesQueue', 300],
    ] as const) {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Description: `Sitrep dev: ${hop}`,
        Timeout: timeoutSeconds,
      });
      const queue = [...queues].find(([id]) => id.startsWith(queueId));
      expect(queue?.[1].Properties.VisibilityTimeout).toBe(6 * timeoutSeconds);
    }
  });
});

describe('event sources', () => {
  it('report the messages that failed, so that the others of a batch are not delivered again', () => {
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('bound how many invocations run at once, by stage', () => {
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    prod.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});

describe('ticks', () => {
  it('come every minute with the minute they were scheduled for', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: Match.objectLike({ Input: '{"time":"<aws.scheduler.scheduled-time>"}' }),
    });
  });

  it('that cannot be delivered or are failed go to the dead-letter queue of the schedule', () => {
    const arn = { 'Fn::GetAtt': [Match.stringLikeRegexp('ScheduleDlq'), 'Arn'] };
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: Match.objectLike({
        DeadLetterConfig: { Arn: arn },
        RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 3 },
      }),
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: arn } },
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 300,
    });
  });
});

describe('functions', () => {
  const lambdas = [...resourcesOf(template, 'AWS::Lambda::Function').values()].map(
    ({ Properties }) => Properties,
  );
  const named = (hop: string) => lambdas.find(({ Description }) => Description === `Sitrep dev: ${hop}`);

  it('are five, on the same runtime and architecture, with memory and timeout of their own', () => {
    expect(lambdas).toHaveLength(5);
    for (const properties of lambdas) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: expect.any(Number),
        Timeout: expect.any(Number),
      });
    }
  });

  it.each([
    ['schedule', ScheduleEnvironment],
    ['poll', PollEnvironment],
    ['ingest', IngestEnvironment],
    ['serve', ServeEnvironment],
    ['retag', RetagEnvironment],
  ] as const)('give %s exactly the variables it reads', (hop, schema) => {
    expect(named(hop)?.Environment).toEqual({ Variables: expect.any(Object) });
    const { Variables } = Object(named(hop)?.Environment);
    expect(Object.keys(Variables).sort()).toEqual(Object.keys(schema.shape).sort());
  });

  it('tell publishers the address of the wire, or the one the stage names', () => {
    const contact = (from: typeof template, CONTACT_URL: unknown) =>
      from.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ CONTACT_URL }) },
      });
    contact(template, {
      'Fn::Join': [
        '',
        ['https://', { 'Fn::GetAtt': [Match.stringLikeRegexp('Distribution'), 'DomainName'] }, '/'],
      ],
    });
    contact(
      templateOf('dev', { contactUrl: 'https://desk.example/about-our-robot' }),
      'https://desk.example/about-our-robot',
    );
  });

  it('are told the hosts of in-house feeds and the days stories are kept', () => {
    const inHouse = templateOf('dev', { allowedHosts: ['10.1.2.3', 'feeds.corp:8080'], retentionDays: 0 });
    for (const variable of [{ ALLOWED_HOSTS: '10.1.2.3,feeds.corp:8080' }, { RETENTION_DAYS: '0' }]) {
      inHouse.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike(variable) },
      });
    }
  });

  it('tell the schedule the same in-house hosts as the poller', () => {
    const inHouse = templateOf('dev', { allowedHosts: ['10.1.2.3'] });
    const functions = inHouse.findResources('AWS::Lambda::Function', {
      Properties: { Environment: { Variables: Match.objectLike({ ALLOWED_HOSTS: '10.1.2.3' }) } },
    });
    expect(Object.keys(functions)).toHaveLength(2);
  });

  it('write JSON to log groups of their own, kept as long as the stage says', () => {
    const groups = new Set(lambdas.map(({ LoggingConfig }) => JSON.stringify(LoggingConfig)));
    expect(groups.size).toBe(5);
    for (const { LoggingConfig } of lambdas) expect(LoggingConfig).toMatchObject({ LogFormat: 'JSON' });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    prod.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });
});
