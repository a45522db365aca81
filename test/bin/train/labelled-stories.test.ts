import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLabelledStories } from '../../../bin/train/labelled-stories.ts';

const slugs = new Set(['sea.submarines']);
const good = { title: 'Boat sails', summary: '', relevance: 'core', topics: ['sea.submarines'] };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'labelled-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readLabelledStories', () => {
  test('reads the files of a folder in order of name and leaves others alone', () => {
    writeFileSync(path.join(folder, 'b.ndjson'), `${JSON.stringify({ ...good, title: 'B' })}\n`);
    writeFileSync(path.join(folder, 'a.ndjson'), `${JSON.stringify({ ...good, title: 'A' })}\n\n`);
    writeFileSync(path.join(folder, 'README.md'), 'no story');
    expect(readLabelledStories(folder, slugs).map(({ title }) => title)).toEqual(['A', 'B']);
  });

  test.each([
    ['no JSON', 'no', /a\.ndjson:2: expected a labelled story/],
    ['an unknown topic', JSON.stringify({ ...good, topics: ['sea.boats'] }), /a\.ndjson:2: expected a topic/],
    [
      'a story outside defence with topics',
      JSON.stringify({ ...good, relevance: 'none' }),
      /:2: expected no topics/,
    ],
  ])('refuses %s with its line', (_case, line, message) => {
    writeFileSync(path.join(folder, 'a.ndjson'), `${JSON.stringify(good)}\n${line}\n`);
    expect(() => readLabelledStories(folder, slugs)).toThrow(message);
  });
});
