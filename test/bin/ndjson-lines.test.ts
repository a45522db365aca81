import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { ndjsonLines } from '../../bin/ndjson-lines.ts';

const linesOf = async (chunks: readonly (string | Uint8Array)[]) => {
  const lines: [number, string, boolean][] = [];
  for await (const { number, text, tooLong } of ndjsonLines(Readable.from(chunks)))
    lines.push([number, text.length > 100 ? '…' : text, tooLong]);
  return lines;
};

test('joins what chunks cut, characters included, and counts blank lines', async () => {
  const bytes = Buffer.from('{"é":1}\n\n b\r\nc');
  const chunks = [...bytes].map((byte) => Uint8Array.of(byte));
  expect(await linesOf(chunks)).toEqual([
    [1, '{"é":1}', false],
    [3, ' b\r', false],
    [4, 'c', false],
  ]);
});

test('names a line over the bound and goes on', async () => {
  const part = 'x'.repeat(4_000_000);
  expect(await linesOf(['a\n', part, part, part, part, 'y\nb\n', part, part, part])).toEqual([
    [1, 'a', false],
    [2, '', true],
    [3, 'b', false],
    [4, '', true],
  ]);
});

test('gives nothing for nothing', async () => {
  expect(await linesOf([])).toEqual([]);
  expect(await linesOf(['\n', ' \n'])).toEqual([]);
});

test('leaves out a byte order mark in front and no other', async () => {
  const bytes = Buffer.from('\uFEFF{"a":1}\n\uFEFFb\n');
  const lines = [
    [1, '{"a":1}', false],
    [2, '\uFEFFb', false],
  ];
  expect(await linesOf([bytes])).toEqual(lines);
  expect(await linesOf([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(lines);
  expect(await linesOf(['\uFEFF', '\n\uFEFF\n'])).toEqual([]);
});
