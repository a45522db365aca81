import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runTag } from '../../../bin/commands/tag.ts';

async function tag(args: readonly string[], input = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const outputs = Promise.all([text(stdout), text(stderr)]);
  const exitCode = await runTag(args, { stdin: Readable.from([input]), stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = await outputs;
  return { exitCode, out, err };
}
const story = { id: 'a', title: 'Kenyan navy escorts tanker past pirates', summary: '' };

describe('sitrep tag', () => {
  test('gives a line for each story, names as plain strings', async () => {
    const { exitCode, out } = await tag(
      [],
      `${JSON.stringify(story)}\n${JSON.stringify({ id: 7, title: null })}`,
    );
    expect(exitCode).toBe(0);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(Object.keys(first)).toEqual([
      'id',
      'relevance',
      'topics',
      'countries',
      'organisations',
      'people',
      'systems',
      'operations',
    ]);
    expect(first).toMatchObject({
      id: 'a',
      relevance: 'core',
      countries: ['KE'],
      organisations: ['Kenyan Navy'],
    });
    expect(Object.keys(first.topics[0])).toEqual(['topic', 'score', 'evidence']);
    expect(second).toMatchObject({ id: 7, relevance: 'none', topics: [] });
  });

  test('--explain adds the words behind every name', async () => {
    const { out } = await tag(['-', '--explain'], JSON.stringify(story));
    expect(JSON.parse(out).explain.countries).toEqual([
      { name: 'KE', evidence: [{ field: 'title', words: 'Kenyan', at: 0 }] },
    ]);
  });

  test('reads a file', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-tag-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = path.join(directory, 'in.ndjson');
    writeFileSync(file, JSON.stringify(story));
    expect((await tag([file])).exitCode).toBe(0);
    expect(await tag([path.join(directory, 'none')])).toMatchObject({ exitCode: 1, out: '' });
  });

  test('names bad lines, tags the rest and fails', async () => {
    const bad = ['nonsense', '[]', '{"title":"x"}', '{"id":"b","title":5}'];
    const { exitCode, out, err } = await tag(['-'], [...bad, JSON.stringify(story)].join('\n'));
    expect(exitCode).toBe(1);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 17)),
    ).toEqual(['stdin:1: expected', 'stdin:2: expected', 'stdin:3: expected', 'stdin:4: expected']);
  });

  test('--help says how, wrong usage is 2', async () => {
    expect(await tag(['--help'])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('Usage: sitrep tag'),
    });
    expect(await tag(['--nope'])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('Usage: sitrep tag'),
    });
    expect(await tag(['a', 'b'])).toMatchObject({ exitCode: 2, out: '' });
  });

  test('a data folder that is not valid fails with its problems', async () => {
    expect(await tag(['--data', '/nonexistent'])).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('topics.yaml:1 file: expected a readable file'),
    });
  });
});
