import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { termsOf } from '../../../../lambdas/core/cluster/terms.ts';

const folds = new Map([
  ['russian', '@ru'],
  ['russia', '@ru'],
  ['north_korea', '@kp'],
  ['US', '@us'],
]);
const keys = (text: string): string[] => termsOf(text, folds).map(({ key }) => key);

describe('terms of a text', () => {
  it('reads the forms of a verb as one', () => {
    expect(keys('missiles struck the depot')).toEqual(keys('missile strikes depots'));
  });

  it('folds countries and their people, of one word or two, in capitals only', () => {
    expect(keys('Russian jets, Russia, North Korea and the US')).toEqual(['@ru', 'jet', '@ru', '@kp', '@us']);
    expect(keys('join us')).not.toContain('@us');
  });

  it('writes designations alike, however they are spelt and whatever their variant', () => {
    for (const spelling of ['F-35', 'F35', 'F-35A', 'F‑35s']) expect(keys(spelling)).toEqual(['f35']);
  });

  it('leaves out grammar, words of reporting and bare numbers', () => {
    expect(keys('The ministry said on Monday that 12 of them were new')).toEqual(['ministry']);
  });

  it('takes a capital for a name within a sentence, and not in a headline or at its beginning', () => {
    const isName = (text: string, key: string): boolean =>
      termsOf(text, folds).some((term) => term.key === key && term.isName);
    expect(isName('the yard at Rosyth was closed', 'rosyth')).toBe(true);
    expect(isName('Yard At Rosyth Was Closed Again By Owner', 'rosyth')).toBe(false);
    expect(isName('Rosyth closed', 'rosyth')).toBe(false);
  });

  it('reads any text without throwing, and no more terms than its bound', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => termsOf(text, folds).length <= 120));
    expect(termsOf('frigate depot '.repeat(5_000), folds)).toHaveLength(120);
  });
});
