import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryLimits, readQueryString } from '../../../../lambdas/core/query/query-string.ts';

const pairs = (search: string) => {
  const result = readQueryString(search);
  return result.ok ? result.value.map(({ name, value }) => [name, value]) : null;
};

describe('readQueryString', () => {
  it('reads pairs in order, with and without the question mark', () => {
    expect(pairs('?a=1&b=2&a=3')).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]);
    expect(pairs('a=1')).toEqual([['a', '1']]);
    expect(pairs('')).toEqual([]);
    expect(pairs('?')).toEqual([]);
    expect(pairs('?&&a=1&')).toEqual([['a', '1']]);
  });

  it('reads a plus as a space, keeps further equals signs and gives a bare name an empty value', () => {
    expect(pairs('q=a+b%2Bc&x=1=2&bare')).toEqual([
      ['q', 'a b+c'],
      ['x', '1=2'],
      ['bare', ''],
    ]);
  });

  it.each(['%', '%z1', '%ff', '%c0%ae', '%ed%a0%80', '%f4%90%80%80', '%00', '%0a', '%7f', '%c2%85'])(
    'refuses the value %s and names its parameter',
    (value) => {
      const result = readQueryString(`q=${value}`);
      expect(result).toMatchObject({ ok: false, problem: { parameter: 'q', value } });
    },
  );

  it('refuses a name that cannot be decoded', () => {
    expect(readQueryString('%ff=1')).toMatchObject({
      ok: false,
      problem: { parameter: null, value: '%ff=1' },
    });
  });

  it('decodes once only, so a doubly encoded value stays encoded', () => {
    expect(pairs('topic=sea%252Emines')).toEqual([['topic', 'sea%2Emines']]);
  });

  it('refuses more parameters, longer values and longer queries than its bounds', () => {
    const { parametersMax, valueLengthMax, lengthMax } = queryLimits;
    expect(readQueryString('a=1&'.repeat(parametersMax)).ok).toBe(true);
    expect(readQueryString('a=1&'.repeat(parametersMax + 1)).ok).toBe(false);
    expect(readQueryString(`a=${'x'.repeat(valueLengthMax)}`).ok).toBe(true);
    expect(readQueryString(`a=${'x'.repeat(valueLengthMax + 1)}`)).toMatchObject({
      problem: { parameter: 'a' },
    });
    expect(readQueryString('&'.repeat(lengthMax + 1)).ok).toBe(false);
  });

  it('keeps names that are special to objects as plain names', () => {
    expect(pairs('__proto__=x&constructor.prototype=y')).toEqual([
      ['__proto__', 'x'],
      ['constructor.prototype', 'y'],
    ]);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('gives back whatever URLSearchParams wrote, for text without control characters', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((value) => !/\p{Cc}/u.test(value) && !/\p{Surrogate}/u.test(value));
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            text.filter((name) => name !== ''),
            text,
          ),
          { maxLength: 8 },
        ),
        (list) => {
          expect(pairs(new URLSearchParams(list).toString())).toEqual(list);
        },
      ),
    );
  });

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (search) => {
        expect(readQueryString(search)).toHaveProperty('ok');
      }),
    );
  });
});
