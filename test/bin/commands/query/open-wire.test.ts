import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedStories } from '../../../../bench/support/seed.ts';
import { openWire } from '../../../../bin/commands/query/open-wire.ts';
import { claimDataDirectory } from '../../../../bin/local/data-directory.ts';
import { servedAddress } from '../../../../bin/local/served-address.ts';
import { tableName } from '../../../../bin/local/table-name.ts';
import { ensureTable, startEmbeddedEngine } from '../../../../lambdas/adapters/local/embedded-engine.ts';
import { sitrep, startLocal, temporaryDirectory } from '../../../support/local-run.ts';

const root = temporaryDirectory();
const files = path.join(root.path, 'wire');

beforeAll(async () => {
  const engine = await startEmbeddedEngine({ directory: files });
  const table = { client: engine.client, name: tableName, clock: Date.now, retentionDays: 0 };
  await ensureTable(engine.client, tableName);
  await seedStories(table, 30, Date.now());
  await engine.stop();
});
afterAll(() => root.remove());

describe('openWire', () => {
  it('answers as the server would, from the files alone, and leaves the directory free', async () => {
    const wire = await openWire(files);
    const { signal } = new AbortController();
    const health = await (await wire.get('/healthz', signal)).json();
    expect(health).toMatchObject({ stories: 30 });
    const refused = await wire.get('/api/stories?topic=nothing', signal);
    expect(refused.status).toBe(400);
    await wire.close();
    expect(existsSync(path.join(files, 'running.json'))).toBe(false);
  });

  it('refuses a directory that a run holds, and lets that run keep it', async () => {
    const held = path.join(root.path, 'held');
    const claimed = claimDataDirectory(held, 0);
    writeFileSync(path.join(held, 'wire.sqlite'), '');
    // This process may claim what it holds itself, so another one is asked to open it.
    const { code, stderr } = await sitrep(['query', '--data', held]);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`held by process ${process.pid}`));
    expect(existsSync(path.join(held, 'running.json'))).toBe(true);
    claimed.release();
  });
});

describe('sitrep query as a process', () => {
  it('reads the files of a wire that nobody serves', async () => {
    const { code, stdout, stderr } = await sitrep(['query', '--data', files, '--all', '--format', 'ndjson']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(30);
  });

  it('says what is wrong with an option and exits with 2', async () => {
    const { code, stdout, stderr } = await sitrep(['query', '--data', files, '--topic', 'seaa']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Did you mean: sea\n[\s\S]*Usage: sitrep query/);
  });

  it('asks the server that serves the directory, wherever it listens', async () => {
    const server = await startLocal(['--data', path.join(root.path, 'sample')]);
    try {
      expect(servedAddress(path.join(root.path, 'sample'))).toBe(server.url);
      const { code, stdout } = await sitrep(['query', '--data', path.join(root.path, 'sample'), '--json']);
      expect(code).toBe(0);
      expect(Object.keys(JSON.parse(stdout))).toEqual(['stories', 'nextCursor']);
    } finally {
      await server.end('SIGTERM');
    }
    expect(servedAddress(path.join(root.path, 'sample'))).toBeNull();
  });
});
