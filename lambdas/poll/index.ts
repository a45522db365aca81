import { setTimeout as pause } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoFeedStateStore } from '../adapters/aws/dynamodb-feed-state-store.ts';
import { documentClient } from '../adapters/aws/dynamodb-table.ts';
import { createPowertoolsLog } from '../adapters/aws/powertools-log.ts';
import { createSqsQueue } from '../adapters/aws/sqs-queue.ts';
import { bundledCatalogue } from '../adapters/bundled-data.ts';
import { createHostGate } from '../adapters/host-gate.ts';
import { createGuardedFetcher } from '../adapters/guarded-fetcher.ts';
import { parseAllowedHosts } from '../core/fetch/allowed-hosts.ts';
import { isOwnHost } from '../core/fetch/own-host.ts';
import { userAgent } from '../core/fetch/user-agent.ts';
import { PollEnvironment, readEnvironment } from '../environment.ts';
import { createPollHandler } from './handler.ts';

const environment = readEnvironment(PollEnvironment, process.env);
const table = { client: documentClient(), name: environment.TABLE_NAME, clock: Date.now, retentionDays: 0 };
const allowed = parseAllowedHosts(environment.ALLOWED_HOSTS.split(','));
if (!allowed.ok) throw new Error(`ALLOWED_HOSTS: ${allowed.reason}`);
const { hosts } = allowed;
const isOwn = (url: string): boolean => isOwnHost(url, hosts);

export const handler = createPollHandler({
  feeds: new Map(bundledCatalogue().feeds.map((feed) => [feed.id, feed])),
  states: createDynamoFeedStateStore(table),
  fetcher: createGuardedFetcher({ userAgent: userAgent(environment.CONTACT_URL), allowedHosts: hosts }),
  ingestQueue: createSqsQueue(new SQSClient({ maxAttempts: 3 }), environment.INGEST_QUEUE_URL),
  gate: createHostGate({ clock: Date.now, pause, isOwnHost: isOwn }),
  isOwnHost: isOwn,
  clock: Date.now,
  log: createPowertoolsLog({ hop: 'poll', stage: environment.STAGE }),
});
