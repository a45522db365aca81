import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readCatalogue } from '../../../../lambdas/core/catalogue/catalogue.ts';
import { feeds } from '../../../support/run-feeds.ts';
import { type Publisher, startPublisher } from '../../../support/publisher.ts';

let publisher: Publisher;
beforeAll(async () => {
  publisher = await startPublisher();
  const rss = (title: string): string =>
    `<rss version="2.0"><channel><title>${title}</title><language>de-ch</language><item><title>x</title><guid>1</guid></item></channel></rss>`;
  publisher.serve('/f', { body: rss('Die Flotte') });
  publisher.serve('/g', { body: rss('Die Flotte') });
  publisher.serve('/moved', { status: 308, headers: { location: '/g' } });
  publisher.serve('/detour', { status: 302, headers: { location: '/g' } });
  publisher.serve('/page', {
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><head><link rel=alternate type="application/rss+xml" href="g"><link rel=alternate type="application/atom+xml" href="h">',
  });
  publisher.serve('/plain-page', { headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>no' });
});
afterAll(() => publisher.close());

function catalogue() {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-add-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'feeds.yaml');
  const text = `# Ours\nsources:\n  - { id: a,  title: "A", url: "https://a.example/", country: SE, kind: trade }   # first\nfeeds:\n  # The one.\n  - {id: a, url: "${publisher.url('/f')}", title: A, source: a, country: SE, language: sv, kind: trade}\n# end\n`;
  writeFileSync(file, text);
  const read = () => {
    const reading = readCatalogue(readFileSync(file, 'utf8'), file);
    if (!reading.ok) throw new Error(reading.problems.join());
    return reading.catalogue;
  };
  return { directory, file, text, read };
}

const add = (file: string, url: string, ...args: readonly string[]) =>
  feeds('add', url, '--feeds', file, '--allow-host', publisher.host, ...args);

describe('sitrep feeds add', () => {
  test('appends the entry, says what it could not know, and leaves every other line as it was', async () => {
    const { file, text, read, directory } = catalogue();
    const { exitCode, out, err } = await add(file, publisher.url('/g'));
    expect(exitCode, err).toBe(0);
    const expected = {
      id: 'die-flotte',
      url: publisher.url('/g'),
      title: 'Die Flotte',
      source: 'a',
      country: 'SE',
      language: 'de-CH',
      kind: 'trade',
    };
    expect(read().feeds[1]).toEqual(expected);
    expect(
      readCatalogue(out.replace('sources: []', text.split('\n').slice(1, 3).join('\n')), 'x'),
    ).toMatchObject({
      ok: true,
      catalogue: { feeds: [expected] },
    });
    const after = readFileSync(file, 'utf8').split('\n');
    expect(after.filter((line) => text.split('\n').includes(line))).toEqual(text.split('\n'));
    expect(err).toContain('Added die-flotte under source a: RSS 2.0, 1 entries');
    expect(readdirSync(directory)).toEqual(['feeds.yaml']);
  });

  test('follows a page to the first feed it names and a move for good to the new address', async () => {
    for (const [path, expected] of [
      ['/page', '/g'],
      ['/moved', '/g'],
      ['/detour', '/detour'],
    ] as const) {
      const { file, read } = catalogue();
      expect((await add(file, publisher.url(path))).exitCode).toBe(0);
      expect(read().feeds[1]?.url).toBe(publisher.url(expected));
    }
    const { file } = catalogue();
    expect((await add(file, publisher.url('/page'), '--dry-run')).err).toContain(
      `and also ${publisher.url('/h')}`,
    );
  });

  test('takes --id and --source; --dry-run and --json print and change nothing', async () => {
    const { file, text } = catalogue();
    const args = ['--id', 'mine', '--source', 'a', '--dry-run', '--json'];
    const { out } = await add(file, publisher.url('/g'), ...args);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      sources: [],
      feeds: [{ id: 'mine', source: 'a' }],
      report: { outcome: 'ok', entries: 1 },
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('refuses what the catalogue has, under this address or behind it', async () => {
    const { file, text } = catalogue();
    for (const url of [
      `${publisher.url('/f')}/`,
      publisher.url('/f?utm_source=x#y'),
      `${publisher.url('/f')}#top`,
    ]) {
      const { exitCode, err, out } = await add(file, url);
      expect([exitCode, out]).toEqual([1, '']);
      expect(err).toContain('which it has as a (');
    }
    publisher.serve('/to-known', { status: 301, headers: { location: '/f' } });
    expect((await add(file, publisher.url('/to-known'))).err).toContain('which it has as a (');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('adds nothing that is no feed', async () => {
    const { file, text } = catalogue();
    for (const [path, reason] of [
      ['/plain-page', 'got not-a-feed'],
      ['/nowhere', 'got not-found'],
    ] as const) {
      const { exitCode, err, out } = await add(file, publisher.url(path));
      expect([exitCode, out]).toEqual([1, '']);
      expect(err).toContain(reason);
    }
    expect((await feeds('add', publisher.url('/g'), '--feeds', file)).err).toContain('got guarded');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('leaves a catalogue alone that was changed while it looked', async () => {
    const { file } = catalogue();
    publisher.serve('/slow', ({ response }) => {
      writeFileSync(file, 'sources: []\nfeeds: []\n');
      response.end('<rss version="2.0"><channel><title>S</title></channel></rss>');
    });
    const { exitCode, err } = await add(file, publisher.url('/slow'));
    expect([exitCode, err]).toEqual([1, expect.stringContaining('run this again')]);
    expect(readFileSync(file, 'utf8')).toBe('sources: []\nfeeds: []\n');
  });

  test('adds nothing after an interrupt, and nothing to a file that is not there', async () => {
    const { file, text } = catalogue();
    const interrupt = new AbortController();
    publisher.serve('/interrupted', () => interrupt.abort());
    const args = ['add', publisher.url('/interrupted'), '--feeds', file, '--allow-host', publisher.host];
    expect(await feeds(args, { interrupted: interrupt.signal })).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('nothing was added'),
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect((await add(`${file}.none`, publisher.url('/g'))).err).toContain('no such file');
  });
});
