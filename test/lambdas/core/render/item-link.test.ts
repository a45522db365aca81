import { describe, expect, it } from 'vitest';
import { itemLink } from '../../../../lambdas/core/render/item-link.ts';

describe('itemLink', () => {
  it.each([
    ['https://a.example/b?c=d&e=f#g', 'https://a.example/b?c=d&e=f#g'],
    ['HTTP://A.example', 'http://a.example/'],
    ['https://bücher.example/ä b"<', 'https://xn--bcher-kva.example/%C3%A4%20b%22%3C'],
    ['https://a.example/a|b?c[]=d^{e}`\\#f]', 'https://a.example/a%7Cb?c%5B%5D=d%5E%7Be%7D%60%5C#f%5D'],
    ['https://a.example/100%?q=5%25%zz', 'https://a.example/100%25?q=5%25%25zz'],
    ['https://[2001:db8::1]/a[b]', 'https://[2001:db8::1]/a%5Bb%5D'],
    ['http://127.0.0.1:8080/in-house', 'http://127.0.0.1:8080/in-house'],
  ])('serves %s as %s', (url, served) => {
    expect(itemLink(url)).toBe(served);
  });

  it.each([
    'javascript:alert(1)',
    ' https://a.example',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ftp://a.example/',
    'file:///etc/passwd',
    '//a.example/',
    '/path',
    'https://',
    'https://user@a.example/',
    'https://:pass@a.example/',
    'not a link',
    '',
  ])('drops %j', (url) => {
    expect(itemLink(url)).toBeNull();
  });

  it('has nothing to serve for no link', () => {
    expect(itemLink(null)).toBeNull();
  });
});
