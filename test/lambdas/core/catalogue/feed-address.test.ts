import { expect, test } from 'vitest';
import { isFeedAddress } from '../../../../lambdas/core/catalogue/feed-address.ts';

test.each(['http://a.example/', 'https://a.example:8443/x?y#z', 'HTTPS://A.EXAMPLE', 'http://127.0.0.1/'])(
  '%s is a feed address',
  (url) => {
    expect(isFeedAddress(url)).toBe(true);
  },
);

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
])('%s is none', (url) => {
  expect(isFeedAddress(url)).toBe(false);
});
