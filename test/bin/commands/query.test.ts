import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandIo, isUsageError } from '../../../bin/command.ts';
import { runQuery } from '../../../bin/commands/query.ts';
import { startHttpServer } from '../../../lambdas/adapters/local/http-server.ts';
import { temporaryDirectory } from '../../support/local-run.ts';
import { parseCsv } from '../../support/parse-csv.ts';
import { serveFixture, storyId, storyOf, wire } from '../../support/serve-fixture.ts';

type App = (request: Request) => Promise<Response>;

const directory = temporaryDirectory();
const fixture = serveFixture();
const asked: string[] = [];
let app: App = fixture.handler;
let server: Awaited<ReturnType<typeof startHttpServer>>;
let url = '';

beforeAll(async () => {
  const answer: App = (request) => {
    asked.push(new URL(request.url).search);
    return app(request);
  };
  server = await startHttpServer({ app: answer, port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  directory.remove();
});

/** A stream that says it is a terminal of this width. */
const terminal = (columns: number) => Object.assign(new PassThrough(), { isTTY: true, columns, rows: 40 });

async function query(
  args: readonly string[],
  parts: Partial<CommandIo> = {},
  environment: Record<string, string> = { SITREP_ENDPOINT: url },
) {
  const [stdout, stderr] = [parts.stdout ?? new PassThrough(), parts.stderr ?? new PassThrough()];
  const printed = [stdout, stderr].map((stream) => (stream instanceof PassThrough ? text(stream) : ''));
  const interrupted = parts.interrupted ?? new AbortController().signal;
  const io = {
    stdin: new PassThrough(),
    workingDirectory: directory.path,
    ...parts,
    stdout,
    stderr,
    interrupted,
  };
  let [exitCode, error]: [number | null, unknown] = [null, null];
  try {
    exitCode = await runQuery(args, io, environment);
  } catch (thrown) {
    error = thrown;
  }
  stdout.end();
  stderr.end();
  const [out = '', err = ''] = await Promise.all(printed);
  return { exitCode, error, message: error instanceof Error ? error.message : '', out, err };
}

/** Asks with another application behind the address. */
async function against(other: App, run: () => ReturnType<typeof query>) {
  app = other;
  try {
    return await run();
  } finally {
    app = fixture.handler;
  }
}

describe('sitrep query', () => {
  it('prints the newest stories as a table of 80 columns', async () => {
    const { exitCode, out, err } = await query([]);
    expect(exitCode).toBe(0);
    const [head, ...rows] = out.trimEnd().split('\n');
    expect(head).toMatch(/^time \(UTC\) +source +topic +title$/);
    expect(rows).toHaveLength(wire.length);
    expect(rows[0]).toMatch(/^11-22 11:00 harbour-post sea\.submarines +Submarine leaves Perth$/);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80);
    expect(err).toBe('5 stories.\n');
  });

  it('sends the filters as they were given', async () => {
    const { out } = await query([
      '--topic',
      'sea,air',
      '--topic',
      '-sea.mines',
      '--q',
      '"leaves Perth"',
      '--since',
      '7d',
    ]);
    expect(out).toContain('Submarine leaves Perth');
    expect(asked.at(-1)).toMatch(
      /^\?topic=sea%2Cair&topic=-sea\.mines&q=%22leaves%20Perth%22&since=7d&limit=50&fields=/,
    );
  });

  it('says when nothing matches', async () => {
    expect(await query(['--country', 'TV'])).toMatchObject({
      exitCode: 0,
      out: '',
      err: 'No story matches.\n',
    });
  });

  it.each(['csv', 'ndjson', 'json'])('gives the bytes of the API as %s', async (format) => {
    const { exitCode, out, err } = await query(['--format', format, '--fields', 'title,id']);
    const answer = await fixture.get(`/api/stories?format=${format}&fields=title,id`);
    expect(out).toBe(await answer.text());
    expect([exitCode, err]).toEqual([0, '']);
  });

  it('follows the cursor until there are as many stories as wanted', async () => {
    const many = serveFixture(
      Array.from({ length: 450 }, (_, n) => storyOf({ n, title: `A "title"\r\n, ${n}` })),
    );
    const before = asked.length;
    const { out } = await against(many.handler, () =>
      query(['--format', 'csv', '--fields', 'id,title', '--limit', '401']),
    );
    const [header, ...records] = parseCsv(out);
    expect(header).toEqual(['id', 'title']);
    expect(records.map(([id]) => id)).toEqual(Array.from({ length: 401 }, (_, n) => storyId(n)));
    expect(asked.slice(before).map((search) => /limit=(\d+)/.exec(search)?.[1])).toEqual(['200', '200', '1']);
  });

  it.each(['ndjson', 'json', 'table'])(
    'reads everything with --all as %s, each story once',
    async (format) => {
      const many = serveFixture(
        Array.from({ length: 450 }, (_, n) => storyOf({ n, title: `Story number ${n}` })),
      );
      const { exitCode, out } = await against(many.handler, () => query(['--all', '--format', format]));
      expect(exitCode).toBe(0);
      const titles = [...out.matchAll(/Story number \d+/g)].map(([title]) => title);
      expect(titles).toEqual(Array.from({ length: 450 }, (_, n) => `Story number ${n}`));
      if (format === 'json') expect(JSON.parse(out)).toMatchObject({ nextCursor: null });
    },
  );

  it('says how to go on when there is more, and goes on from there', async () => {
    const { err } = await query(['--limit', '2']);
    const cursor = /--cursor\s(\S+)/.exec(err)?.[1] ?? '';
    const { out } = await query(['--format', 'ndjson', '--cursor', cursor, '--fields', 'id']);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(wire.slice(2).map(({ id }) => id));
  });

  it('shows one story with the reason for every tag, or as it came', async () => {
    const id = wire[0]?.id ?? '';
    const { out } = await query(['--id', id]);
    expect(out).toMatch(/^Submarine leaves Perth\n\nsource +harbour-post\npublished +2026-11-22 11:00 UTC\n/);
    expect(out).toMatch(/\ntopics +sea\.submarines 0\.90 \(“story” in title\)\n/);
    expect(JSON.parse((await query(['--id', id, '--json'])).out).id).toBe(id);
  });
});

describe('on a terminal', () => {
  it('uses its width and colours, unless they are not wanted', async () => {
    const wide = await query([], { stdout: terminal(120) });
    expect(wide.out).toContain('\u001b[36m');
    const plain = await query([], { stdout: terminal(120) }, { SITREP_ENDPOINT: url, NO_COLOR: '1' });
    expect(plain.out).not.toContain('\u001b');
    const dumb = await query([], { stdout: terminal(120) }, { SITREP_ENDPOINT: url, TERM: 'dumb' });
    expect(dumb.out).not.toContain('\u001b');
  });

  it('is sent no command that a publisher wrote', async () => {
    const hostile = serveFixture([storyOf({ n: 1, title: 'A\u001b[2J\u009b31mB', summary: '\u0090x' })]);
    for (const format of ['table', 'json', 'csv', 'ndjson']) {
      const stdout = terminal(80);
      const environment = { SITREP_ENDPOINT: url, NO_COLOR: '1' };
      const { out } = await against(hostile.handler, () =>
        query(['--format', format], { stdout }, environment),
      );
      expect(out, format).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
    }
  });

  it('shows how far --all has come and takes that away again', async () => {
    const { err } = await query(['--all', '--json'], { stderr: terminal(80) });
    expect(err).toBe('5 stories …\r\u001b[2K5 stories.\n');
  });
});

describe('an interrupt', () => {
  it.each(['json', 'ndjson', 'table'])(
    'ends with what there is, complete as %s, and exit code 130',
    async (format) => {
      const interrupt = new AbortController();
      const many = serveFixture(Array.from({ length: 450 }, (_, n) => storyOf({ n })));
      let answers = 0;
      const second: App = async (request) => {
        answers += 1;
        if (answers === 2) interrupt.abort();
        return many.handler(request);
      };
      const { exitCode, out, err } = await against(second, () =>
        query(['--all', '--format', format], { interrupted: interrupt.signal }),
      );
      expect(exitCode).toBe(130);
      expect(err).toMatch(/^Ended early, after 200 stories; --cursor [\w-]+ goes on\.\n$/);
      if (format === 'json') expect(JSON.parse(out).stories).toHaveLength(200);
      if (format === 'ndjson') expect(out.trimEnd().split('\n')).toHaveLength(200);
    },
  );
});

describe('what goes wrong', () => {
  it('is a usage error that repeats what the wire says of a refused filter', async () => {
    const { error, message, out } = await query(['--topic', 'sea.submarine']);
    expect(isUsageError(error)).toBe(true);
    expect(message).toMatch(/^--topic: Expected a known `topic`/);
    expect(message).toMatch(/\nGot: sea\.submarine\nDid you mean: sea\.submarines\nAllowed: .*sea\.mines/);
    expect(out).toBe('');
  });

  it('is a usage error before anything is asked when an address or a format is none', async () => {
    const before = asked.length;
    const bad = ['wire.example', 'ftp://x', 'http://user:pass@x', 'http://x/?a=b', 'http://'];
    for (const endpoint of bad) {
      expect(isUsageError((await query(['--endpoint', endpoint])).error), endpoint).toBe(true);
    }
    expect(isUsageError((await query(['--format', 'xml'])).error)).toBe(true);
    expect(asked).toHaveLength(before);
  });

  it('names the story that is not there', async () => {
    const { error, message } = await query(['--id', 'x'.repeat(22)]);
    expect(isUsageError(error)).toBe(false);
    expect(message).toMatch(/got 404.*Expected the id of a story/);
  });

  it('says that nobody listens at the address', async () => {
    const closed = await startHttpServer({ app, port: 0, host: '127.0.0.1' });
    await closed.close();
    const { message } = await query(['--endpoint', `http://127.0.0.1:${closed.port}/`]);
    expect(message).toBe(
      `Expected an answer from http://127.0.0.1:${closed.port}, got nobody listening there`,
    );
  });

  it.each<[string, () => Response, RegExp]>([
    [
      'a page',
      () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
      /got text\/html; is it/,
    ],
    [
      'no JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      /got another answer/,
    ],
    ['other JSON', () => Response.json({ stories: 1 }), /got another answer \(stories, nextCursor\)/],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/x' } }), /got 302.*to \/x/],
    ['a failure', () => new Response('oops', { status: 502 }), /got 502/],
    [
      'too much',
      () => new Response('x'.repeat(8_000_001), { headers: { 'content-type': 'application/json' } }),
      /at most 8000000/,
    ],
    [
      'hostile words',
      () => Response.json({ detail: '\u001b[2Jgone' }, { status: 404 }),
      /got 404[^:]*: gone$/,
    ],
  ])('says what came instead of stories: %s', async (_name, answer, message) => {
    const got = await against(
      async () => answer(),
      () => query([]),
    );
    expect(got.message).toMatch(message);
    expect(isUsageError(got.error)).toBe(false);
  });

  it('keeps what was printed before a fault complete', async () => {
    const many = serveFixture(Array.from({ length: 450 }, (_, n) => storyOf({ n })));
    let answers = 0;
    const failing: App = async (request) => {
      answers += 1;
      return answers < 3 ? many.handler(request) : new Response('', { status: 503 });
    };
    const { error, out, err } = await against(failing, () => query(['--all', '--json']));
    expect(error).toBeInstanceOf(Error);
    const { stories, nextCursor } = JSON.parse(out);
    expect(stories).toHaveLength(400);
    expect(err).toContain(`after 400 stories; --cursor ${nextCursor} goes on`);
  });
});

describe('without an address', () => {
  it('says what it looked for and how to start a wire', async () => {
    const { message } = await query(['--data', path.join(directory.path, 'nothing')], {}, {});
    expect(message).toBe(
      'Expected a wire to ask, got no wire in nothing; `npm start` starts one, --endpoint URL asks another',
    );
  });
});
