import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandIo, isUsageError } from '../../../bin/command.ts';
import { runRetag } from '../../../bin/commands/retag.ts';
import { dataDirectory } from '../../../bin/compile-data.ts';
import { sitrep, startLocal, temporaryDirectory } from '../../support/local-run.ts';

const directory = temporaryDirectory();
const data = path.join(directory.path, 'wire');
const rules = path.join(directory.path, 'rules');

beforeAll(async () => {
  const { code, stderr } = await sitrep(['local', '--once', '--data', data]);
  expect(code, stderr).toBe(0);
  // Another version of the taxonomy, without what was learnt, so that some stories are tagged otherwise.
  for (const part of ['topics.yaml', 'feeds.yaml', 'gazetteer', 'lexicon.yaml'])
    cpSync(path.join(dataDirectory, part), path.join(rules, part), { recursive: true });
  const file = path.join(rules, 'topics.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^version: (\d+)$/m, 'version: 77'));
}, 120_000);
afterAll(() => directory.remove());

async function retag(args: readonly string[], parts: Partial<CommandIo> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const outputs = Promise.all([text(stdout), text(stderr)]);
  const io = { stdin: new PassThrough(), stdout, stderr, workingDirectory: directory.path, ...parts };
  const interrupted = parts.interrupted ?? new AbortController().signal;
  let exitCode: number | null = null;
  let error: unknown = null;
  try {
    exitCode = await runRetag(args, { ...io, interrupted });
  } catch (thrown) {
    error = thrown;
  }
  stdout.end();
  stderr.end();
  const [out, err] = await outputs;
  return { exitCode, error, out, err };
}

const json = async (args: readonly string[]) =>
  JSON.parse((await retag([...args, '--json', '--data', data])).out);

describe('sitrep retag', () => {
  test('finds nothing to do right after a run of the same rules', async () => {
    const { exitCode, out } = await retag(['--data', data]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Taxonomy version \d+: \d+ stories read\.\n +0 {2}gained or lost something\n/);
  });

  test('--dry-run says what other rules would change, twice the same, and writes nothing', async () => {
    const first = await json(['--dry-run', '--rules', rules]);
    expect(first).toMatchObject({ mode: 'dry-run', finished: true, taxonomyVersion: 77, since: null });
    expect(first.stories.read).toBeGreaterThan(140);
    expect(first.stories.changed).toBeGreaterThan(0);
    const [topic] = first.topics;
    expect(topic).toMatchObject({
      name: expect.any(String),
      gained: expect.any(Number),
      lost: expect.any(Number),
    });
    expect([...topic.gainedBy, ...topic.lostBy][0]).toMatchObject({
      id: expect.any(String),
      title: expect.any(String),
    });
    const second = await json(['--dry-run', '--rules', rules]);
    expect(second.stories).toEqual(first.stories);
    expect(second.topics).toEqual(first.topics);
  });

  test('does what the trial said, a part at a time, and a local run serves it', async () => {
    const trial = await json(['--dry-run', '--rules', rules]);
    const part = await retag(['--rules', rules, '--data', data, '--limit', '100']);
    expect([part.exitCode, part.err]).toEqual([0, expect.stringContaining('goes on from there')]);
    const whole = await json(['--rules', rules]);
    expect(whole).toMatchObject({ mode: 'apply', finished: true });
    expect([whole.stories, whole.topics]).toEqual([trial.stories, trial.topics]);
    // Before the run, which brings further stories under the rules of the checkout.
    expect((await json(['--rules', rules, '--since', '2020-01-01'])).stories.changed).toBe(0);
    const run = await startLocal(['--data', data]);
    const example = whole.topics.find(({ gainedBy }: { gainedBy: unknown[] }) => gainedBy.length > 0);
    const answer = await fetch(`${run.url}/api/stories?topic=${example.name}&limit=200`);
    const { stories }: { stories: { id: string }[] } = JSON.parse(await answer.text());
    expect(stories.map(({ id }) => id)).toContain(example.gainedBy[0].id);
    const story = await fetch(`${run.url}/api/stories/${example.gainedBy[0].id}`);
    expect(JSON.parse(await story.text())).toMatchObject({ taxonomyVersion: 77, revision: 1 });
    const held = await retag(['--rules', rules, '--data', data]);
    expect(String(held.error)).toMatch(/Expected .* to be free, got one held by process \d+; stop that run/);
    expect(await run.end('SIGTERM')).toMatchObject({ code: 0 });
  }, 180_000);

  test('ends with 1 when it is interrupted, says what it read and how to go on', async () => {
    const { exitCode, err, out } = await retag(['--rules', rules, '--data', data], {
      interrupted: AbortSignal.abort(),
    });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^Taxonomy version/);
    expect(err).toContain('`sitrep retag` goes on from there');
  });

  test.each([
    ['--limit', '0'],
    ['--limit', 'ten'],
    ['--limit', '-1'],
    ['--since', 'yesterday'],
    ['--data', ''],
    ['--rules', ''],
    ['--force'],
    ['extra'],
  ])('takes %s %s for wrong usage', async (...args) => {
    const { error } = await retag(args);
    expect(isUsageError(error), String(error)).toBe(true);
  });

  test('asks for --data where there is more than one wire, and says so where there is none', async () => {
    const empty = path.join(directory.path, 'empty');
    expect(String((await retag(['--data', empty])).error)).toMatch(/Expected a wire in .*empty, got none/);
    for (const kind of ['sample', 'live']) {
      mkdirSync(path.join(empty, '.sitrep', kind), { recursive: true });
      writeFileSync(path.join(empty, '.sitrep', kind, 'wire.sqlite'), '');
    }
    const { error } = await retag([], { workingDirectory: empty });
    expect([isUsageError(error), String(error)]).toEqual([true, expect.stringContaining('.sitrep/live')]);
    rmSync(path.join(empty, '.sitrep', 'live'), { recursive: true });
  });

  test('is a command of the command line', async () => {
    const { code, stdout } = await sitrep(['retag', '--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: sitrep retag [--dry-run]')]);
  });
});
