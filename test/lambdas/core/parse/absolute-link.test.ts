import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteLink } from '../../../../lambdas/core/parse/absolute-link.ts';

const base = 'https://example.org/dir/feed.xml';

describe('absoluteLink', () => {
  it.each([
    ['https://example.com', 'https://example.com'],
    ['https://Example.com/a/../b?q=ä#x', 'https://Example.com/a/../b?q=ä#x'],
    ['https://exam\nple.com/a', 'https://example.com/a'],
    ['  1.html ', 'https://example.org/dir/1.html'],
    ['../1.html', 'https://example.org/1.html'],
    ['#top', 'https://example.org/dir/feed.xml#top'],
    ['http:/example.com/a', 'http://example.com/a'],
    ['https://example.com/"><script>', 'https://example.com/%22%3E%3Cscript%3E'],
    ['www.example.com', 'https://www.example.com/'],
    ['www-page.html', 'https://example.org/dir/www-page.html'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['vbscript:x', null],
    ['data:text/html,x', null],
    ['file:///etc/passwd', null],
    ['https://', null],
    ['https://exa mple/', null],
    ['', null],
  ])('makes %j into %s', (link, expected) => {
    expect(absoluteLink(link, base)).toBe(expected);
  });

  it('gives null for a relative link without a base', () => {
    expect(absoluteLink('/a', null)).toBeNull();
  });

  it('says the same of a host with accents however often it is asked', () => {
    const answers = new Set(Array.from({ length: 100_000 }, () => absoluteLink('https://é.example/', null)));
    expect([...answers]).toEqual(['https://é.example/']);
  });

  it('gives an http(s) address that a URL can be made of, or null', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `https://${text}`),
        ),
        (link) => {
          const absolute = absoluteLink(link, base);
          if (absolute !== null) expect(new URL(absolute).protocol).toMatch(/^https?:$/);
        },
      ),
    );
  });
});
