/**
 * The local server under load: `npm run bench:serve -- [--stories 10000] [--seconds 3] [--connections 8]`. The serve handler
 * behind the adapter of the local run, over the embedded engine, asked by a client in another process that keeps its
 * connections busy. Every kind of request has its turn in each of several rounds, and so has an empty handler on bare
 * node:http, so that all see the same machine: compare the last column, not the seconds of two runs. Server, engine and
 * client share the machine's cores.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod/mini';
import { dataDirectory, loadData } from '../bin/compile-data.ts';
import { createDynamoClusterReader } from '../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoFeedHealth } from '../lambdas/adapters/aws/dynamodb-feed-health.ts';
import { createDynamoStoryReader } from '../lambdas/adapters/aws/dynamodb-story-reader.ts';
import type { Table } from '../lambdas/adapters/aws/dynamodb-table.ts';
import { createDynamoTallyReader } from '../lambdas/adapters/aws/dynamodb-tally-reader.ts';
import { ensureTable, startEmbeddedEngine } from '../lambdas/adapters/local/embedded-engine.ts';
import { createFileLog } from '../lambdas/adapters/local/file-log.ts';
import { startHttpServer } from '../lambdas/adapters/local/http-server.ts';
import { createServeHandler } from '../lambdas/serve/handler.ts';
import { median } from './support/cpu-time.ts';
import { benchStory, seedStories } from './support/seed.ts';

const { values } = parseArgs({
  options: {
    stories: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
  },
});
const rounds = 5;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-bench-'));

/** The handler on a store of so many stories, wired as bin/local/wire-server.ts does. */
function wireApp(table: Table): (request: Request) => Promise<Response> {
  const { tree, catalogue } = loadData(dataDirectory);
  return createServeHandler({
    stories: createDynamoStoryReader(table),
    tally: createDynamoTallyReader(table),
    health: createDynamoFeedHealth(table, 0),
    clusters: createDynamoClusterReader(table),
    tree,
    catalogue,
    clock: () => now,
    log: createFileLog({
      path: path.join(directory, 'sitrep.log'),
      clock: () => now,
      complain: (problem) => console.error(problem),
    }),
    publicUrl: 'http://127.0.0.1',
    cursorKey: 'a key of the bench',
    originSecret: null,
    version: 'bench',
  });
}

const leastApp = async (): Promise<Response> => new Response('{}', { headers: { 'content-length': '2' } });

/** Starts a handler on node:http that says the least there is to say. */
async function startEmptyServer() {
  const server = createServer((_request, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  return { port: address.port, close: () => void server.close() };
}

/** One kind of request, and where it is sent. */
interface Kind {
  readonly name: string;
  readonly port: number;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

const Loaded = z.object({ ms: z.number(), bytes: z.number(), latencies: z.array(z.number()) });
type Loaded = z.infer<typeof Loaded>;

const child = path.join(import.meta.dirname, 'support/http-load-child.ts');
const run = promisify(execFile);

async function loaded({ port, target, headers = {}, status = 200 }: Kind): Promise<Loaded> {
  const ms = (Number(values.seconds) * 1_000) / rounds;
  const load = { port, target, headers, status, connections: Number(values.connections), ms };
  const node = ['--import', 'tsx', child, JSON.stringify(load)];
  const { stdout } = await run(process.execPath, node, { maxBuffer: 64_000_000 });
  return Loaded.parse(JSON.parse(stdout));
}

function rowOf(runs: readonly Loaded[], emptyRate: number) {
  const sorted = runs.flatMap(({ latencies }) => latencies).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(2);
  return {
    bytes: runs[0]?.bytes,
    'requests/s': rateOf(runs).toFixed(0),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'of empty': (rateOf(runs) / emptyRate).toFixed(3),
  };
}

const rateOf = (runs: readonly Loaded[]): number =>
  median(runs.map(({ latencies, ms }) => (1_000 * latencies.length) / ms));

/** The kinds of request of the wire; the entity tag for the 304 is asked for first. */
async function kindsOf(port: number): Promise<Kind[]> {
  const encoded = { 'accept-encoding': 'br, gzip' };
  const first = await fetch(`http://127.0.0.1:${port}/feed.rss`, { headers: encoded });
  await first.arrayBuffer();
  const etag = first.headers.get('etag') ?? '';
  const half = Math.floor(Number(values.stories) / 2);
  return [
    { name: 'feed.rss', port, target: '/feed.rss' },
    { name: 'feed.rss, br', port, target: '/feed.rss', headers: encoded },
    {
      name: 'feed.rss, 304',
      port,
      target: '/feed.rss',
      headers: { ...encoded, 'if-none-match': etag },
      status: 304,
    },
    { name: 'stories of a topic', port, target: '/api/stories?topic=sea.submarines' },
    { name: 'one story', port, target: `/api/stories/${benchStory(half, now).id}` },
    { name: 'words, found', port, target: '/api/stories?q=navy' },
    { name: 'words, not found', port, target: '/api/stories?q=zeppelin' },
  ];
}

const engine = await startEmbeddedEngine({ directory });
try {
  await ensureTable(engine.client, 'sitrep');
  const table: Table = { client: engine.client, name: 'sitrep', clock: () => now, retentionDays: 0 };
  await seedStories(table, Number(values.stories), now);
  const wire = await startHttpServer({ app: wireApp(table), port: 0, host: '127.0.0.1' });
  const nothing = await startHttpServer({ app: leastApp, port: 0, host: '127.0.0.1' });
  const empty = await startEmptyServer();
  const kinds: Kind[] = [
    { name: 'empty, node:http', port: empty.port, target: '/' },
    { name: 'empty, our adapter', port: nothing.port, target: '/' },
    ...(await kindsOf(wire.port)),
  ];
  // The first round warms up.
  const runs = new Map<string, Loaded[]>();
  for (let round = 0; round <= rounds; round += 1)
    for (const kind of kinds) {
      const one = await loaded(kind);
      if (round > 0) runs.set(kind.name, [...(runs.get(kind.name) ?? []), one]);
    }
  const emptyRate = rateOf(runs.get(kinds[0]?.name ?? '') ?? []);
  console.log(
    `${values.stories} stories on ${engine.name}, ${values.connections} connections, ${rounds} rounds; "requests/s" is the median of the rounds`,
  );
  console.table(Object.fromEntries([...runs].map(([name, all]) => [name, rowOf(all, emptyRate)])));
  empty.close();
  await Promise.all([wire.close(), nothing.close()]);
} finally {
  await engine.stop();
  rmSync(directory, { recursive: true, force: true });
}
process.exit(0);
