import { describe, expect, it } from 'vitest';
import { cacheDirectives } from '../../../../lambdas/core/fetch/cache-control.ts';

describe('cacheDirectives', () => {
  it('reads names without case, tokens and quoted values alike, and bare directives', () => {
    const directives = cacheDirectives('Max-Age=60, s-maxage="120" , NO-STORE,,private="set-cookie"');
    expect(Object.fromEntries(directives)).toEqual({
      'max-age': '60',
      's-maxage': '120',
      'no-store': '',
      private: 'set-cookie',
    });
  });

  it('keeps the first of a repeated directive', () => {
    expect(cacheDirectives('max-age=60, max-age=3600').get('max-age')).toBe('60');
  });

  it('gives none for an absent or empty header', () => {
    expect(cacheDirectives(undefined).size).toBe(0);
    expect(cacheDirectives(' , ,').size).toBe(0);
  });
});
