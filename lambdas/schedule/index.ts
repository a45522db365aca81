import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoFeedStateStore } from '../adapters/aws/dynamodb-feed-state-store.ts';
import { documentClient } from '../adapters/aws/dynamodb-table.ts';
import { createPowertoolsLog } from '../adapters/aws/powertools-log.ts';
import { createSqsQueue } from '../adapters/aws/sqs-queue.ts';
import { bundledCatalogue } from '../adapters/bundled-data.ts';
import { parseAllowedHosts } from '../core/fetch/allowed-hosts.ts';
import { isOwnHost } from '../core/fetch/own-host.ts';
import { readEnvironment, ScheduleEnvironment } from '../environment.ts';
import { createScheduleHandler } from './handler.ts';

const environment = readEnvironment(ScheduleEnvironment, process.env);
const table = { client: documentClient(), name: environment.TABLE_NAME, clock: Date.now, retentionDays: 0 };
const allowed = parseAllowedHosts(environment.ALLOWED_HOSTS.split(','));
if (!allowed.ok) throw new Error(`ALLOWED_HOSTS: ${allowed.reason}`);
const { hosts } = allowed;

export const handler = createScheduleHandler({
  feeds: bundledCatalogue().feeds,
  states: createDynamoFeedStateStore(table),
  pollQueue: createSqsQueue(new SQSClient({ maxAttempts: 3 }), environment.POLL_QUEUE_URL),
  requestBudget: environment.REQUEST_BUDGET,
  isOwnHost: (url) => isOwnHost(url, hosts),
  clock: Date.now,
  log: createPowertoolsLog({ hop: 'schedule', stage: environment.STAGE }),
});
