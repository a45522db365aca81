import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndjsonText } from '../../../../lambdas/core/render/ndjson.ts';

describe('ndjsonText', () => {
  it('is empty for nothing', () => {
    expect(ndjsonText([])).toBe('');
  });

  it('writes a line for each value, whatever line ends are in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'a\r\n"\\\u0085\u2028\u2029\u000b') })),
        (texts) => {
          const written = ndjsonText(texts.map((text) => ({ text })));
          const lines = written.split(/\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/);
          expect(lines.pop()).toBe('');
          expect(lines.map((line) => JSON.parse(line).text)).toEqual(texts);
        },
      ),
    );
  });
});
