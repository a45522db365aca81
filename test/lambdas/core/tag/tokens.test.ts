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
    ["sailors' pay", ['b:sailors', 's:pay']],
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

  test('knows the plural of an acronym and of a name, and leaves short names alone', () => {
    expect(tokensOf('UAVs')[0]?.keys).toContain('=UAV');
    expect(tokensOf('Rafales')[0]?.keys).toContain('=Rafale');
    for (const word of ['Laos', 'Mars', 'Ross', 'US'])
      expect(tokensOf(word)[0]?.keys.filter((key) => key.startsWith('='))).toEqual([`=${word}`]);
  });

  test.each(['R&D', 'Harland & Wolff', '5.56 mm', "can't go", 'Légion d’honneur'])('joins %s', (text) => {
    const glues = tokensOf(text).map(({ glue }) => glue);
    expect(glues.slice(1)).not.toContain('break');
  });

  test.each(['end. Next', "the 'arms' talks", 'in 2025. 14 ships', 'one. 2'])('keeps apart %s', (text) => {
    const glues = tokensOf(text).map(({ glue }) => glue);
    expect(glues.slice(1)).toContain('break');
  });

  test('joins a genitive to what follows, and a quotation mark to nothing', () => {
    expect(tokensOf("veterans' benefits")[1]?.glue).toBe('space');
    expect(tokensOf('leaders’ summit')[1]?.glue).toBe('space');
    expect(tokensOf("the 'arms race' talks")[3]?.glue).toBe('break');
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
