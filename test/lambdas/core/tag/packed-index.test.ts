import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackedIndex, packIndex } from '../../../../lambdas/core/tag/packed-index.ts';

const part = fc.stringMatching(/^[~=!%@#-]?[a-zé0-9-]{1,8}$/);
const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));

describe('PackedIndex', () => {
  test('gives back every entry behind its first part', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat(100_000)), { maxLength: 40 }), (entries) => {
        const index = new PackedIndex(packIndex(entries));
        for (const [whole, value] of entries) {
          const [first = '', ...rest] = whole.split(' ');
          expect(index.after(first)).toContainEqual({ rest: rest.join(' '), value });
        }
        const firsts = new Set(entries.map(([whole]) => whole.split(' ')[0] ?? ''));
        const found = [...firsts].flatMap((first) => index.after(first) ?? []);
        expect(found).toHaveLength(entries.length);
      }),
    );
  });

  test('knows nothing of other parts, and an empty index knows nothing', () => {
    expect(new PackedIndex(packIndex([['cruise missile', 1]])).after('missile')).toBeNull();
    expect(new PackedIndex('').after('')).toBeNull();
  });
});
