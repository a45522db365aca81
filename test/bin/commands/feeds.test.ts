import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCatalogue } from '../../../lambdas/core/catalogue/catalogue.ts';
import { readOpml } from '../../../lambdas/core/catalogue/opml.ts';
import { feeds } from '../../support/run-feeds.ts';

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
    expect(err).toContain('list.opml:2 outline: refused, expected an http or https address');
    expect(err).toContain('1 feed added, 1 already there, 1 refused');
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

  test('import --json counts and gives reasons, and reads standard input', async () => {
    const { catalogue, opml } = scratch();
    const { out, err } = await feeds(['import', '-', '--json', '--into', catalogue], {
      stdin: readFileSync(opml),
    });
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      dryRun: false,
      added: { sources: [{ id: 'site-b-example' }], feeds: [{ id: 'b' }] },
      alreadyThere: 1,
      refusedCount: 1,
      refused: [{ line: 2 }],
      repaired: [],
    });
  });

  test('import --into makes a catalogue that is not there, and a second import adds nothing', async () => {
    const { catalogue, opml } = scratch();
    const made = `${catalogue}.own.yaml`;
    expect((await feeds('import', opml, '--into', made)).err).toContain('2 feeds added');
    const before = readFileSync(made, 'utf8');
    expect((await feeds('import', opml, '--into', made)).err).toContain('0 feeds added, 2 already there');
    expect(readFileSync(made, 'utf8')).toBe(before);
    expect(readdirSync(path.dirname(made)).sort()).toEqual([
      'feeds.yaml',
      'feeds.yaml.own.yaml',
      'list.opml',
    ]);
  });

  test('import reads the encoding an exporter wrote', async () => {
    const { catalogue, opml } = scratch();
    const row = '<opml><outline text="D\u00e9fense" xmlUrl="https://b.example/f"/></opml>';
    const declared = '<?xml version="1.0" encoding="windows-1252"?>';
    const encodings = [
      Buffer.from(declared + row, 'latin1'),
      Buffer.from(row, 'latin1'),
      Buffer.from(`\uFEFF${row}`),
      Buffer.from(`\uFEFF${row}`, 'utf16le'),
    ];
    for (const bytes of encodings) {
      writeFileSync(opml, bytes);
      const { out } = await feeds('import', opml, '--dry-run', '--catalogue', catalogue);
      expect(out).toContain('title: D\u00e9fense');
      expect((await feeds('list', '--json', '--feeds', opml)).out).toContain('D\u00e9fense');
    }
  });

  test('import leaves the catalogue as it is when the list is cut off', async () => {
    const { catalogue, opml } = scratch();
    const before = readFileSync(catalogue, 'utf8');
    writeFileSync(opml, '<opml><body>\n<outline text="B" xmlUrl="https://b.example/f"/>\n<outline te');
    expect(await feeds('import', opml, '--catalogue', catalogue)).toMatchObject({
      exitCode: 1,
      out: '',
      err: expect.stringContaining('list.opml:3 outline: expected its end'),
    });
    expect(readFileSync(catalogue, 'utf8')).toBe(before);
  });

  test('files that are no files, too large or in another encoding are named', async () => {
    const { catalogue, opml } = scratch();
    const directory = path.dirname(catalogue);
    expect(await feeds('import', directory, '--catalogue', catalogue)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('got the directory'),
    });
    expect(await feeds('import', '/dev/zero', '--catalogue', catalogue)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('at most 5000000 bytes'),
    });
    writeFileSync(catalogue, Buffer.from('sources: []\n# \u00e9\nfeeds: []\n', 'latin1'));
    expect(await feeds('import', opml, '--catalogue', catalogue)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('feeds.yaml:2 file: expected UTF-8'),
    });
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
    [['list', '--timeout', '3']],
    [['list', '--feeds', 'a.yaml', '--catalogue', 'b.yaml']],
    [['list', '--feeds', '']],
    [['import', 'a.opml', '--into', 'b.opml']],
    [['check', 'no-such-feed']],
    [['check', '--concurrency', '0']],
    [['check', '--timeout', 'x']],
    [['check', '--allow-host', 'a b']],
    [['add']],
    [['add', 'ftp://a.example/']],
    [['add', 'https://a.example/f', '--source', 'nobody']],
    [['add', 'https://a.example/f', '--id', 'a b']],
    [['add', 'https://a.example/f', '--id', 'defense-news']],
  ])('wrong usage %j is 2 and shows the usage line', async (args) => {
    const { exitCode, err, out } = await feeds(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain('Usage: sitrep feeds');
    expect(out).toBe('');
  });

  test('--help says how, for all and for each', async () => {
    expect(await feeds('--help')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('import FILE.opml'),
    });
    for (const name of ['check', 'list', 'add', 'import', 'export'])
      for (const help of ['--help', '-h'])
        expect(await feeds(name, help)).toMatchObject({
          exitCode: 0,
          err: '',
          out: expect.stringContaining(`Usage: sitrep feeds ${name}`),
        });
  });
});
