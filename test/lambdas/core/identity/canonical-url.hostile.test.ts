import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, decodedUnreserved } from '../../../../lambdas/core/identity/canonical-url.ts';

/** What is meant, in as many passes as it takes. */
function decodedInPasses(text: string): string {
  const next = text.replace(/%([0-9a-f]{2})/gi, (encoded, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
  return next === text ? text : decodedInPasses(next);
}

const pieces = fc.constantFrom(
  '%',
  '2',
  '3',
  '5',
  '7',
  'E',
  'e',
  'f',
  'F',
  'a',
  '/',
  '%2',
  '%37',
  '%25',
  'é',
  '😀',
);

describe('an address made to cost time', () => {
  it('is decoded in one pass to what many passes would make of it', () => {
    fc.assert(
      fc.property(
        fc.array(pieces).map((parts) => parts.join('')),
        (text) => {
          expect(decodedUnreserved(text)).toBe(decodedInPasses(text));
        },
      ),
    );
  });

  // In a pass for each escape that the one within it completes this takes an hour.
  it('has escapes within escapes decoded, however deep they go', () => {
    expect(decodedUnreserved(`${'%3'.repeat(200_000)}7`)).toBe('7');
  });

  it('ends in the same however often its ending is repeated', () => {
    for (const ending of ['/amp', '/amp.html', '/index.html', '.amp', '/AMP/index.php'])
      expect(canonicalUrl(`https://news.example/2026/story-one${ending.repeat(100)}`)).toBe(
        'https://news.example/2026/story-one',
      );
    expect(canonicalUrl(`https://news.example${'/amp'.repeat(100)}/story`)).toBe(
      'https://news.example/story',
    );
  });

  it('is left as it is with more parameters than choose a page, and cleaned with as many', () => {
    const parameters = (count: number) => Array.from({ length: count }, (_, at) => `p${at}=1`).join('&');
    const [few, many] = [63, 64].map((count) => `https://news.example/a?${parameters(count)}`);
    expect(canonicalUrl(`${few}&utm_source=rss`)).toBe(few);
    expect(canonicalUrl(`${many}&utm_source=rss`)).toBe(`${many}&utm_source=rss`);
  });
});
