import { createDynamoClusterStore } from '../adapters/aws/dynamodb-cluster-store.ts';
import { documentClient } from '../adapters/aws/dynamodb-table.ts';
import { createDynamoStoryAliases } from '../adapters/aws/dynamodb-story-aliases.ts';
import { createDynamoStoryWriter } from '../adapters/aws/dynamodb-story-writer.ts';
import { createTallyRollup } from '../adapters/aws/dynamodb-tally-rollup.ts';
import { createPowertoolsLog } from '../adapters/aws/powertools-log.ts';
import { bundledClusterWeights, bundledRules } from '../adapters/bundled-data.ts';
import { createClusterer } from '../core/cluster/clusterer.ts';
import { createTagger } from '../core/tag/tag.ts';
import { IngestEnvironment, readEnvironment } from '../environment.ts';
import { createIngestHandler } from './handler.ts';

const environment = readEnvironment(IngestEnvironment, process.env);
const retentionDays = environment.RETENTION_DAYS;
const table = { client: documentClient(), name: environment.TABLE_NAME, clock: Date.now, retentionDays };
const rules = bundledRules();

export const handler = createIngestHandler({
  stories: createDynamoStoryWriter(table),
  aliases: createDynamoStoryAliases(table),
  clusters: createDynamoClusterStore(table),
  clusterer: createClusterer(bundledClusterWeights()),
  settleCounts: createTallyRollup(table).settle,
  tag: createTagger(rules),
  taxonomyVersion: rules.version,
  retentionDays,
  log: createPowertoolsLog({ hop: 'ingest', stage: environment.STAGE }),
});
