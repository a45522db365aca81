import { execFile, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, startLocal, temporaryDirectory } from '../support/local-run.ts';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
if (browser === undefined) process.stderr.write('page tests do not run: no Chromium on this machine\n');

const data = temporaryDirectory();
const profile = temporaryDirectory();

/** The document as the browser holds it after loading, and what it complained about. */
function load(url: string): Promise<{ dom: string; complaints: string }> {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    ...quiet,
    '--enable-logging=stderr',
    '--v=0',
  ];
  return new Promise((resolve, reject) => {
    execFile(
      browser ?? '',
      [...args, `--user-data-dir=${profile.path}`, '--dump-dom', url],
      { timeout: 45_000, maxBuffer: 10_000_000 },
      (error, dom, stderr) => {
        const complaints = stderr
          .split('\n')
          .filter((line) => line.includes('CONSOLE'))
          .join('\n');
        if (error) reject(error);
        else resolve({ dom, complaints });
      },
    );
  });
}

describe.runIf(browser !== undefined)('pages in a browser', () => {
  let run: LocalServer;
  beforeAll(async () => {
    run = await startLocal(['--data', data.path]);
    await fetch(`${run.url}/local/poll`, { method: 'POST' });
  });
  afterAll(async () => {
    await run.end('SIGINT');
    data.remove();
    profile.remove();
  });

  it('shows the front page with its feeds, within its own content policy', async () => {
    const { dom, complaints } = await load(`${run.url}/`);
    expect(dom).toContain('<h1');
    expect(dom).toContain('/feed.rss');
    expect(complaints).toBe('');
  });

  it('shows a feed as a document, not as a download or an error (F13)', async () => {
    const { dom, complaints } = await load(`${run.url}/feed.rss?topic=sea`);
    expect(dom).toMatch(/Sitrep/);
    expect(dom).not.toContain('parsererror');
    expect(complaints).toBe('');
  });
});
