import { describe, expect, test } from 'vitest';
import { createMatcher } from '../../../../lambdas/core/tag/matcher.ts';
import { packIndex } from '../../../../lambdas/core/tag/packed-index.ts';
import { readPhrase } from '../../../../lambdas/core/tag/phrase.ts';
import { tokensOf } from '../../../../lambdas/core/tag/tokens.ts';

const matches = (phrase: string, text: string): boolean => {
  const reading = readPhrase(phrase);
  if (!reading.ok || reading.phrase.kind !== 'plain')
    throw new Error(`Expected a plain phrase, got ${phrase}`);
  const matcher = createMatcher(packIndex(reading.phrase.patterns.map((keys) => [keys, 0])));
  return matcher(tokensOf(text)).length > 0;
};

describe('readPhrase', () => {
  test.each([
    ['cruise missile', 'Cruise Missiles hit'],
    ['cruise missile', 'a cruise-missile test'],
    ['Patriot', 'a Patriot launcher'],
    ['award~ contract', 'awarding contracts'],
    ['marines!', 'two marines'],
    ['(army|navy) drill', 'Navy drills'],
    ['(light|) tank', 'the tank'],
    ['MiG-29', 'MiG 29'],
    ['MiG-29', 'mig29s'],
    ['B-1', 'the B-1B'],
    ['defence budget', 'Defense budgets'],
    ['armoured', 'armored'],
  ])('%s matches “%s”', (phrase, text) => {
    expect(matches(phrase, text)).toBe(true);
  });

  test.each([
    ['cruise missile', 'cruise. Missiles'],
    ['Patriot', 'a patriot'],
    ['marines!', 'marine life'],
    ['training', 'trains'],
    ['B-1', 'Group B 1-0 Group C'],
    ['B-1', 'CB-1'.replace('-', '')],
    ['tank', 'thank tanker'],
    ['M1', 'M113'],
  ])('%s does not match “%s”', (phrase, text) => {
    expect(matches(phrase, text)).toBe(false);
  });

  test.each([
    'a .. b .. c',
    '(a|b',
    'a)',
    '((a))',
    '',
    '..',
    'a ..',
    '!!',
    `(${'a|'.repeat(600)}b)`,
    'a '.repeat(11),
  ])('refuses “%s” with a reason', (text) => {
    const reading = readPhrase(text);
    expect(reading.ok ? '' : reading.reason).toMatch(/^expected /);
  });

  test('splits a phrase with a gap into its parts', () => {
    expect(readPhrase('(buy~|order) .. tanks')).toEqual({
      ok: true,
      phrase: { kind: 'gap', first: ['~buy', 'order'], second: ['tank'] },
    });
  });
});
