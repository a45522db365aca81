import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NextIndex } from '../../../../../lambdas/core/parse/xml/next-index.ts';

describe('NextIndex', () => {
  it('gives what indexOf gives, asked in any order', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-') });
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('a', '--', '-a'),
        fc.array(fc.nat({ max: 30 })),
        (haystack, needle, questions) => {
          const finder = new NextIndex(haystack, needle);
          for (const from of questions) expect(finder.at(from)).toBe(haystack.indexOf(needle, from));
        },
      ),
    );
  });
});
