import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  IngestEnvironment,
  PollEnvironment,
  readEnvironment,
  RetagEnvironment,
  ScheduleEnvironment,
  ServeEnvironment,
} from '../../lambdas/environment.ts';
import { type MotoServer, startMotoServer } from './moto-server.ts';
import { notAskedFor } from './opt-in.ts';
import { checkout, runCdk } from './run-cdk.ts';

const region = 'eu-west-1';
const moto: MotoServer =
  notAskedFor === null ? await startMotoServer() : { kind: 'unavailable', reason: notAskedFor };
const endpoint = moto.kind === 'answers' ? moto.endpoint : 'http://localhost';
console.log(
  moto.kind === 'answers' ? `Deploying to moto at ${endpoint}` : `Deployment test skipped: ${moto.reason}`,
);

const folder = path.join(tmpdir(), `sitrep-deploy-${process.pid}`);
const environment = {
  HOME: folder,
  // The CLI remembers accounts by access key: another target must not read what this one was.
  CDK_HOME: path.join(folder, 'cdk-home'),
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Asks one of moto's services for which the project has no client; moto reads the service from the credential. */
async function ask(service: string, address: string): Promise<string> {
  const credential = `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const response = await fetch(endpoint + address, {
    headers: { authorization: credential },
    signal: AbortSignal.timeout(10_000),
  });
  expect(response.status).toBe(200);
  return response.text();
}

const Functions = z.object({
  Functions: z.array(
    z.object({
      Description: z.string(),
      Runtime: z.string(),
      Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
    }),
  ),
});
const Mappings = z.object({
  EventSourceMappings: z.array(
    z.object({
      EventSourceArn: z.string(),
      FunctionResponseTypes: z.array(z.string()),
      BatchSize: z.number(),
    }),
  ),
});

async function variablesOf(hop: string): Promise<Record<string, string>> {
  const { Functions: all } = Functions.parse(JSON.parse(await ask('lambda', '/2015-03-31/functions/')));
  const found = all.find(({ Description }) => Description === `Sitrep dev: ${hop}`);
  expect(found).toMatchObject({ Runtime: 'nodejs24.x' });
  return found?.Environment.Variables ?? {};
}

afterAll(() => {
  if (moto.kind === 'answers') moto.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(moto.kind !== 'answers')('a deployment', () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const dynamo = new DynamoDBClient({ endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false });

  beforeAll(async () => {
    // Inside the checkout, bootstrap would synthesise the app without need.
    const empty = path.join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    const bootstrap = await runCdk({
      arguments: ['bootstrap', `aws://123456789012/${region}`],
      cwd: empty,
      environment,
    });
    expect(bootstrap.exitCode, bootstrap.output).toBe(0);
    const app = 'node --import tsx test/deploy/custom-domain-app.ts';
    const deploy = await runCdk({
      arguments: [
        'deploy',
        '--app',
        app,
        '--output',
        path.join(folder, 'cdk.out'),
        '--require-approval',
        'never',
      ],
      cwd: checkout,
      environment,
    });
    expect(deploy.exitCode, deploy.output).toBe(0);
  }, 230_000);

  it('completes', async () => {
    const stacks = await ask(
      'cloudformation',
      '/?Action=DescribeStacks&Version=2010-05-15&StackName=sitrep-dev',
    );
    expect(stacks).toContain('<StackStatus>CREATE_COMPLETE</StackStatus>');
  });

  it('makes the table that every function is told of', async () => {
    const hops = await Promise.all(['schedule', 'poll', 'ingest', 'serve', 'retag'].map(variablesOf));
    const [TableName, ...others] = new Set(hops.map(({ TABLE_NAME }) => TABLE_NAME));
    expect(others).toEqual([]);
    const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  it('gives every function an environment that its entry point accepts', async () => {
    const schedule = readEnvironment(ScheduleEnvironment, await variablesOf('schedule'));
    const poll = readEnvironment(PollEnvironment, await variablesOf('poll'));
    const ingest = readEnvironment(IngestEnvironment, await variablesOf('ingest'));
    const serve = readEnvironment(ServeEnvironment, await variablesOf('serve'));
    const retag = readEnvironment(RetagEnvironment, await variablesOf('retag'));
    expect(schedule.POLL_QUEUE_URL).not.toBe(poll.INGEST_QUEUE_URL);
    expect(poll.CONTACT_URL).toBe('https://wire.example/');
    expect(ingest.RETENTION_DAYS).toBe(30);
    expect(retag.RETENTION_DAYS).toBe(30);
    expect(serve.PUBLIC_URL).toBe('https://wire.example');
  });

  it('makes the queues, with their dead letters, that functions send to and are fed from', async () => {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toHaveLength(7);
    const paths = [
      (await variablesOf('schedule')).POLL_QUEUE_URL,
      (await variablesOf('poll')).INGEST_QUEUE_URL,
      (await variablesOf('retag')).RETAG_QUEUE_URL,
    ];
    const { EventSourceMappings } = Mappings.parse(
      JSON.parse(await ask('lambda', '/2015-03-31/event-source-mappings/')),
    );
    expect(EventSourceMappings).toHaveLength(3);
    for (const url of paths) {
      const QueueUrl = QueueUrls.find(
        (known) => url !== undefined && new URL(known).pathname === new URL(url).pathname,
      );
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      expect(Attributes?.RedrivePolicy).toMatch(/deadLetterTargetArn.*Dlq/);
      const mapping = EventSourceMappings.find(
        ({ EventSourceArn }) => EventSourceArn === Attributes?.QueueArn,
      );
      expect(mapping?.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });
});
