import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpAddress } from '../../../../lambdas/core/fetch/ip-address.ts';

const group = fc.integer({ min: 0, max: 0xffff });

describe('parseIpAddress', () => {
  it('reads any dotted IPv4 address as its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        const text = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
        expect(parseIpAddress(text)).toEqual({ bits: 32, value: BigInt(value) });
      }),
    );
  });

  it('reads an IPv6 address in full, compressed by the URL parser, and with a dotted tail alike', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(group, fc.constant(0)), { minLength: 8, maxLength: 8 }), (groups) => {
        const value = groups.reduce((sum, part) => sum * 65_536n + BigInt(part), 0n);
        const full = groups.map((part) => part.toString(16)).join(':');
        const [high = 0, low = 0] = groups.slice(6);
        const dotted = `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
        const mixed = `${groups
          .slice(0, 6)
          .map((part) => part.toString(16))
          .join(':')}:${dotted}`;
        const compressed = new URL(`http://[${full}]/`).hostname.slice(1, -1);
        for (const text of [full, full.toUpperCase(), mixed, compressed]) {
          expect(parseIpAddress(text), text).toEqual({ bits: 128, value });
        }
      }),
    );
  });

  it('agrees with the URL parser on what an IPv6 address is', () => {
    const piece = fc.constantFrom(
      '0',
      'f',
      '::',
      ':',
      ':',
      '1.2.3.4',
      '12345',
      'g',
      '%',
      '.',
      '256.1.1.1',
      'abcd',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join('');
        fc.pre(text.includes(':'));
        expect(parseIpAddress(text) !== null, text).toBe(URL.canParse(`http://[${text}]/`));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    '1.2.3.4 ',
    '0x7f.0.0.1',
    '2130706433',
    '127.1',
    '::1%eth0',
    '[::1]',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '::1.2.3.4:5',
    '1.2.3.4::',
    '::12345',
    '::g',
    'example.com',
    '１.2.3.4',
    '::1/128',
    `::${'0'.repeat(60)}`,
  ])('does not take %j for an address', (text) => {
    expect(parseIpAddress(text)).toBeNull();
  });
});
