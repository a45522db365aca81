import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDirectory } from '../../../bin/local/make-directory.ts';

function scratch(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-make-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test('makes what is missing, and twice is once', () => {
  const deep = path.join(scratch(), 'a', 'b', 'c');
  makeDirectory(deep);
  makeDirectory(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
});

test('throws where a file is in the way, a link leads nowhere or nothing can be made', () => {
  const directory = scratch();
  const file = path.join(directory, 'file');
  writeFileSync(file, '');
  const link = path.join(directory, 'link');
  symlinkSync(path.join(directory, 'nowhere'), link);
  for (const place of [file, path.join(file, 'x'), link, '/proc/sitrep/x'])
    expect(() => makeDirectory(place), place).toThrow();
});
