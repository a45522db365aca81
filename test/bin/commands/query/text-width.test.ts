import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutToWidth,
  fitToWidth,
  textWidth,
  wrappedToWidth,
} from '../../../../bin/commands/query/text-width.ts';

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['F-35', 4],
    ['Łódź', 4],
    ['e\u0301', 1],
    ['日本', 4],
    ['ＡＢ', 4],
    ['한국', 4],
    ['潜水艦 A', 8],
    ['🚢', 2],
    ['👩‍🚀', 2],
    ['🇫🇮', 2],
    ['a\u200bb', 2],
    ['…–“”', 4],
  ])('of %j is %d', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('cutToWidth and fitToWidth', () => {
  it('leave alone what fits and end with an ellipsis what does not', () => {
    expect(cutToWidth('frigate', 7)).toBe('frigate');
    expect(cutToWidth('frigates', 7)).toBe('frigat…');
    expect(cutToWidth('two words', 5)).toBe('two…');
    expect(cutToWidth('anything', 0)).toBe('');
  });

  it('never cut a sign apart', () => {
    expect(cutToWidth('日本語', 4)).toBe('日…');
    expect(cutToWidth('a👩‍🚀b', 3)).toBe('a…');
  });

  it('keep to the width whatever the text', () => {
    const unit = fc.constantFrom('a', ' ', '日', '\u0301', '🚢', '\u200d', 'ﾊ', 'é');
    fc.assert(
      fc.property(fc.string({ unit }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(textWidth(cutToWidth(text, width))).toBeLessThanOrEqual(width);
        expect(textWidth(fitToWidth(text, width))).toBe(width);
      }),
    );
  });
});

describe('wrappedToWidth', () => {
  it('breaks between words and leaves a long word whole', () => {
    expect(wrappedToWidth('a bb ccc https://example.org/long d', 6)).toEqual([
      'a bb',
      'ccc',
      'https://example.org/long',
      'd',
    ]);
  });
});
