import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { numbersOf } from '../../../../lambdas/core/cluster/numbers.ts';

const read = (text: string): string[] =>
  numbersOf(text, (word) => word).map(({ value, unit }) => `${value} ${unit}`.trim());

describe('numbers of a text', () => {
  it('reads digits, words and thousands with what they count', () => {
    expect(read('Nine soldiers killed')).toEqual(['9 soldiers']);
    expect(read('some 1,400 drones')).toEqual(['1400 drones']);
  });

  it('reads money with its scale', () => {
    expect(read('a $4.7 billion deal')).toEqual(['4700000000 $']);
    expect(read('€3.75bn for jets')).toEqual(['3750000000 $']);
    expect(read('$20 mln for boots')).toEqual(['20000000 $']);
    expect(read('€3 bln for jets')).toEqual(['3000000000 $']);
  });

  it('takes no scale from the word that follows', () => {
    expect(read('2 Kenyan soldiers')).toEqual(['2 kenyan']);
    expect(read('3 British ships')).toEqual(['3 ships']);
  });

  it('reads percentages', () => {
    expect(read('up 12 percent')).toEqual(['12 %']);
  });

  it('reads what counts the issues of a series', () => {
    expect(read('Show day 2')).toEqual(['2 #day']);
    expect(read('Show day two')).toEqual(['2 #day']);
    expect(read('Contracts for March 15')).toEqual(['15 #mar']);
    expect(read('contracts of 15 March')).toEqual(['15 #mar']);
  });

  it('leaves out years, the word one, and the numbers of designations', () => {
    expect(read('One F-35 delivered in 2026')).toEqual([]);
  });

  it('stops at its bound and never throws', () => {
    expect(read('12 jets '.repeat(200))).toHaveLength(24);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => read(text).length <= 24));
  });
});
