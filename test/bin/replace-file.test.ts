import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { replaceFile } from '../../bin/replace-file.ts';

function scratch() {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-replace-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return { directory, file: path.join(directory, 'a.yaml') };
}

test('replaces a file whole, keeps its permissions and leaves nothing else behind', () => {
  const { directory, file } = scratch();
  writeFileSync(file, 'old and longer');
  chmodSync(file, 0o640);
  replaceFile(file, 'new é');
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new é', 0o640]);
  expect(readdirSync(directory)).toEqual(['a.yaml']);
});

test('makes a file that is not there, and writes through a link', () => {
  const { directory, file } = scratch();
  replaceFile(file, 'one');
  const link = path.join(directory, 'link.yaml');
  symlinkSync(file, link);
  replaceFile(link, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('leaves nothing behind when it cannot', () => {
  const { directory, file } = scratch();
  expect(() => replaceFile(path.join(directory, 'none', 'a.yaml'), 'x')).toThrow(/ENOENT/);
  expect(() => replaceFile(directory, 'x')).toThrow();
  expect(readdirSync(directory)).toEqual([]);
  expect(
    readdirSync(path.dirname(directory)).filter((name) => name.startsWith(`${path.basename(directory)}.`)),
  ).toEqual([]);
  expect(() => readFileSync(file)).toThrow();
});
