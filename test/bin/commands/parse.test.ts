import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runParse } from '../../../bin/commands/parse.ts';

let directory = '';
const fileOf = (name: string): string => path.join(directory, name);
const rss =
  '<rss version="2.0"><channel><title>F</title><link>https://example.org/</link><item><title>T</title><link>/1</link><guid>g</guid></item></channel></rss>';

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sitrep-parse-'));
  writeFileSync(fileOf('feed.xml'), rss);
  writeFileSync(fileOf('page.html'), '<html><body>no</body></html>');
  writeFileSync(
    fileOf('cyrillic.xml'),
    Buffer.concat([
      Buffer.from('<rss version="2.0"><channel><item><title>'),
      Buffer.from([0xd4, 0xeb, 0xee, 0xf2]),
      Buffer.from('</title></item></channel></rss>'),
    ]),
  );
});
afterAll(() => rmSync(directory, { recursive: true }));

async function run(
  args: string[],
  input: string | Iterable<Uint8Array> = '',
): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = { out: '', err: '' };
  stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  const stdin = Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input);
  const code = await runParse(args, { stdin, stdout, stderr });
  await new Promise((resolve) => stdout.end(resolve));
  return { code, ...texts };
}

const lines = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('sitrep parse', () => {
  it('prints feed, entries and problems of a file and nothing else', async () => {
    const { code, out } = await run([fileOf('feed.xml'), '--base', 'https://example.org/feed']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      feed: { title: 'F', link: 'https://example.org/' },
      entries: [
        {
          id: 'g',
          title: 'T',
          link: 'https://example.org/1',
          published: null,
          updated: null,
          summary: null,
          content: null,
          author: null,
          categories: [],
        },
      ],
      problems: [],
    });
  });

  it.each([[[]], [['-']]])('reads standard input with arguments %j', async (args) => {
    const bytes = [...Buffer.from(rss)].map((byte) => Buffer.from([byte]));
    const { code, out } = await run(args, bytes);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ entries: [{ title: 'T' }] });
  });

  it('reads the charset from --content-type', async () => {
    const { out } = await run([fileOf('cyrillic.xml'), '--content-type', 'text/xml; charset=windows-1251']);
    expect(JSON.parse(out)).toMatchObject({ entries: [{ title: 'Флот' }] });
  });

  it.each([[['page.html']], [['missing.xml']], [['.']]])(
    'fails with 1 and says why for %j',
    async ([name = '']) => {
      const { code, out, err } = await run([fileOf(name)]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/Expected|Could not read/);
    },
  );

  it.each([
    [['--nope']],
    [['a', 'b']],
    [['--base', 'ftp://x']],
    [['--base', 'http://']],
    [['--base', 'https://u:p@a.example/']],
    [['--base', '']],
    [['--base']],
  ])('answers wrong usage %j with 2', async (args) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain('Usage: sitrep parse');
  });

  it('explains itself with --help', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const option of ['--content-type', '--base', '--batch', '--help']) expect(out).toContain(option);
  });
});

describe('sitrep parse --batch', () => {
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

  it('answers every line in order, whatever the others are', async () => {
    const input = [
      line({ id: 'a', path: fileOf('feed.xml'), contentType: 'text/xml', base: 'https://other.example/' }),
      'this is no JSON\n',
      '\n',
      line({ id: 7, path: fileOf('missing.xml'), contentType: null, base: null }),
      line({ id: 'no-path' }),
      line({ id: 'page', path: fileOf('page.html') }),
      line([1]),
      line({ id: 'z', path: fileOf('feed.xml') }).trimEnd(),
    ];
    const { code, out } = await run(['--batch'], input.join(''));
    expect(code).toBe(0);
    expect(lines(out)).toMatchObject([
      {
        id: 'a',
        ok: true,
        result: { feed: { title: 'F' }, entries: [{ link: 'https://other.example/1' }], problems: [] },
      },
      { id: null, ok: false, error: { code: 'bad-line', message: expect.any(String) } },
      { id: 7, ok: false, error: { code: 'unreadable' } },
      { id: 'no-path', ok: false, error: { code: 'bad-line' } },
      { id: 'page', ok: false, error: { code: 'html' } },
      { id: null, ok: false, error: { code: 'bad-line' } },
      { id: 'z', ok: true, result: { entries: [{ link: 'https://example.org/1' }] } },
    ]);
  });

  it('answers before its input ends', async () => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const finished = runParse(['--batch'], { stdin, stdout, stderr });
    stdin.write(line({ id: 1, path: fileOf('feed.xml') }));
    const [first] = await new Promise<Buffer[]>((resolve) =>
      stdout.once('data', (chunk: Buffer) => resolve([chunk])),
    );
    expect(JSON.parse(String(first))).toMatchObject({ id: 1, ok: true });
    stdin.end();
    expect(await finished).toBe(0);
  });

  it('waits for a reader that is slow', async () => {
    const stdout = new PassThrough({ highWaterMark: 1 });
    const stdin = Readable.from([line({ id: 1, path: fileOf('feed.xml') }).repeat(50)]);
    const finished = runParse(['--batch'], { stdin, stdout, stderr: new PassThrough() });
    let out = '';
    for await (const chunk of stdout) {
      out += String(chunk);
      if (out.split('\n').length > 50) break;
    }
    expect(lines(out)).toHaveLength(50);
    expect(await finished).toBe(0);
  });

  it('reads a list with a byte order mark whole', async () => {
    const { out } = await run(['--batch'], `\uFEFF${line({ id: 1, path: fileOf('feed.xml') })}`);
    expect(lines(out)).toMatchObject([{ id: 1, ok: true }]);
  });

  it('answers a line that is too long, a directory, a pipe and a file without end, and goes on', async () => {
    const input = [
      `"${'x'.repeat(11_000_000)}"\n`,
      line({ id: 2, path: directory }),
      line({ id: 3, path: '/dev/zero' }),
      line({ id: 4, path: `${fileOf('feed.xml')}\u0000` }),
      line({ id: 5, path: fileOf('feed.xml') }),
    ];
    const { code, out } = await run(['--batch'], input.join(''));
    expect(code).toBe(0);
    expect(lines(out)).toMatchObject([
      { id: null, ok: false, error: { code: 'bad-line' } },
      { id: 2, ok: false, error: { code: 'unreadable', message: expect.stringContaining('a directory') } },
      { id: 3, ok: false, error: { code: 'unreadable' } },
      { id: 4, ok: false, error: { code: 'unreadable' } },
      { id: 5, ok: true },
    ]);
  });

  it('refuses a file over the bound without reading it', async () => {
    const large = fileOf('large.xml');
    writeFileSync(large, '');
    truncateSync(large, 64 * 1024 * 1024 + 1);
    const { out } = await run(['--batch'], line({ id: 1, path: large }));
    expect(lines(out)).toMatchObject([
      { id: 1, ok: false, error: { message: expect.stringContaining('Expected at most 67108864 bytes') } },
    ]);
    expect(await run([large])).toMatchObject({ code: 1, err: expect.stringContaining('at most 67108864') });
  });

  it('takes --base and --content-type for the lines that have none', async () => {
    const input = [
      line({ id: 1, path: fileOf('feed.xml') }),
      line({ id: 2, path: fileOf('feed.xml'), base: 'https://own.example/' }),
      line({ id: 3, path: fileOf('cyrillic.xml') }),
    ];
    const options = ['--base', 'https://all.example/', '--content-type', 'text/xml; charset=windows-1251'];
    const { out } = await run(['--batch', ...options], input.join(''));
    expect(lines(out)).toMatchObject([
      { result: { entries: [{ link: 'https://all.example/1' }] } },
      { result: { entries: [{ link: 'https://own.example/1' }] } },
      { result: { entries: [{ title: 'Флот' }] } },
    ]);
  });

  it('takes its lines from a file too', async () => {
    writeFileSync(fileOf('list.ndjson'), line({ id: 1, path: fileOf('feed.xml') }));
    expect((await run(['--batch', fileOf('list.ndjson')])).code).toBe(0);
    expect((await run(['--batch', fileOf('nowhere.ndjson')])).code).toBe(1);
  });
});
