import { describe, expect, it } from 'vitest';
import { bareTitle, plainWords } from '../../../../lambdas/core/cluster/title-text.ts';

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
