import { describe, expect, it } from 'vitest';
import { bareTitle, comparedTitle, plainWords } from '../../../../lambdas/core/cluster/title-text.ts';

describe('a compared title', () => {
  it.each([
    ['Two ships, 5 bn: govt signs', 'Two ships and the 5 billion: Government signs'],
    ['Defence organisation cancels aluminium order', 'Defence organization cancels aluminum order'],
    ['Poland’s offer', "Poland's offer"],
  ])('is the same for %s and %s', (one, other) => {
    expect(comparedTitle(bareTitle(one))).toBe(comparedTitle(bareTitle(other)));
  });

  it('keeps numbers and names apart', () => {
    expect(comparedTitle('Two ships sail')).not.toBe(comparedTitle('Three ships sail'));
    expect(comparedTitle('Oslo signs')).not.toBe(comparedTitle('Bergen signs'));
  });
});

describe('a bare title', () => {
  it.each([
    ['UPDATE 1-Navy launches frigate', 'Navy launches frigate'],
    ['WATCH: Navy launches frigate', 'Navy launches frigate'],
    ['Exclusive: Breaking: Navy launches frigate', 'Navy launches frigate'],
    ['[Video] Navy launches frigate', 'Navy launches frigate'],
    ['Live – Navy launches frigate', 'Navy launches frigate'],
    ['Navy launches frigate | Harbour Herald', 'Navy launches frigate'],
    ['Navy launches frigate - Reuters', 'Navy launches frigate'],
    ['Navy launches frigate – harbour.com', 'Navy launches frigate'],
  ])('of %s is %s', (title, bare) => {
    expect(bareTitle(title)).toBe(bare);
  });

  it.each([
    'Navy launches frigate - and loses it',
    'Live-fire exercise begins',
    'Read-out of the call',
    'News agency office hit',
    'F-35 - a history of delays',
  ])('keeps %s as it is', (title) => {
    expect(bareTitle(title)).toBe(title);
  });

  it('is not empty where the title is nothing but a label', () => {
    expect(bareTitle('Video: ')).toBe('Video:');
    expect(bareTitle('')).toBe('');
  });

  it('compares words without case, accents and punctuation', () => {
    expect(plainWords('Türkiye’s “Navy”')).toEqual(plainWords('Turkiye NAVY'));
  });
});
