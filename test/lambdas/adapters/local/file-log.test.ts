import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileLog } from '../../../../lambdas/adapters/local/file-log.ts';
import { temporaryDirectory } from '../../../support/local-run.ts';

const { path: directory, remove } = temporaryDirectory();
afterAll(remove);

const clock = () => Date.UTC(2026, 10, 20);
const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

function logAt(name: string, bytesMax?: number) {
  const file = path.join(directory, name);
  const complaints: string[] = [];
  const heard: unknown[] = [];
  const log = createFileLog({
    path: file,
    clock,
    complain: (problem) => complaints.push(problem),
    listener: (event) => heard.push(event),
    ...(bytesMax === undefined ? {} : { bytesMax }),
  });
  return { file, log, complaints, heard };
}

describe('the log of a local run', () => {
  it('writes an event to a line, an error with its code, and goes on in the same file', () => {
    const { file, log } = logAt('plain.log');
    log.info('entry.stored', { story: 's' });
    log.close();
    log.error('poll.finished', { error: Object.assign(new Error('no'), { code: 'X' }) });
    log.close();
    expect(linesOf(file)).toMatchObject([
      { time: '2026-11-20T00:00:00.000Z', level: 'INFO', message: 'entry.stored', story: 's' },
      { level: 'ERROR', error: { name: 'Error', message: 'no', code: 'X' } },
    ]);
  });

  it('sets the file aside when it has grown to the bound, keeps one old file and cuts no line', () => {
    const { file, log, complaints } = logAt('grows.log', 1_000);
    for (let at = 0; at < 100; at += 1) log.info('entry.stored', { at });
    log.close();
    expect(readdirSync(directory).filter((name) => name.startsWith('grows'))).toEqual([
      'grows.log',
      'grows.log.1',
    ]);
    for (const kept of [file, `${file}.1`]) expect(statSync(kept).size).toBeLessThan(1_200);
    const kept = [...linesOf(`${file}.1`), ...linesOf(file)];
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.at(-1)).toMatchObject({ at: 99 });
    expect(complaints).toEqual([]);
  });

  it('survives a file that cannot be written, says so once, and writes again when it can', () => {
    const { file, log, complaints, heard } = logAt('stuck.log');
    mkdirSync(file);
    log.info('entry.stored', { at: 1 });
    log.warn('entry.rejected', { at: 2 });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(`Expected to write the log ${file}`);
    rmdirSync(file);
    log.info('entry.stored', { at: 3 });
    log.close();
    expect(linesOf(file)).toMatchObject([{ at: 3 }]);
    expect(heard).toHaveLength(3);
  });
});
