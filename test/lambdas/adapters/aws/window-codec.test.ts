import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed } from '../../../../lambdas/adapters/aws/line-codec.ts';
import { storedWindow, windowOf } from '../../../../lambdas/adapters/aws/window-codec.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);
const entryOf = (number: number, leftDay: number | null) => ({
  key: `g${digestOf(`key ${number}`)}`,
  hash: digestOf(`hash ${number}`),
  seenDay: 20_600 - (number % 30),
  leftDay,
});

describe('a stored window', () => {
  it('comes back exactly, whatever its keys and hashes are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[A-Za-z0-9_-]{0,40}$/),
      fc.constantFrom('', 'abc', 'abcd', 'abcd=', 'ab+/', 'AAAA', '\ud800abc'),
    );
    const day = fc.nat(40_000);
    const entry = fc.record({ key: text, hash: text, seenDay: day, leftDay: fc.option(day) });
    fc.assert(
      fc.property(fc.array(entry), (window) => {
        const { rows, bytes } = storedWindow(window);
        expect(windowOf({ rows: JSON.parse(JSON.stringify(rows)), bytes })).toEqual(window);
      }),
    );
  });

  it('takes at most 26 bytes an entry', () => {
    const window = Array.from({ length: 550 }, (_, at) => entryOf(at, at < 50 ? null : 20_600 - (at % 30)));
    const { rows, bytes } = storedWindow(window);
    expect((packed(rows).length + bytes.length) / window.length).toBeLessThanOrEqual(26);
  });

  it('is refused when its bytes are not as many as its rows say', () => {
    const { rows, bytes } = storedWindow([entryOf(1, null)]);
    expect(() => windowOf({ rows, bytes: bytes.subarray(1) })).toThrow('Expected 24 bytes');
    expect(() => windowOf({ rows, bytes: Buffer.concat([bytes, bytes]) })).toThrow('Expected 24 bytes');
  });
});
