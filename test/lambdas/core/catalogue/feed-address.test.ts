import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readCatalogue } from '../../../../lambdas/core/catalogue/catalogue.ts';
import { feedAddressKey, isFeedAddress } from '../../../../lambdas/core/catalogue/feed-address.ts';

test.each([
  'http://a.example/',
  'https://a.example:8443/x?y#z',
  'HTTPS://A.EXAMPLE',
  'http://127.0.0.1/',
  'https://[::1]/',
  'https://a.example./',
])('%s is a feed address', (url) => {
  expect(isFeedAddress(url)).toBe(true);
});

test.each([
  '',
  'a.example',
  '//a.example/',
  'ftp://a.example/',
  'https://u@a.example/',
  'https://:p@a.example/',
  'https://',
  'http://[',
  ' https://a.example/',
  'file:///etc/passwd',
  'https://www../f',
  'https://a..example/f',
  `https://${'a'.repeat(64)}.example/f`,
  `https://${'abcdefghi.'.repeat(29)}example/f`,
])('%s is none', (url) => {
  expect(isFeedAddress(url)).toBe(false);
});

test.each([
  ['http://www.a.example/f/', 'https://a.example/f', true],
  ['https://a.example/f?utm_source=x&b=1#top', 'https://a.example/f?b=1', true],
  ['https://a.example/f?outputType=xml', 'https://a.example/f', false],
  ['https://a.example/f?b=1', 'https://a.example/f?b=2', false],
  ['https://a.example/f', 'https://a.example:8443/f', false],
  ['https://a.example/f', 'https://a.example/F', false],
  ['', 'nonsense', false],
])('%s and %s are one feed: %s', (one, other, same) => {
  expect(feedAddressKey(one) === feedAddressKey(other)).toBe(same);
});

test('the shipped catalogue has no feed twice', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../../../../data/feeds.yaml'), 'utf8');
  const reading = readCatalogue(text, 'feeds.yaml');
  const keys = reading.ok ? reading.catalogue.feeds.map(({ url }) => feedAddressKey(url)) : [];
  expect(keys.length).toBeGreaterThan(100);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});
