import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../../../../bin/compile-data.ts';
import { createTagger } from '../../../../../lambdas/core/tag/tag.ts';

const tag = createTagger(loadData(dataDirectory).rules);
const operations = (title: string, summary = '') =>
  tag({ title, summary }).operations.map(({ name }) => name);

describe('operations', () => {
  test.each([
    ['Troops began Operation Amber Lantern at dawn.', 'Operation Amber Lantern'],
    ['They joined exercise Amber Lantern 2025 in Norway.', 'Exercise Amber Lantern'],
    ['Exercise Lanternfish ended.', 'Exercise Lanternfish'],
    ['He fought in the Battle of Arden.', 'Battle of Arden'],
    ['Talisman Sabre 2025 ended.', 'Exercise Talisman Sabre'],
    ['Russia and Ukraine swapped prisoners.', 'Russia-Ukraine war'],
    ['The war goes on in Ukraine.', 'Russia-Ukraine war'],
    ['The Rapid Support Forces shelled a town.', 'Sudan war'],
    ['Israel struck Hamas posts.', 'Gaza war'],
  ])('finds what goes on in: %s', (text, expected) => {
    expect(operations('', text)).toContain(expected);
  });

  test.each([
    'The operation Tuesday was long.',
    'Operation of the plant goes on.',
    'The Operations Center is open.',
    'They exercise on Monday.',
    'A battle of wits.',
    'Battle Of The Bands is back.',
    'Russia and Georgia met.',
    'Ukraine buys trucks.',
  ])('takes nothing of: %s', (text) => {
    expect(operations('', text)).toEqual([]);
  });

  test('a code name ends where a headline goes on', () => {
    expect(operations('Operation Amber Lantern Begins Off Norway Coast')).toEqual([
      'Operation Amber Lantern',
    ]);
  });

  test('an implied war has the words that imply it as evidence', () => {
    const [war] = tag({ title: 'Russia shells Ukraine', summary: '' }).operations;
    expect(war?.evidence.map(({ words }) => words)).toEqual(['Russia', 'Ukraine']);
  });
});
