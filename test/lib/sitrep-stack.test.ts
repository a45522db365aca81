import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stageNamed } from '../../lib/stages.ts';
import { resourcesOf, stackOf, templateOf } from './synthesised.ts';

const template = templateOf('dev');
const prod = templateOf('prod');

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The statements of the policies of the role whose logical id begins so. */
function statementsOf(role: string): readonly Statement[] {
  return [...resourcesOf(template, 'AWS::IAM::Policy')].flatMap(([id, { Properties }]) => {
    const document: { Statement: readonly Statement[] } = Object(Properties.PolicyDocument);
    return id.startsWith(role) ? document.Statement : [];
  });
}

const actionsOf = (statements: readonly Statement[], service: string): string[] =>
  statements
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith(service))
    .sort();

describe('the table', () => {
  it('has one key pair, is paid by request, expires rows, is encrypted and can be restored to any second', () => {
    for (const stage of [template, prod]) {
      stage.resourceCountIs('AWS::DynamoDB::Table', 1);
      stage.hasResourceProperties('AWS::DynamoDB::Table', {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'exp', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        GlobalSecondaryIndexes: Match.absent(),
      });
    }
  });

  it('outlives the stack in prod and goes with it in dev', () => {
    prod.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({ DeletionProtectionEnabled: true }),
    });
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Delete',
      Properties: Match.objectLike({ DeletionProtectionEnabled: false }),
    });
    expect([stackOf('prod').terminationProtection, stackOf('dev').terminationProtection]).toEqual([
      true,
      false,
    ]);
  });
});

describe('permissions', () => {
  it('are of one role per function, and one for the scheduler, without any policy managed by others', () => {
    const lambdas = [...resourcesOf(template, 'AWS::Lambda::Function').values()];
    expect(new Set(lambdas.map(({ Properties }) => JSON.stringify(Properties.Role))).size).toBe(5);
    expect(resourcesOf(template, 'AWS::IAM::Role').size).toBe(6);
    template.allResourcesProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: Match.absent(),
    });
  });

  it('name every action and every resource in full', () => {
    for (const { Properties } of resourcesOf(template, 'AWS::IAM::Policy').values()) {
      const document: { Statement: readonly Statement[] } = Object(Properties.PolicyDocument);
      for (const { Action, Resource } of document.Statement) {
        expect(JSON.stringify(Action)).not.toContain('*');
        expect(JSON.stringify(Resource)).not.toContain('*');
      }
    }
  });

  it.each([
    ['PipelineScheduleFunction', [['SCHEDULE*', 'GetItem', 'PutItem', 'Query']]],
    [
      'PipelinePollFunction',
      [
        ['FEED#*', 'GetItem', 'PutItem'],
        ['SCHEDULE*', 'PutItem'],
      ],
    ],
    [
      'PipelineIngestFunction',
      [
        ['S#* C#*', 'GetItem', 'PutItem'],
        ['B#*', 'PutItem', 'Query'],
        ['T#*', 'GetItem', 'PutItem', 'UpdateItem'],
        ['N#*', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      ],
    ],
    [
      'DeliveryServe',
      [
        ['S#* C#* N#*', 'GetItem'],
        ['T#* N#* FEED#HEALTH#', 'Query'],
      ],
    ],
    [
      'RetagFunction',
      [
        ['S#* RETAG*', 'GetItem', 'PutItem'],
        ['T#*', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        ['N#*', 'GetItem', 'PutItem', 'UpdateItem'],
      ],
    ],
  ])('let %s do to rows of the table exactly %j', (role, rows) => {
    const onTable = statementsOf(role).filter((statement) => actionsOf([statement], 'dynamodb:').length > 0);
    const granted = onTable.map((statement) => ({
      actions: actionsOf([statement], 'dynamodb:'),
      condition: statement.Condition,
    }));
    const expected = rows.map(([keys, ...actions]) => ({
      actions: actions.map((action) => `dynamodb:${action}`),
      condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': String(keys).split(' ') } },
    }));
    expect(granted).toEqual(expected);
  });

  it('let the serve function send nothing', () => {
    const statements = statementsOf('DeliveryServe');
    expect(actionsOf(statements, 'sqs:')).toEqual([]);
    expect(actionsOf(statements, '')).toHaveLength(4);
  });

  it('let nobody take a row away or read many at once', () => {
    const all = JSON.stringify([...resourcesOf(template, 'AWS::IAM::Policy').values()]);
    expect(all).not.toMatch(/dynamodb:(DeleteItem|Batch)/);
  });

  it('let nobody scan or change the table itself', () => {
    const all = JSON.stringify([...resourcesOf(template, 'AWS::IAM::Policy').values()]);
    expect(all).not.toMatch(/dynamodb:(Scan|PartiQL|CreateTable|DeleteTable|UpdateTable)/);
  });

  it('let each hop send to the next queue and consume its own', () => {
    const on = (role: string, action: string) =>
      JSON.stringify(statementsOf(role).filter((statement) => actionsOf([statement], action).length > 0));
    expect(on('PipelineScheduleFunction', 'sqs:SendMessage')).toMatch(/PipelinePollQueue/);
    expect(on('PipelineScheduleFunction', 'sqs:ReceiveMessage')).toBe('[]');
    expect(on('PipelinePollFunction', 'sqs:SendMessage')).toMatch(/PipelineIngestQueue/);
    expect(on('PipelinePollFunction', 'sqs:ReceiveMessage')).toMatch(/PipelinePollQueue/);
    expect(on('PipelineIngestFunction', 'sqs:SendMessage')).toBe('[]');
    expect(on('PipelineIngestFunction', 'sqs:ReceiveMessage')).toMatch(/PipelineIngestQueue/);
    for (const action of ['sqs:SendMessage', 'sqs:ReceiveMessage']) {
      expect(on('RetagFunction', action)).toMatch(/RetagMessagesQueue/);
      expect(on('RetagFunction', action)).not.toMatch(/Pipeline/);
    }
  });

  it('let the scheduler, for schedules of this account only, invoke one function', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:SourceAccount': { Ref: 'AWS::AccountId' },
                'aws:SourceArn': Match.anyValue(),
              },
            },
          }),
        ],
      }),
    });
    expect(actionsOf(statementsOf('PipelineTickerRole'), '')).toEqual([
      'lambda:InvokeFunction',
      'sqs:SendMessage',
    ]);
  });
});

describe('the public surface', () => {
  it('is the edge: no function address, no bucket, and functions that only this API may invoke', () => {
    template.resourceCountIs('AWS::Lambda::Url', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::CloudFront::Distribution', 1);
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'apigateway.amazonaws.com',
      SourceArn: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
    });
  });

  it('is told by the outputs', () => {
    const domain = { 'Fn::GetAtt': [Match.stringLikeRegexp('Distribution'), 'DomainName'] };
    for (const [name, path] of [
      ['FeedUrl', '/feed.rss'],
      ['HealthUrl', '/healthz'],
      ['ApiUrl', '/api/stories'],
    ] as const) {
      template.hasOutput(name, { Value: { 'Fn::Join': ['', ['https://', domain, path]] } });
    }
    for (const name of [
      'TableName',
      'PollQueueUrl',
      'PollDlqUrl',
      'IngestQueueUrl',
      'IngestDlqUrl',
      'ScheduleDlqUrl',
      'RetagFunctionName',
      'RetagDlqUrl',
    ]) {
      template.hasOutput(name, { Value: { Ref: Match.anyValue() } });
    }
  });
});

describe('alarms', () => {
  it('watch every dead-letter queue and are named by stage', () => {
    const alarms = [...resourcesOf(template, 'AWS::CloudWatch::Alarm').values()].map(
      ({ Properties }) => Properties,
    );
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      'sitrep-dev-IngestDlqNotEmpty',
      'sitrep-dev-PollDlqNotEmpty',
      'sitrep-dev-RetagDlqNotEmpty',
      'sitrep-dev-ScheduleDlqNotEmpty',
    ]);
    const watched = new Set(alarms.map(({ Dimensions }) => JSON.stringify(Dimensions)));
    const deadLetters = [...resourcesOf(template, 'AWS::SQS::Queue').keys()].filter((id) =>
      id.includes('Dlq'),
    );
    for (const id of deadLetters) expect([...watched].some((dimension) => dimension.includes(id))).toBe(true);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });
});

describe('stages', () => {
  it('are dev when nothing is said', () => {
    expect(stageNamed(undefined).name).toBe('dev');
  });

  it.each(['staging', '', 'Prod', 'toString', 7, {}])('refuse %j and name those there are', (name) => {
    expect(() => stageNamed(name)).toThrow(/Expected -c stage=dev\|prod, got/);
  });
});
