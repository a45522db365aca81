import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runFeeds } from '../../../bin/commands/feeds.ts';
import { readCatalogue } from '../../../lambdas/core/catalogue/catalogue.ts';
import { readOpml } from '../../../lambdas/core/catalogue/opml.ts';

async function feeds(...args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const outputs = Promise.all([text(stdout), text(stderr)]);
  const exitCode = await runFeeds(args, { stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = await outputs;
  return { exitCode, out, err };
}

function scratch() {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-feeds-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const catalogue = path.join(directory, 'feeds.yaml');
  writeFileSync(
    catalogue,
    `# Ours
sources:
  - {id: a, title: A, url: https://a.example/, country: SE, kind: trade}
feeds:
  - {id: a, url: https://a.example/f, title: A news, source: a, country: SE, language: sv, kind: trade}
`,
  );
  const opml = path.join(directory, 'list.opml');
  writeFileSync(
    opml,
    '<opml><body><outline text="A news" xmlUrl="https://a.example/f"/><outline text="B" xmlUrl="https://b.example/f"/>\n<outline text="C" type="rss" xmlUrl="gopher://c"/></body></opml>',
  );
  return { catalogue, opml };
}

describe('sitrep feeds', () => {
  test('list prints a row a feed; --json the whole catalogue', async () => {
    const { catalogue } = scratch();
    const { out } = await feeds('list', '--catalogue', catalogue);
    expect(out).toBe(
      'feed  kind   country  lang  address\na     trade  SE       sv    https://a.example/f\n',
    );
    const json = await feeds('list', '--json', '--catalogue', catalogue);
    expect(JSON.parse(json.out)).toMatchObject({
      sources: [{ id: 'a' }],
      feeds: [{ id: 'a', title: 'A news' }],
    });
  });

  test('list shows the shipped catalogue by default', async () => {
    const { exitCode, out } = await feeds('list', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).feeds.length).toBeGreaterThanOrEqual(110);
  });

  test('export gives OPML that reads back, and YAML that is the catalogue', async () => {
    const { catalogue } = scratch();
    const opml = readOpml((await feeds('export', '--catalogue', catalogue)).out);
    expect(opml.ok && opml.catalogue.feeds.map(({ url }) => url)).toEqual(['https://a.example/f']);
    const yaml = await feeds('export', '--format', 'yaml', '--catalogue', catalogue);
    expect(readCatalogue(yaml.out, 'x.yaml')).toEqual(
      readCatalogue(readFileSync(catalogue, 'utf8'), 'x.yaml'),
    );
  });

  test('import adds what is new, prints it and says what was left out', async () => {
    const { catalogue, opml } = scratch();
    const { exitCode, out, err } = await feeds('import', opml, '--catalogue', catalogue);
    expect(exitCode).toBe(0);
    const printed = readCatalogue(out, 'x.yaml');
    expect(printed.ok && printed.catalogue.feeds.map(({ id }) => id)).toEqual(['b']);
    expect(err).toContain('2 outline: expected an http or https address');
    expect(err).toContain('1 feeds added, 1 known, 1 left out');
    const after = readFileSync(catalogue, 'utf8');
    expect(after.startsWith('# Ours\n')).toBe(true);
    const reading = readCatalogue(after, 'x.yaml');
    expect(reading.ok && reading.catalogue.feeds.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('import --dry-run changes nothing', async () => {
    const { catalogue, opml } = scratch();
    const before = readFileSync(catalogue, 'utf8');
    const { out } = await feeds('import', opml, '--dry-run', '--catalogue', catalogue);
    expect(out).toContain('https://b.example/f');
    expect(readFileSync(catalogue, 'utf8')).toBe(before);
  });

  test('a catalogue or list that is not valid is named and fails', async () => {
    const { catalogue, opml } = scratch();
    writeFileSync(opml, '<html>');
    expect(await feeds('import', opml, '--catalogue', catalogue)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('list.opml:1 file: expected an OPML document'),
    });
    writeFileSync(catalogue, 'sources: []\nfeeds: 3\n');
    expect(await feeds('list', '--catalogue', catalogue)).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/feeds\.yaml:2 feeds: expected a list, got 3/),
    });
    expect((await feeds('list', '--catalogue', `${catalogue}.none`)).exitCode).toBe(1);
  });

  test.each([
    [[]],
    [['nope']],
    [['toString']],
    [['list', 'x']],
    [['import']],
    [['list', '--nope']],
    [['export', '--format', 'csv']],
  ])('wrong usage %j is 2 and shows the usage line', async (args) => {
    const { exitCode, err, out } = await feeds(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain('Usage: sitrep feeds');
    expect(out).toBe('');
  });

  test('--help says how', async () => {
    expect(await feeds('--help')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('import FILE.opml'),
    });
  });
});
