import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createDynamoClusterReader } from '../../../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoFeedHealth } from '../../../lambdas/adapters/aws/dynamodb-feed-health.ts';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoTallyReader } from '../../../lambdas/adapters/aws/dynamodb-tally-reader.ts';
import { startEmbeddedEngine } from '../../../lambdas/adapters/local/embedded-engine.ts';
import { loadSampleWire } from '../../../lambdas/adapters/local/sample/load-sample-wire.ts';
import { sampleCatalogue } from '../../../lambdas/adapters/local/sample/sample-catalogue.ts';
import { readCatalogue } from '../../../lambdas/core/catalogue/catalogue.ts';
import { readTaxonomy, topicTree } from '../../../lambdas/core/tag/taxonomy.ts';
import type { TopicTree } from '../../../lambdas/core/words/topic.ts';
import type { Catalogue } from '../../../lambdas/core/words/feed.ts';
import { version } from '../../../lambdas/core/words/version.ts';
import { createServeHandler } from '../../../lambdas/serve/handler.ts';
import type { Log } from '../../../lambdas/ports.ts';
import { readCatalogueText } from '../../catalogue-text.ts';
import { DataError, dataDirectory } from '../../compile-data.ts';
import { claimDataDirectory } from '../../local/data-directory.ts';
import { localSecret } from '../../local/local-secret.ts';
import { tableName } from '../../local/table-name.ts';
import type { Wire } from './wire.ts';

/** A name that no address has: links of answers that never leave the process. */
const publicUrl = 'http://sitrep.invalid';

/**
 * The wire in a data directory that nobody serves: its engine is started and the same handler asked as over HTTP. Nothing
 * is polled and no story written. Throws when another process holds the directory or the engine cannot be started; how
 * the directory's last run ended stays on record.
 */
export async function openWire(directory: string): Promise<Wire> {
  const { tree, catalogue } = knownWords();
  const claimed = claimDataDirectory(directory, Date.now());
  const engine = await startEmbeddedEngine({ directory }).catch((error: unknown) => {
    claimed.abandon();
    throw error;
  });
  const close = () => engine.stop().finally(() => claimed.abandon());
  try {
    const table = { client: engine.client, name: tableName, clock: Date.now, retentionDays: 0 };
    const handler = createServeHandler({
      stories: createDynamoStoryReader(table),
      tally: createDynamoTallyReader(table),
      health: createDynamoFeedHealth(table),
      clusters: createDynamoClusterReader(table),
      tree,
      catalogue,
      clock: Date.now,
      log: silent,
      publicUrl,
      cursorKey: localSecret(directory),
      originSecret: null,
      version,
    });
    const get: Wire['get'] = (path, signal) => handler(new Request(`${publicUrl}${path}`, { signal }));
    return { name: directory, get, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * What queries are checked against. Only taxonomy and catalogue are read, because compiling the rules takes seconds. Which
 * catalogue filled the directory is not on record, so sources of the sample are known beside those of data/feeds.yaml.
 */
function knownWords(): { readonly tree: TopicTree; readonly catalogue: Catalogue } {
  const topics = readTaxonomy(readFileSync(path.join(dataDirectory, 'topics.yaml'), 'utf8'), 'topics.yaml');
  if (!topics.ok) throw new DataError(topics.problems);
  const feeds = readCatalogue(readCatalogueText(path.join(dataDirectory, 'feeds.yaml')), 'feeds.yaml');
  if (!feeds.ok) throw new DataError(feeds.problems);
  return { tree: topicTree(topics.taxonomy), catalogue: withSample(feeds.catalogue) };
}

function withSample({ sources, feeds }: Catalogue): Catalogue {
  const sample = sampleCatalogue(loadSampleWire(path.join(dataDirectory, 'sample')), publicUrl);
  const known = new Set(sources.map(({ id }) => id));
  return {
    sources: [...sources, ...sample.sources.filter(({ id }) => !known.has(id))],
    feeds: [...feeds, ...sample.feeds],
  };
}
