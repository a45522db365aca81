import { setTimeout as pause } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoRetagProgress } from '../adapters/aws/dynamodb-retag-progress.ts';
import { createDynamoStoryReader } from '../adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../adapters/aws/dynamodb-story-writer.ts';
import { documentClient } from '../adapters/aws/dynamodb-table.ts';
import { createPowertoolsLog } from '../adapters/aws/powertools-log.ts';
import { createSqsQueue } from '../adapters/aws/sqs-queue.ts';
import { bundledRules } from '../adapters/bundled-data.ts';
import { rulesFingerprint } from '../core/retag/rules-fingerprint.ts';
import { createTagger } from '../core/tag/tag.ts';
import { readEnvironment, RetagEnvironment } from '../environment.ts';
import { createRetagHandler } from './handler.ts';

const environment = readEnvironment(RetagEnvironment, process.env);
const retentionDays = environment.RETENTION_DAYS;
const table = { client: documentClient(), name: environment.TABLE_NAME, clock: Date.now, retentionDays };
const rules = bundledRules();

export const handler = createRetagHandler({
  reader: createDynamoStoryReader(table),
  stories: createDynamoStoryWriter(table),
  progress: createDynamoRetagProgress(table),
  queue: createSqsQueue(new SQSClient({ maxAttempts: 3 }), environment.RETAG_QUEUE_URL),
  tag: createTagger(rules),
  taxonomyVersion: rules.version,
  fingerprint: rulesFingerprint(rules),
  pause,
  clock: Date.now,
  log: createPowertoolsLog({ hop: 'retag', stage: environment.STAGE }),
});
