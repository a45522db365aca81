import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../../lambdas/core/fetch/address-guard.ts';

/** First and last address of a block, and the neighbours outside it that are public (null: the neighbour is refused too). */
type Row = readonly [name: string, first: string, last: string, before: string | null, after: string | null];

const ipv4Blocks: readonly Row[] = [
  ['this network', '0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
  ['private 10/8', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['carrier NAT', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['loopback', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['Azure host agent', '168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
  ['link-local', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['private 172.16/12', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['documentation 1', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['AS112', '192.31.196.0', '192.31.196.255', '192.31.195.255', '192.31.197.0'],
  ['AMT', '192.52.193.0', '192.52.193.255', '192.52.192.255', '192.52.194.0'],
  ['former 6to4 relays', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['private 192.168/16', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['AS112 direct', '192.175.48.0', '192.175.48.255', '192.175.47.255', '192.175.49.0'],
  ['benchmarking', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['documentation 2', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['documentation 3', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['multicast', '224.0.0.0', '239.255.255.255', '223.255.255.255', null],
  ['reserved and broadcast', '240.0.0.0', '255.255.255.255', null, null],
];

const all = ':ffff:ffff:ffff:ffff:ffff:ffff';
const ipv6Blocks: readonly Row[] = [
  ['below global unicast', '::', `1fff:ffff${all}`, null, '2000::'],
  ['above global unicast', '4000::', `ffff:ffff${all}`, `3fff:ffff${all}`, null],
  ['protocol assignments', '2001::', `2001:1ff${all}`, `2000:ffff${all}`, '2001:200::'],
  ['Teredo', '2001::', `2001:0${all}`, `2000:ffff${all}`, null],
  ['ORCHID', '2001:10::', `2001:1f${all}`, null, null],
  ['ORCHIDv2', '2001:20::', `2001:2f${all}`, null, null],
  ['documentation', '2001:db8::', `2001:db8${all}`, `2001:db7${all}`, '2001:db9::'],
  ['6to4', '2002::', `2002:ffff${all}`, `2001:ffff${all}`, '2003::'],
  [
    'AS112',
    '2620:4f:8000::',
    '2620:4f:8000:ffff:ffff:ffff:ffff:ffff',
    '2620:4f:7fff:ffff::',
    '2620:4f:8001::',
  ],
  ['documentation 3fff', '3fff::', `3fff:fff${all}`, `3ffe:ffff${all}`, '3fff:1000::'],
  ['discard-only', '100::', '100::ffff:ffff:ffff:ffff', null, null],
  ['NAT64', '64:ff9b::', '64:ff9b::ffff:ffff', null, null],
  ['local NAT64', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', null, null],
  ['IPv4-mapped', '::ffff:0:0', '::ffff:ffff:ffff', null, null],
  ['segment routing', '5f00::', `5f00:ffff${all}`, null, null],
  ['unique local', 'fc00::', `fdff:ffff${all}`, null, null],
  ['link-local', 'fe80::', `febf:ffff${all}`, null, null],
  ['former site-local', 'fec0::', `feff:ffff${all}`, null, null],
  ['multicast', 'ff00::', `ffff:ffff${all}`, null, null],
];

describe('isPublicAddress', () => {
  const blocks = [...ipv4Blocks, ...ipv6Blocks];

  it.each(blocks)('refuses %s from its first to its last address', (_name, first, last) => {
    expect(isPublicAddress(first)).toBe(false);
    expect(isPublicAddress(last)).toBe(false);
  });

  it.each(
    blocks.flatMap(([name, , , before, after]) =>
      [before, after].flatMap((neighbour) => (neighbour === null ? [] : [[neighbour, name] as const])),
    ),
  )('accepts %s, which lies just outside %s', (neighbour) => {
    expect(isPublicAddress(neighbour)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '93.184.216.34',
    '1.1.1.1',
    '2606:2800:220:1::',
    '2a00:1450:4001::200e',
    '2400:CB00::1',
  ])('accepts %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each([
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::7f00:1',
    '::ffff:8.8.8.8',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '2001:0:a9fe::',
    'fd00:ec2::254',
    'fe80::1',
    '169.254.169.254',
    '169.254.100.1',
  ])('refuses %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });

  it.each([
    '',
    'localhost',
    '127.1',
    '0',
    '8.8.8',
    '8.8.8.08',
    ' 8.8.8.8',
    '8.8.8.8/32',
    '[2606:2800::1]',
    '2606:2800::1%1',
  ])('refuses %j, which is no exact spelling of an address', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });

  it('refuses every IPv6 address that carries a private IPv4 address in a transition form', () => {
    const privateV4 = fc.tuple(fc.constantFrom(10, 127, 0, 240), fc.nat(255), fc.nat(255), fc.nat(255));
    fc.assert(
      fc.property(privateV4, (octets) => {
        const hex = octets.map((part) => part.toString(16).padStart(2, '0'));
        const tail = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
        for (const form of [
          `::${tail}`,
          `::ffff:${tail}`,
          `64:ff9b::${tail}`,
          `2002:${tail}::1`,
          `2001:0:${tail}::`,
        ]) {
          expect(isPublicAddress(form), form).toBe(false);
        }
      }),
    );
  });

  it('answers for any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof isPublicAddress(text)).toBe('boolean');
      }),
    );
  });
});
