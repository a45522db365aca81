import { describe, expect, it } from 'vitest';
import { allowsHost, parseAllowedHosts } from '../../../../lambdas/core/fetch/allowed-hosts.ts';

function hostsOf(...list: string[]) {
  const parsed = parseAllowedHosts(list);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.hosts;
}

describe('parseAllowedHosts', () => {
  it('allows one port with HOST:PORT and every port with HOST', () => {
    const hosts = hostsOf('127.0.0.1:8000', 'feeds.example');
    expect(allowsHost(hosts, '127.0.0.1', 8000)).toBe(true);
    expect(allowsHost(hosts, '127.0.0.1', 8001)).toBe(false);
    expect(allowsHost(hosts, 'feeds.example', 1)).toBe(true);
    expect(allowsHost(hosts, 'www.feeds.example', 80)).toBe(false);
    expect(allowsHost(hosts, '127.0.0.2', 8000)).toBe(false);
  });

  it('keeps several ports of a host, and any port once HOST stands alone', () => {
    const two = hostsOf('a.example:81', 'a.example:82');
    expect([81, 82, 83].map((port) => allowsHost(two, 'a.example', port))).toEqual([true, true, false]);
    for (const list of [
      ['a.example', 'a.example:81'],
      ['a.example:81', 'a.example'],
    ]) {
      expect(allowsHost(hostsOf(...list), 'a.example', 99)).toBe(true);
    }
  });

  it.each([
    ['LOCALHOST', 'localhost'],
    ['localhost.', 'localhost'],
    ['127.1', '127.0.0.1'],
    ['0x7f000001:80', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['[0:0::1]:80', '[::1]'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['  in-house.example:80 ', 'in-house.example'],
  ])('spells %s as the URL parser does', (entry, hostname) => {
    expect(allowsHost(hostsOf(entry), hostname, 80)).toBe(true);
  });

  it('skips blank entries, as splitting an empty setting gives them', () => {
    expect(hostsOf(...''.split(','), ' ')).toEqual(new Map());
  });

  it.each([
    'http://localhost',
    'localhost/feed',
    'user@localhost',
    '*.example.com',
    '::1',
    '[::1',
    '::1]',
    '[127.0.0.1]',
    '[zz::1]',
    'localhost:',
    'localhost:0',
    'localhost:65536',
    'localhost:http',
    'localhost:80:80',
    'local host',
    ':80',
    '[]',
    '.',
    'a%2eb',
    '10.0.0.0/8',
  ])('refuses %j and says what was expected and got', (entry) => {
    expect(parseAllowedHosts(['fine.example', entry])).toEqual({
      ok: false,
      reason: `Expected HOST or HOST:PORT (an IPv6 address in brackets), got ${JSON.stringify(entry)}`,
    });
  });

  it('refuses a list beyond any real one', () => {
    expect(parseAllowedHosts(Array.from({ length: 1_001 }, () => 'a.example')).ok).toBe(false);
  });
});
