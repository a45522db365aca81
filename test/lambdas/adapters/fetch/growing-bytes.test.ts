import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growingBytes } from '../../../../lambdas/adapters/fetch/growing-bytes.ts';

describe('growingBytes', () => {
  it('gives back what was added, in order, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { maxLength: 8 }), (sizes) => {
        const chunks = sizes.map((size, at) => Buffer.alloc(size, at + 1));
        const bytes = growingBytes();
        for (const chunk of chunks) bytes.add(chunk);
        expect(bytes.size()).toBe(sizes.reduce((sum, size) => sum + size, 0));
        expect(Buffer.concat(chunks).equals(bytes.all())).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('copies what it is given', () => {
    const bytes = growingBytes();
    const chunk = Buffer.from('abc');
    bytes.add(chunk);
    chunk.fill('x');
    expect(Buffer.from(bytes.all()).toString()).toBe('abc');
  });
});
