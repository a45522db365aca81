import { expect, test } from 'vitest';
import { closestWord } from '../../../../lambdas/core/words/closest-word.ts';

test.each([
  ['langauge', 'language'],
  ['sorce', 'source'],
  ['TITLE', 'title'],
  ['titel', 'title'],
])('%s most likely meant %s', (word, meant) => {
  expect(closestWord(word, ['source', 'language', 'title'])).toBe(meant);
});

test('a word that is near to nothing meant nothing', () => {
  expect(closestWord('zebra', ['source', 'language'])).toBeNull();
  expect(closestWord('', [])).toBeNull();
  expect(closestWord('x'.repeat(1_000), ['x'.repeat(999)])).toBeNull();
});
