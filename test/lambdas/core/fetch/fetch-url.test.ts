import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../../lambdas/core/fetch/address-guard.ts';
import { type AllowedHosts, noAllowedHosts } from '../../../../lambdas/core/fetch/allowed-hosts.ts';
import { checkFetchUrl, fetchUrlLengthMax } from '../../../../lambdas/core/fetch/fetch-url.ts';

const refused = (url: string, allowed: AllowedHosts = noAllowedHosts): boolean =>
  !checkFetchUrl(url, allowed).ok;

describe('checkFetchUrl', () => {
  it.each([
    'https://www.example.com/feed',
    'http://example.com:8080/feed?x=1',
    'https://example.com:8443/',
    'http://8.8.8.8/feed.xml',
    'http://[2606:2800:220:1::1]/feed.xml',
    'HTTP://EXAMPLE.COM/',
    'http://xn--bcher-kva.example/feed',
    'http://a_b.example.com/feed',
  ])('accepts %s', (text) => {
    const check = checkFetchUrl(text, noAllowedHosts);
    expect(check.ok && check.url.href).toBe(new URL(text).href);
    expect(check.ok && check.allowed).toBe(false);
  });

  it('gives the address without its fragment and without the final dot of its host', () => {
    const check = checkFetchUrl('https://example.com./feed?a=1#b', noAllowedHosts);
    expect(check.ok && check.url.href).toBe('https://example.com/feed?a=1');
  });

  it.each([
    'file:///proc/self/environ',
    'gopher://127.0.0.1:70/',
    'ftp://e/',
    'data:text/xml,<rss/>',
    'blob:http://example.com/x',
    'ws://e/',
    'wss://example.com/',
    'jar:http://example.com/!/',
    'dict://example.com/',
    'JaVaScRiPt:1',
    'about:blank',
    '//example.com/feed',
    '/feed',
    'example.com/feed',
    '',
    'http://',
    'https://exa mple.com/',
  ])('refuses %j, which is not http or https', (url) => {
    expect(refused(url)).toBe(true);
  });

  it.each([
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://127.0.\n0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::7f00:1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[64:ff9b:1::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[2001:0:a9fe::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.100.1:2000/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://255.255.255.255/',
  ])('refuses the private address %j in any spelling', (url) => {
    expect(refused(url)).toBe(true);
  });

  it.each([
    'http://localhost/',
    'http://LOCALHOST/',
    'http://localhost./',
    'http://localhost../',
    'http://feeds.localhost/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://router.home.arpa/',
    'http://localhost.localdomain/',
    'http://wiki.corp/',
    'http://intranet/',
    'http://hidden.onion/',
    'http://a..example.com/',
    'http://example.com../',
    `http://${'a'.repeat(64)}.example.com/`,
  ])('refuses %j, which names no public host', (url) => {
    expect(refused(url)).toBe(true);
  });

  it.each([
    'http://example.com@127.0.0.1/',
    'http://127.0.0.1#@example.com/',
    'http://user:pw@169.254.169.254/',
    'http://user@example.com/',
    'http://:pw@example.com/',
  ])('takes the host from the parsed address and refuses user info: %s', (url) => {
    expect(refused(url)).toBe(true);
  });

  it.each([22, 25, 6379, 9001, 81, 0, 65535, 65536])('refuses port %d on a public host', (port) => {
    expect(refused(`http://example.com:${port}/`)).toBe(true);
  });

  it('refuses an address above the length cap', () => {
    const base = 'http://example.com/';
    expect(refused(base + 'a'.repeat(fetchUrlLengthMax - base.length))).toBe(false);
    expect(refused(base + 'a'.repeat(fetchUrlLengthMax - base.length + 1))).toBe(true);
  });

  it('lets an allowed host be private, on the allowed port only, and still refuses user info and other schemes', () => {
    const allowed: AllowedHosts = new Map<string, ReadonlySet<number> | 'any'>([
      ['127.0.0.1', new Set([9001])],
      ['localhost', 'any'],
      ['[::1]', new Set([80])],
    ]);
    for (const url of [
      'http://127.1:9001/',
      'http://localhost:5/',
      'https://LOCALHOST./',
      'http://[0::1]/',
    ]) {
      const check = checkFetchUrl(url, allowed);
      expect(check.ok && check.allowed, url).toBe(true);
    }
    for (const url of [
      'http://127.0.0.1:9002/',
      'http://127.0.0.1/',
      'http://127.0.0.2:9001/',
      'http://[::1]:81/',
      'http://x.localhost/',
      'http://u@localhost/',
      'ftp://localhost/',
    ]) {
      expect(refused(url, allowed), url).toBe(true);
    }
  });

  it('says what was expected and got', () => {
    const check = checkFetchUrl('http://0x7f.1/', noAllowedHosts);
    expect(check).toEqual({ ok: false, reason: 'Expected a public address, got "127.0.0.1"' });
  });

  it('accepts an IPv4 literal exactly when the address is public, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(10, 16, 8), (value, radix) => {
        const number =
          radix === 16 ? `0x${value.toString(16)}` : radix === 8 ? `0${value.toString(8)}` : `${value}`;
        const dotted = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
        expect(checkFetchUrl(`http://${number}/`, noAllowedHosts).ok).toBe(isPublicAddress(dotted));
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })), (text) => {
        expect(typeof checkFetchUrl(text, noAllowedHosts).ok).toBe('boolean');
      }),
    );
  });
});
