import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RedirectAnswer, redirectStep } from '../../../../lambdas/core/fetch/redirect.ts';

const from = new URL('https://example.com/news/feed');

function step(answer: Partial<RedirectAnswer>) {
  const visited = new Set([(answer.from ?? from).href]);
  return redirectStep({ status: 302, location: '/x', from, visited, redirectsMax: 5, ...answer }, new Map());
}

const followedTo = (answer: Partial<RedirectAnswer>): string | null => {
  const decided = step(answer);
  return decided.kind === 'follow' ? decided.url.href : null;
};

const refusal = (answer: Partial<RedirectAnswer>): string | null => {
  const decided = step(answer);
  return decided.kind === 'refuse' ? decided.reason : null;
};

describe('redirectStep', () => {
  it.each([301, 302, 303, 307, 308])('follows a %d', (status) => {
    expect(followedTo({ status })).toBe('https://example.com/x');
  });

  it.each([200, 300, 304, 305, 306, 310, 404])('leaves a %d alone', (status) => {
    expect(step({ status })).toEqual({ kind: 'none' });
  });

  it('calls only 301 and 308 permanent', () => {
    const permanent = [301, 302, 303, 307, 308].filter((status) => {
      const decided = step({ status });
      return decided.kind === 'follow' && decided.permanent;
    });
    expect(permanent).toEqual([301, 308]);
  });

  it.each([
    ['other', 'https://example.com/news/other'],
    ['?page=2', 'https://example.com/news/feed?page=2'],
    ['//feeds.example.org/a', 'https://feeds.example.org/a'],
    ['https://example.org/a#part', 'https://example.org/a'],
    ['  /spaced  ', 'https://example.com/spaced'],
    ['/a b', 'https://example.com/a%20b'],
    ['\\\\feeds.example.org\\a', 'https://feeds.example.org/a'],
  ])('reads the Location %j relative to where it came from', (location, target) => {
    expect(followedTo({ location })).toBe(target);
  });

  it('reads raw UTF-8, which arrives as one code unit per byte, and Latin-1 as it is', () => {
    const utf8 = Buffer.from('/actualités', 'utf8').toString('latin1');
    expect(followedTo({ location: utf8 })).toBe('https://example.com/actualit%C3%A9s');
    expect(followedTo({ location: '/actualit\xe9s' })).toBe('https://example.com/actualit%C3%A9s');
  });

  it.each([null, '', '   ', 'http://', 'https://[::1', 'https://exa mple.com/', `/${'a'.repeat(65_536)}`])(
    'refuses a Location that cannot be read: %j',
    (location) => {
      expect(refusal({ location })).toBe('redirected');
    },
  );

  it.each([
    '//127.0.0.1/',
    'http://169.254.169.254/',
    'http:\\\\127.1\\',
    'https://2130706433/',
    'file:///etc/passwd',
    'data:text/xml,<rss/>',
    'javascript:1',
    'https://user@example.com/',
    'https://example.com:22/',
    'https://localhost/',
    `https://example.com/${'a'.repeat(2_040)}`,
  ])('guards the target %j as it guards a feed address', (location) => {
    expect(refusal({ location })).toBe('guarded');
  });

  it('never goes from https to http, on any host, and goes from http to https', () => {
    expect(refusal({ location: 'http://example.com/news/feed' })).toBe('redirected');
    expect(refusal({ location: 'http://feeds.example.org/' })).toBe('redirected');
    const plain = new URL('http://example.com/feed');
    expect(followedTo({ from: plain, location: 'https://example.com/feed' })).toBe(
      'https://example.com/feed',
    );
    expect(followedTo({ from: plain, location: 'http://example.com/other' })).toBe(
      'http://example.com/other',
    );
  });

  it('refuses an address it has been to, also under another fragment', () => {
    const visited = new Set(['https://example.com/a', from.href]);
    expect(refusal({ location: '/a', visited })).toBe('redirected');
    expect(refusal({ location: '#top' })).toBe('redirected');
  });

  it('follows exactly as many redirects as allowed', () => {
    const been = (count: number) =>
      new Set(Array.from({ length: count }, (_, at) => `https://example.com/${at}`));
    expect(followedTo({ visited: been(5) })).toBe('https://example.com/x');
    expect(refusal({ visited: been(6) })).toBe('redirected');
    expect(refusal({ redirectsMax: 0 })).toBe('redirected');
  });

  it('decides on any Location without throwing, and follows to http(s) only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (location) => {
        const decided = step({ location });
        expect(
          decided.kind === 'refuse' || (decided.kind === 'follow' && decided.url.protocol === 'https:'),
        ).toBe(true);
      }),
    );
  });
});
