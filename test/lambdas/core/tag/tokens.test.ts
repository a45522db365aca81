import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../../../lambdas/core/tag/tokens.ts';

const shape = (text: string) => tokensOf(text).map(({ text: word, glue }) => `${glue[0]}:${word}`);

describe('tokensOf', () => {
  test.each([
    ['F-35A', ['b:F', 'h:35', 'n:A']],
    ['F35s', ['b:F', 'n:35']],
    ['155mm shells', ['b:155', 'n:mm', 's:shells']],
    ['U.S. Army', ['b:US', 's:Army']],
    ['the U.N.', ['b:the', 's:UN']],
    ['Ukraine’s navy', ['b:Ukraine', 's:navy']],
    ["sailors' pay", ['b:sailors', 'b:pay']],
    ['Harry S. Truman', ['b:Harry', 's:S', 's:Truman']],
    ['one. Two', ['b:one', 'b:Two']],
    ['and/or', ['b:and', 'h:or']],
    ['Su–30', ['b:Su', 'h:30']],
    ['', []],
    ['… — !', []],
  ])('reads %s', (text, tokens) => {
    expect(shape(text)).toEqual(tokens);
  });

  test('drops accents and reads American as British spelling in keys, not in the text', () => {
    const [turkey, defence] = tokensOf('Türkiye defense');
    expect(turkey).toMatchObject({ text: 'Türkiye', start: 0, end: 7 });
    expect(turkey?.keys).toContain('=Turkiye');
    expect(defence?.keys).toContain('defence');
  });

  test('tells the plural of an acronym from a word', () => {
    expect(tokensOf('UAVs')[0]?.keys).toContain('=UAV');
    expect(tokensOf('Patriots')[0]?.keys).not.toContain('=Patriot');
  });

  test('gives an endless word no keys', () => {
    expect(tokensOf('x'.repeat(100_000))[0]?.keys).toEqual([]);
  });

  test('covers the text in order with what it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let end = 0;
        for (const token of tokensOf(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.end).toBeLessThanOrEqual(text.length);
          end = token.end;
        }
      }),
    );
  });
});
