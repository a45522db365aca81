import { describe, expect, it } from 'vitest';
import { readDoctype } from '../../../../../lambdas/core/parse/xml/doctype.ts';

function read(text: string): [rest: string, entities: Record<string, string>] {
  const { end, entities } = readDoctype(text, 0);
  return [text.slice(end), Object.fromEntries(entities)];
}

describe('readDoctype', () => {
  it.each([
    ['<!DOCTYPE rss>x', ['x', {}]],
    ['<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">x', ['x', {}]],
    ['<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c \'d\'>]>x', ['x', { a: 'b', c: 'd' }]],
    ['<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY a "c">] >x', ['x', { a: 'b' }]],
    ['<!DOCTYPE rss [<!ENTITY a "&amp;&#65;&b;"><!ENTITY b "&a;">]>x', ['x', { a: '&A&b;', b: '&a;' }]],
    [
      '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p; <!ENTITY x SYSTEM "file:///etc/passwd">]>x',
      ['x', {}],
    ],
    [`<!DOCTYPE rss [<!ENTITY a "${'b'.repeat(201)}">]>x`, ['x', {}]],
    ['<!DOCTYPE rss [<!ENTITY a "b">x', ['x', {}]],
    ['<!DOCTYPE rss', ['', {}]],
  ])('reads %.70j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('keeps a hundred entities', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => `<!ENTITY e${i} "x">`).join('');
    expect(Object.keys(read(`<!DOCTYPE r [${many}]>`)[1])).toHaveLength(100);
  });
});
