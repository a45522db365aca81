import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCluster } from '../../../bin/commands/cluster.ts';

async function cluster(args: readonly string[], input = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const outputs = Promise.all([text(stdout), text(stderr)]);
  const exitCode = await runCluster(args, { stdin: Readable.from([input]), stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = await outputs;
  const lines = out
    .split('\n')
    .filter((line) => line.startsWith('{"id":'))
    .map((line) => JSON.parse(line));
  return { exitCode, out, err, lines };
}
const ndjson = (items: readonly unknown[]): string =>
  items.map((item) => `${JSON.stringify(item)}\n`).join('');

const summary =
  'The frigate Hvalross lost power off Ålesund after a fire in its auxiliary engine room and was towed to Ramsund by two tugs; no sailor was hurt.';
const first = {
  id: 'a',
  title: 'Norwegian frigate Hvalross towed to Ramsund after engine room fire',
  summary,
  outlet: 'Fjord News',
  published: '2026-03-01T10:00:00Z',
};
const copy = { ...first, id: 7, outlet: 'Harbour Post', published: '2026-03-01T12:30:00Z' };
const report = {
  id: 'c',
  title: 'Fire cripples Norwegian frigate Hvalross, tugs bring ship to Ramsund',
  summary:
    'Two tugs took the frigate Hvalross to Ramsund on Sunday after a blaze in an auxiliary engine room left the ship without power off Ålesund.',
  outlet: 'Naval Eye',
  published: '2026-03-01T15:00:00Z',
};
const other = {
  id: 'd',
  title: 'Chile orders six maritime patrol aircraft',
  summary: 'The Chilean navy signed for six turboprop patrol aircraft with deliveries from 2029.',
  outlet: 'Naval Eye',
  published: '2026-03-01T16:00:00Z',
};

describe('sitrep cluster', () => {
  test('names the original of a copy and the first story of an event, in the order of the lines', async () => {
    const { exitCode, lines, err } = await cluster([], ndjson([first, copy, report, other]));
    expect([exitCode, err]).toEqual([0, '']);
    expect(lines).toEqual([
      { id: 'a', story: 'a', cluster: 'a' },
      { id: 7, story: 'a', cluster: 'a' },
      { id: 'c', story: 'c', cluster: 'a' },
      { id: 'd', story: 'd', cluster: 'd' },
    ]);
  });

  test('reads a file, and --json changes nothing', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-cluster-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = path.join(directory, 'in.ndjson');
    writeFileSync(file, ndjson([first, copy]));
    const { exitCode, lines } = await cluster([file, '--json']);
    expect(exitCode).toBe(0);
    expect(lines.map((line) => line.story)).toEqual(['a', 'a']);
  });

  test('takes a day, a month, a year, nothing and null for a time, and takes them to come in order', async () => {
    const times = ['2026-03-01', '2026-03', '2026', '', null, undefined];
    const items = times.map((published, at) => ({ ...first, id: at, outlet: `outlet ${at}`, published }));
    const { exitCode, lines } = await cluster([], ndjson(items));
    expect(exitCode).toBe(0);
    expect(lines.map((line) => line.story)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('does not let one wrong date keep the lines after it apart', async () => {
    const wrong = { ...other, id: 'wrong', published: '2099-01-01' };
    const { lines } = await cluster([], ndjson([wrong, first, copy]));
    expect(lines.map((line) => line.story)).toEqual(['wrong', 'a', 'a']);
  });

  test('keeps the same text apart when months lie between', async () => {
    const later = { ...copy, published: '2026-07-01T10:00:00Z' };
    const { lines } = await cluster([], ndjson([first, later]));
    expect(lines.map((line) => line.cluster)).toEqual(['a', 7]);
  });

  test('gives a line also for a story without any text', async () => {
    const { exitCode, lines } = await cluster(
      [],
      ndjson([{ id: 'x' }, { id: 'y', title: null, summary: '' }]),
    );
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      { id: 'x', story: 'x', cluster: 'x' },
      { id: 'y', story: 'y', cluster: 'y' },
    ]);
  });

  test('names each line that cannot be read, does the rest and exits with 1', async () => {
    const bad = [
      '{',
      '[]',
      '{"id":null}',
      JSON.stringify({ ...first, id: 'a' }),
      '{"id":"z","published":"soon"}',
    ];
    const { exitCode, lines, err } = await cluster(
      [],
      `${ndjson([first])}${bad.join('\n')}\n\n${ndjson([copy])}`,
    );
    expect(exitCode).toBe(1);
    expect(lines.map((line) => line.id)).toEqual(['a', 7]);
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^stdin:2: expected an object with id.*got no JSON: \{$/),
      expect.stringMatching(/^stdin:3: expected an object with id/),
      expect.stringMatching(/^stdin:4: expected an object with id.*in id: /),
      expect.stringMatching(/^stdin:5: expected an id of its own, got that of line 1$/),
      expect.stringMatching(/^stdin:6: expected published to be a date or null, got "soon"$/),
    ]);
  });

  test('takes ids that look like anything', async () => {
    const ids = ['__proto__', 'constructor', '', '😀', 'line-000000000001', 0, -1.5];
    const { exitCode, lines } = await cluster(
      [],
      ndjson(ids.map((id) => ({ ...first, id, outlet: `of ${id}` }))),
    );
    expect(exitCode).toBe(0);
    expect(lines.map((line) => line.id)).toEqual(ids);
    expect(new Set(lines.map((line) => line.story))).toEqual(new Set(['__proto__']));
  });

  test('says with --explain what a story was compared with and what came of it', async () => {
    const { lines } = await cluster(['--explain'], ndjson([first, copy, report, other]));
    const [nearest] = lines[1].explain.nearest;
    expect(nearest).toMatchObject({ id: 'a', sameStory: true, sameCluster: true, isCopy: true });
    expect(nearest.score).toBeGreaterThan(0);
    expect(Object.keys(nearest.evidence).length).toBeGreaterThan(0);
    expect(lines[0].explain.nearest.map((near: { id: unknown }) => near.id)).toContain('c');
    expect(lines[3].explain.nearest.every((near: { sameCluster: boolean }) => !near.sameCluster)).toBe(true);
  });

  test('writes nothing for nothing, and its help for --help', async () => {
    expect(await cluster([], '')).toMatchObject({ exitCode: 0, out: '', err: '' });
    expect((await cluster(['--help'])).out).toMatch(/^Usage: sitrep cluster/);
  });

  test('says what is wrong with its arguments and files', async () => {
    for (const args of [['a', 'b'], ['--no-such'], ['--data', '']]) {
      const { exitCode, err } = await cluster(args);
      expect([exitCode, err.includes('Usage: sitrep cluster')]).toEqual([2, true]);
    }
    const missing = await cluster(['no-such-file.ndjson']);
    expect([missing.exitCode, missing.err.includes('no-such-file.ndjson')]).toEqual([1, true]);
  });
});
