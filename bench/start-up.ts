/**
 * Start-up of the functions: `npm run bench:start-up -- [ROUNDS]` (default 21). Bundles each as the stack does, with the
 * compiled data beside it, and an empty handler the same way; starts a fresh process for each in turn, round after round, so
 * that all see the same machine, and prints medians against the empty handler (goal: serve at most 1.5 times, poll and
 * ingest 2.5). Then what the parts of serve cost alone, and which packages its bytes are. CPU time is the steadier figure
 * on a shared machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileData, dataDirectory } from '../bin/compile-data.ts';
import { median } from './support/cpu-time.ts';
import {
  type Bundle,
  bundled,
  type BundleSource,
  bytesByPart,
  type StartUp,
  startUpOf,
} from './support/function-bundles.ts';

const rounds = Number(process.argv[2] ?? 21);
const hops = ['serve', 'poll', 'ingest', 'schedule', 'retag'] as const;
const empty: BundleSource = {
  name: 'empty',
  source: 'export const handler = async () => ({ statusCode: 204 });',
  isFile: false,
};

/** All names that any entry point reads, so that one environment does for each. */
const environment = {
  TABLE_NAME: 'sitrep',
  STAGE: 'dev',
  POWERTOOLS_SERVICE_NAME: 'bench',
  AWS_REGION: 'eu-north-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  PUBLIC_URL: 'https://wire.example',
  ORIGIN_SECRET: 'a secret of the bench',
  CONTACT_URL: 'https://wire.example/',
  ALLOWED_HOSTS: '',
  RETENTION_DAYS: '0',
  REQUEST_BUDGET: '0',
  POLL_QUEUE_URL: 'https://sqs.eu-north-1.amazonaws.com/1/poll',
  INGEST_QUEUE_URL: 'https://sqs.eu-north-1.amazonaws.com/1/ingest',
  RETAG_QUEUE_URL: 'https://sqs.eu-north-1.amazonaws.com/1/retag',
};

/** What serve is made of, each part alone; `kept` stops esbuild from leaving out what nobody calls. */
const part = (name: string, source: string): BundleSource => ({
  name,
  source: `${source}\nexport const handler = async () => kept;`,
  isFile: false,
});
const parts = [
  part(
    'dynamodb client',
    "import { documentClient } from './lambdas/adapters/aws/dynamodb-table.ts'; const kept = documentClient();",
  ),
  part(
    'powertools logger',
    "import { createPowertoolsLog } from './lambdas/adapters/aws/powertools-log.ts'; const kept = createPowertoolsLog({});",
  ),
  part(
    'environment (zod/mini)',
    "import { readEnvironment, ServeEnvironment } from './lambdas/environment.ts'; const kept = readEnvironment(ServeEnvironment, process.env);",
  ),
  part(
    'catalogue and topics',
    "import { bundledCatalogue, bundledTopics } from './lambdas/adapters/bundled-data.ts'; const kept = [bundledCatalogue(), bundledTopics()];",
  ),
  part(
    'handler, store adapters left out',
    `import { createServeHandler } from './lambdas/serve/handler.ts';
     import { bundledCatalogue, bundledTopics } from './lambdas/adapters/bundled-data.ts';
     const none = JSON.parse("{}");
     const kept = createServeHandler({ stories: none, tally: none, health: none, clusters: none, log: none, tree: bundledTopics(),
       catalogue: bundledCatalogue(), clock: Date.now, publicUrl: 'https://wire.example', cursorKey: 'k', originSecret: null, version: '0' });`,
  ),
];

/** Medians of so many starts of each bundle, taken in turns. */
function startUps(bundles: readonly Bundle[], folder: string): ReadonlyMap<string, StartUp> {
  const start = startUpOf(folder, environment);
  const runs = new Map<string, StartUp[]>(bundles.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const { name, file } of bundles) {
      const timed = start(file);
      // The first round fills the system's file cache.
      if (round > 0) runs.get(name)?.push(timed);
    }
  return new Map(
    [...runs].map(([name, all]) => [
      name,
      { wallMs: median(all.map(({ wallMs }) => wallMs)), cpuMs: median(all.map(({ cpuMs }) => cpuMs)) },
    ]),
  );
}

function rowOf(bundle: Bundle, times: ReadonlyMap<string, StartUp>) {
  const [own, base] = [times.get(bundle.name), times.get(empty.name)];
  const { wallMs, cpuMs } = own ?? { wallMs: Number.NaN, cpuMs: Number.NaN };
  return {
    bytes: bundle.bytes,
    gzipped: bundle.gzippedBytes,
    'ms until loaded': wallMs.toFixed(1),
    'of empty': (wallMs / (base?.wallMs ?? Number.NaN)).toFixed(2),
    'CPU ms': cpuMs.toFixed(1),
    'CPU of empty': (cpuMs / (base?.cpuMs ?? Number.NaN)).toFixed(2),
  };
}

const folder = mkdtempSync(path.join(tmpdir(), 'sitrep-bench-'));
try {
  const functions = hops.map(
    (hop): BundleSource => ({ name: hop, source: `lambdas/${hop}/index.ts`, isFile: true }),
  );
  const bundles: Bundle[] = [];
  for (const source of [empty, ...functions, ...parts]) {
    bundles.push(await bundled(source, folder));
    compileData(dataDirectory, path.join(folder, source.name));
  }
  const times = startUps(bundles, folder);
  const table = (of: readonly BundleSource[]) => {
    const names = new Set(of.map(({ name }) => name));
    const rows = bundles.filter(({ name }) => names.has(name)).map((one) => [one.name, rowOf(one, times)]);
    console.table(Object.fromEntries(rows));
  };
  console.log(
    `Node ${process.versions.node}, ${rounds} starts of each, medians; Node's own start is part of the figures`,
  );
  table([empty, ...functions]);
  console.log('Parts of serve, each alone');
  table(parts);
  const serve = bundles.find(({ name }) => name === 'serve');
  const largest = serve === undefined ? [] : bytesByPart(serve).slice(0, 12);
  console.log('Bytes of serve, minified');
  console.table(Object.fromEntries(largest));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
