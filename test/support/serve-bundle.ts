import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { vi } from 'vitest';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import { startTestTable } from './engines.ts';
import type { HttpCase } from './http-cases.ts';
import { askFunction, httpApiEvent, type HttpFunction, type Received } from './http-edges.ts';
import { catalogue, nowMs, tree, wire } from './serve-fixture.ts';

const entry = path.resolve(import.meta.dirname, '../../lambdas/serve/index.ts');
const secret = 'a secret of the test';

/**
 * The serve function as it is deployed, in this process: its entry point bundled and minified as lib/service-function.ts
 * has it, over a real store that holds the stories of the fixture, at the fixture's time. `ask` sends HTTP API events with
 * the secret that the edge adds.
 */
export async function startServeBundle(): Promise<{
  ask(asked: HttpCase): Promise<Received>;
  stop(): Promise<void>;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sitrep-serve-'));
  const bundle = path.join(folder, 'index.mjs');
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  writeFileSync(path.join(folder, 'catalogue.json'), JSON.stringify(catalogue));
  writeFileSync(path.join(folder, 'topics.json'), JSON.stringify(tree));
  const table = await startTestTable();
  const endpoint = await table.client.config.endpoint?.();
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
  const writer = createDynamoStoryWriter({ ...table, clock: () => nowMs, retentionDays: 0 });
  for (const story of [...wire].reverse()) await writer.create(story);
  setEnvironment(table.name, `http://${endpoint?.hostname}:${endpoint?.port}`);
  const { handler }: { handler: HttpFunction } = await import(pathToFileURL(bundle).href);
  return {
    ask: (asked) => {
      const event = httpApiEvent(asked);
      return askFunction(handler, { ...event, headers: { ...event.headers, 'x-origin-verify': secret } });
    },
    stop: async () => {
      vi.useRealTimers();
      vi.unstubAllEnvs();
      await table.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function setEnvironment(tableName: string, endpoint: string): void {
  const environment = {
    TABLE_NAME: tableName,
    STAGE: 'dev',
    POWERTOOLS_SERVICE_NAME: 'serve',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    PUBLIC_URL: 'https://wire.example',
    ORIGIN_SECRET: secret,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}
