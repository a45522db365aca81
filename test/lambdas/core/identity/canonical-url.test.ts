import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, stableUrl } from '../../../../lambdas/core/identity/canonical-url.ts';

describe('canonicalUrl', () => {
  it.each([
    'https://example.org/a',
    'http://example.org/a',
    'HTTP://EXAMPLE.org:80/a',
    'https://example.org:443/a/',
    'https://www.example.org/a',
    'https://m.example.org/a',
    'https://amp.example.org/a',
    'https://www.mobile.example.org/a',
    'https://ann:secret@example.org/a',
    'https://example.org./a#top',
    'https://example.org/a?',
    'https://example.org/a?utm_source=rss&utm_medium=feed',
    'https://example.org/a?fbclid=x&gclid=y&mc_cid=z&UTM_Campaign=q',
    'https://example.org/a/amp/',
    'https://example.org/a?amp=1',
    'https://example.org/a?outputType=amp',
    'https://example.org/%61',
    'https://example.org/%%361',
    ' https://example.org/a\n',
    'https://touch.example.org/a',
    'https://wap.example.org/a',
    'https://example.org//a//',
    'https://example.org/a/index.html',
    'https://example.org/a/Default.aspx',
    'https://example.org/amp/a',
    'https://example.org/a/amp.html',
    'https://example.org/a?_amp=true',
    'https://example.org/a?view=amp',
    'https://example.org/a?m=1',
    'https://example.org/a?ref=rss&source=twitter',
    'https://example.org/a?rss=feed&gad_source=1&ml_subscriber=5',
    'https://example.org/a#comments',
    'https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a',
    'https://www.google.com/amp/s/amp.example.org/a',
    'https://www.google.com/url?rct=j&url=https%3A%2F%2Fexample.org%2Fa&ct=ga',
  ])('makes one of %s', (url) => {
    expect(canonicalUrl(url)).toBe('https://example.org/a');
  });

  it.each([
    ['path case', 'https://example.org/A', 'https://example.org/a'],
    ['host', 'https://example.org/a', 'https://example.com/a'],
    ['port', 'https://example.org:8443/a', 'https://example.org/a'],
    ['encoded slash', 'https://example.org/a%2fb', 'https://example.org/a/b'],
    ['parameter', 'https://example.org/?p=1', 'https://example.org/?p=2'],
    ['order of parameters', 'https://example.org/?a=1&b=2', 'https://example.org/?b=2&a=1'],
    ['a way that is a page', 'https://example.org/a?ref=12', 'https://example.org/a'],
    ['the route behind the fragment', 'https://example.org/#!/a', 'https://example.org/#!/b'],
    ['a word that ends in amp', 'https://example.org/camp', 'https://example.org/c'],
    ['a section called amplifiers', 'https://example.org/amplifiers/a', 'https://example.org/a'],
    ['a page called m', 'https://example.org/a?m=2', 'https://example.org/a'],
    ['parameter that begins like a tracker', 'https://example.org/?utmost=1', 'https://example.org/'],
  ])('keeps addresses apart that differ in %s', (_, one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
  });

  it.each([
    ['https://example.org', 'https://example.org'],
    ['https://example.org/', 'https://example.org'],
    ['https://m.com/x', 'https://m.com/x'],
    ['https://en.m.example.org/x', 'https://en.example.org/x'],
    ['https://münchen.example/x', 'https://xn--mnchen-3ya.example/x'],
    ['https://example.org/#/a/b', 'https://example.org#/a/b'],
    ['https://example.org/a%2fb?c=%2f', 'https://example.org/a%2Fb?c=%2F'],
    ['https://example.org/?p=1&utm_source=x&q=2#c', 'https://example.org?p=1&q=2'],
    ['mailto:ann@example.org', 'mailto:ann@example.org'],
    ['tag:example.org,2024:1', 'tag:example.org,2024:1'],
    ['', ''],
  ])('gives %s as %s', (url, expected) => {
    expect(canonicalUrl(url)).toBe(expected);
  });

  const part = fc.array(
    fc.constantFrom(
      'a',
      'A',
      '/',
      '%',
      '37',
      '7E',
      '2f',
      'amp',
      '.amp',
      '.html',
      '?',
      '&',
      '=',
      'utm_a',
      'www.',
      'm.',
      '#',
      ' ',
      'é',
      ';',
      '..',
      ':80',
      'index.html',
      '%2e',
      '//',
      '#!/',
      'google.com/url?q=http://',
      'urldefense.com/v3/__https://',
      '__;!!x',
      ';jsessionid=1',
    ),
    { maxLength: 12 },
  );

  it('is idempotent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          part.map((parts) => `http://www.example.org/${parts.join('')}`),
          part.map((parts) => `https://${parts.join('')}`),
          fc.webUrl({ withQueryParameters: true, withFragments: true }),
        ),
        (url) => {
          expect(canonicalUrl(canonicalUrl(url))).toBe(canonicalUrl(url));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('gives text for anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (url) => {
        expect(typeof canonicalUrl(url)).toBe('string');
      }),
    );
  });
});

describe('stableUrl', () => {
  it.each([
    ['https://example.org/a;jsessionid=8F3?x=1', 'https://example.org/a?x=1', true],
    ['https://example.org/a?sid=1', 'https://example.org/a', true],
    ['https://example.org/a?id=5&token=abc', 'https://example.org/a?id=5', true],
    ['https://example.org/a?x=8f3a1b2c9d4e5f60', 'https://example.org/a', true],
    ['https://example.org/a?id=123456', 'https://example.org/a?id=123456', false],
    ['https://example.org/a?id=1234567890123456789', 'https://example.org/a?id=1234567890123456789', false],
    [
      'https://example.org/a?story=navy-orders-4-new-ships',
      'https://example.org/a?story=navy-orders-4-new-ships',
      false,
    ],
  ])('gives %s as %s', (url, stable, wasVolatile) => {
    expect(stableUrl(url)).toEqual({ url: stable, wasVolatile });
  });
});
