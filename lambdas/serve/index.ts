import { createDynamoClusterReader } from '../adapters/aws/dynamodb-cluster-reader.ts';
import { documentClient } from '../adapters/aws/dynamodb-table.ts';
import { createDynamoFeedHealth } from '../adapters/aws/dynamodb-feed-health.ts';
import { createDynamoStoryReader } from '../adapters/aws/dynamodb-story-reader.ts';
import { createDynamoTallyReader } from '../adapters/aws/dynamodb-tally-reader.ts';
import { createHttpHandler } from '../adapters/aws/http-handler.ts';
import { createPowertoolsLog } from '../adapters/aws/powertools-log.ts';
import { bundledCatalogue, bundledTopics } from '../adapters/bundled-data.ts';
import { version } from '../core/words/version.ts';
import { readEnvironment, ServeEnvironment } from '../environment.ts';
import { createServeHandler } from './handler.ts';

const environment = readEnvironment(ServeEnvironment, process.env);
const table = { client: documentClient(), name: environment.TABLE_NAME, clock: Date.now, retentionDays: 0 };

export const handler = createHttpHandler(
  createServeHandler({
    stories: createDynamoStoryReader(table),
    tally: createDynamoTallyReader(table),
    health: createDynamoFeedHealth(table),
    clusters: createDynamoClusterReader(table),
    tree: bundledTopics(),
    catalogue: bundledCatalogue(),
    clock: Date.now,
    log: createPowertoolsLog({ hop: 'serve', stage: environment.STAGE }),
    publicUrl: environment.PUBLIC_URL,
    cursorKey: environment.ORIGIN_SECRET,
    originSecret: environment.ORIGIN_SECRET,
    version,
  }),
);
