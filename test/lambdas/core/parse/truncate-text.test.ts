import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncateText } from '../../../../lambdas/core/parse/truncate-text.ts';

describe('truncateText', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['one two three', 9, 'one two…'],
    ['one, two', 6, 'one…'],
    ['abcdefghij', 5, 'abcd…'],
    ['🚢🚢🚢🚢', 3, '🚢🚢…'],
    ['🚢🚢🚢', 3, '🚢🚢🚢'],
    ['a👩‍👩‍👧‍👦b', 5, 'a…'],
    ['ae\u0301e\u0301', 4, 'ae\u0301…'],
    ['🇵🇱🇵🇱', 3, '🇵🇱…'],
  ])('cuts %j to %i code points', (text, max, expected) => {
    expect(truncateText(text, max)).toBe(expected);
  });

  it('cuts where a segmenter would, in any script', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    const mixed = fc.array(
      fc.constantFrom('a', 'é', 'e\u0301', 'ж', 'й', '防', '국', '\u1112\u1161', '🚢', '👩‍👦', '🇵🇱', 'क्षि'),
      {
        minLength: 8,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(mixed, fc.integer({ min: 2, max: 12 }), (parts, max) => {
        const text = parts.join('');
        const kept = truncateText(text, max);
        const ends = [...segmenter.segment(text)].map(({ index }) => index);
        if (kept.endsWith('…')) expect([0, ...ends]).toContain(kept.length - 1);
      }),
    );
  });

  it('cuts even inside a grapheme that never ends', () => {
    const cut = truncateText(`a${'\u0301'.repeat(10_000)}`, 100);
    expect([...cut]).toHaveLength(100);
  });

  it('never exceeds the bound, tears a character or changes what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, max) => {
        const cut = truncateText(text, max);
        expect([...cut].length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        if ([...text].length <= max) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });
});
