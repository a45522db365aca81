import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { readBounded, readStreamBounded } from '../../bin/read-bounded.ts';

test('reads a file up to its bound and names what it cannot read', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-read-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'a');
  writeFileSync(file, 'x'.repeat(200_000));
  expect(readBounded(file, 200_000)).toHaveLength(200_000);
  expect(() => readBounded(file, 199_999)).toThrow(`Expected ${file} to have at most 199999 bytes, got more`);
  expect(() => readBounded('/dev/zero', 10)).toThrow('at most 10 bytes');
  expect(() => readBounded(directory, 10)).toThrow(`got the directory ${directory}`);
  expect(() => readBounded(`${file}.none`, 10)).toThrow(`${file}.none: no such file`);
});

test('reads a stream up to its bound', async () => {
  const stream = () => Readable.from([Buffer.from('ab'), 'c']);
  expect(String(await readStreamBounded(stream(), 'stdin', 3))).toBe('abc');
  await expect(readStreamBounded(stream(), 'stdin', 2)).rejects.toThrow(
    'Expected stdin to have at most 2 bytes',
  );
});
