import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesWords, readSearch, readWords } from '../../../../lambdas/core/query/word-query.ts';
import { foldedText } from '../../../../lambdas/core/words/folded-text.ts';

const matches = (q: string, ...fields: readonly string[]) => matchesWords(readWords([q]), fields);

describe('readWords', () => {
  it('tells words, phrases and exclusions apart', () => {
    expect(readWords(['carrier "strike group" -drill -"port visit" F-35'])).toEqual({
      all: ['carrier', 'strike group', 'f 35'],
      none: ['drill', 'port visit'],
    });
  });

  it('ends an unfinished phrase with the text and leaves out what holds no word', () => {
    expect(readWords(['"strike group', '- *** "" -""'])).toEqual({ all: ['strike group'], none: [] });
  });

  it.each(['") OR attribute_exists(pk', '(a+)+$', '.*.*.*', '$where: 1', "' OR '1'='1", '%', '\\'])(
    'takes %j as text, never as a pattern or an expression',
    (q) => {
      expect(matches(q, 'anything else')).toBe(readWords([q]).all.length === 0);
      expect(matches(q, `before ${q} after`)).toBe(true);
    },
  );
});

describe('matchesWords', () => {
  it('finds whole words whatever their case, accents and punctuation', () => {
    expect(matches('defense', 'La DÉFENSE nationale')).toBe(true);
    expect(matches('défense', 'la defense')).toBe(true);
    expect(matches('sub', 'submarine')).toBe(false);
    expect(matches('navy', "The navy's plan")).toBe(true);
    expect(matches('F-35', 'An F 35 and an F35')).toBe(true);
    expect(matches('f35', 'F-35')).toBe(false);
  });

  it('finds a phrase only in order and inside one field', () => {
    expect(matches('"strike group"', 'the strike-group sails')).toBe(true);
    expect(matches('"group strike"', 'strike group')).toBe(false);
    expect(matches('"strike group"', 'strike', 'group')).toBe(false);
    expect(matches('strike group', 'strike', 'group')).toBe(true);
  });

  it('drops what holds an excluded word', () => {
    expect(matches('navy -drill', 'navy drill')).toBe(false);
    expect(matches('navy -drill', 'navy sails')).toBe(true);
    expect(matches('-drill', 'navy sails')).toBe(true);
  });

  it('finds words of scripts that are written without spaces', () => {
    expect(matches('潜水艦', '海上自衛隊の潜水艦が出港')).toBe(true);
    expect(matches('флот', 'Тихоокеанский флот')).toBe(true);
  });

  it('finds every word of a text in that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const word of foldedText(text).trim().split(' ')) expect(matches(`"${word}"`, text)).toBe(true);
      }),
    );
  });
});

describe('readSearch', () => {
  it('combines occurrences and keeps their text for links', () => {
    expect(readSearch(['navy  -drill', 'carrier'])).toMatchObject({
      ok: true,
      value: { q: ['carrier', 'navy -drill'], words: { all: ['carrier', 'navy'], none: ['drill'] } },
    });
  });

  it.each([[''], ['***'], ['word '.repeat(100)], [Array.from({ length: 17 }, (_, n) => `w${n}`).join(' ')]])(
    'refuses %j',
    (q) => {
      expect(readSearch([q])).toMatchObject({ ok: false, problem: { parameter: 'q' } });
    },
  );
});
