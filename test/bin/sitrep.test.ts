import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sitrep, temporaryDirectory } from '../support/local-run.ts';
import { type Publisher, startPublisher } from '../support/publisher.ts';

const program = path.join(import.meta.dirname, '../../bin/sitrep.mjs');
const directory = temporaryDirectory();
const rss =
  '<rss version="2.0"><channel><title>F</title><item><title>T</title><guid>g</guid></item></channel></rss>';
let publisher: Publisher;
beforeAll(async () => {
  publisher = await startPublisher();
  publisher.serve('/f', { body: rss });
});
afterAll(async () => {
  directory.remove();
  await publisher.close();
});

const fileOf = (name: string, content: string): string => {
  const file = path.join(directory.path, name);
  writeFileSync(file, content);
  return file;
};

/** Runs a command whose reader leaves after the first bytes, as `| head -1` does. */
function withLeavingReader(args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  child.stdin.on('error', () => undefined);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

describe('the command line as a process', () => {
  test('ends quietly with 0 when its reader leaves', async () => {
    const line = JSON.stringify({ id: 'x'.repeat(1_000), path: '/nowhere' });
    const batch = fileOf('batch.ndjson', `${line}\n`.repeat(2_000));
    const story = JSON.stringify({ id: 'x'.repeat(1_000), title: 'a', summary: '' });
    const stories = fileOf('stories.ndjson', `${story}\n`.repeat(2_000));
    for (const args of [
      ['parse', '--batch', batch],
      ['tag', stories],
    ])
      expect(await withLeavingReader(args), args[0]).toEqual({ code: 0, stderr: '' });
  });

  test('a local run whose reader leaves ends in order', async () => {
    const data = path.join(directory.path, 'data');
    const { code, stderr } = await withLeavingReader(['local', '--port', '0', '--data', data]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Stopping')]);
    expect(stderr).not.toContain('work left in hand');
  });

  test.each([
    [['parse', '--nosuch'], 'Usage: sitrep parse'],
    [['parse', '--base', 'http://'], 'Usage: sitrep parse'],
    [['tag', '--nosuch'], 'Usage: sitrep tag'],
    [['feeds', 'nosuch'], 'Usage: sitrep feeds'],
    [['feeds', 'check', '--nosuch'], 'Usage: sitrep feeds'],
    [['local', '--data', ''], 'Usage: sitrep local'],
    [['local', '--feeds', ''], 'Usage: sitrep local'],
    [['--nosuch'], 'Usage: sitrep'],
  ])('wrong usage %j exits with 2 and the usage line', async (args, usage) => {
    const { code, stdout, stderr } = await sitrep(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(usage);
  });

  test('a data directory that cannot be made is named, and soon', async () => {
    for (const data of ['/proc/sitrep', '/proc/sitrep/deeper', path.join(fileOf('a-file', ''), 'x')]) {
      const { code, stdout, stderr } = await sitrep(['local', '--once', '--data', data]);
      expect([code, stdout], data).toEqual([1, '']);
      expect(stderr).toContain(`Expected --data ${data} to be a directory that can be written`);
    }
  });

  test('feeds check asks a publisher and prints JSON alone on stdout', async () => {
    const catalogue = fileOf(
      'feeds.opml',
      `<opml version="2.0"><body><outline text="F" xmlUrl="${publisher.url('/f')}"/></body></opml>`,
    );
    const args = ['feeds', 'check', '--json', '--feeds', catalogue, '--allow-host', publisher.host];
    const { code, stdout, stderr } = await sitrep(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject([{ feed: 'f', outcome: 'ok', entries: 1, validators: 'none' }]);
  });

  test('feeds check prints what it has on Ctrl-C', async () => {
    const rows = ['f', 'stall'].map(
      (name) => `<outline text="${name}" xmlUrl="${publisher.url(`/${name}`)}"/>`,
    );
    const catalogue = fileOf('two.opml', `<opml version="2.0"><body>${rows.join('')}</body></opml>`);
    const options = ['--json', '--concurrency', '1', '--allow-host', publisher.host];
    const child = spawn(process.execPath, [program, 'feeds', 'check', '--feeds', catalogue, ...options]);
    publisher.serve('/stall', () => child.kill('SIGINT'));
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ feed: 'f', outcome: 'ok' }]);
  });
});
