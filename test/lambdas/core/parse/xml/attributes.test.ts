import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAttributes } from '../../../../../lambdas/core/parse/xml/attributes.ts';

const read = (slice: string): Record<string, string> => Object.fromEntries(readAttributes(slice));

describe('readAttributes', () => {
  it.each([
    [' a="b" C=\'d\'', { a: 'b', c: 'd' }],
    [' a=b c = "d"', { a: 'b', c: 'd' }],
    [' a="&amp;&eacute;&#65;"', { a: '&éA' }],
    [' a="1" a="2"', { a: '1' }],
    [' checked a:b="c"', { checked: '', 'a:b': 'c' }],
    [' a="b"c="d"', { a: 'b', c: 'd' }],
    [' a="unclosed', { a: '', unclosed: '' }],
    [' a="\u0000x\u0092"', { a: 'x’' }],
    ['', {}],
  ])('reads %j', (slice, attributes) => {
    expect(read(slice)).toEqual(attributes);
  });

  it('keeps 64, and none that is giant', () => {
    expect(Object.keys(read(Array.from({ length: 1_000 }, (_, i) => ` a${i}="b"`).join('')))).toHaveLength(
      64,
    );
    expect(read(` href="${'x'.repeat(10_000)}" ${'y'.repeat(300)}="z" rel="self"`)).toEqual({ rel: 'self' });
  });

  it('keeps names such as __proto__ to itself', () => {
    expect(readAttributes(' __proto__="x" constructor="y"').get('constructor')).toBe('y');
    expect(readAttributes('').get('constructor')).toBeUndefined();
  });

  it('gives text for any slice', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '=', '"', "'", ' ', '/', '<', '&') }), (slice) => {
        for (const value of readAttributes(slice).values()) expect(typeof value).toBe('string');
      }),
    );
  });
});
