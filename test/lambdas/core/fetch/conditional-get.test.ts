import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isValidator,
  requestValidators,
  type Validators,
  validatorsFrom,
} from '../../../../lambdas/core/fetch/conditional-get.ts';

const url = 'https://example.com/feed';
const date = 'Thu, 15 Jan 2026 12:00:00 GMT';
const none: Validators = { validatorsUrl: null, etag: null, lastModified: null };
const stored: Validators = { validatorsUrl: url, etag: 'W/"a"', lastModified: date };

function keptAfter(
  status: number,
  headers: Record<string, string>,
  previous: Validators = stored,
): Validators {
  return validatorsFrom({ status, url, headers: new Map(Object.entries(headers)) }, previous);
}

describe('requestValidators', () => {
  it('sends both validators verbatim to the address that gave them', () => {
    expect(requestValidators(stored, url)).toEqual({ etag: 'W/"a"', lastModified: date });
  });

  it('asks unconditionally when nothing is stored', () => {
    expect(requestValidators(none, url)).toEqual({});
    expect(requestValidators({ ...stored, etag: null, lastModified: null }, url)).toEqual({});
    expect(requestValidators({ ...stored, validatorsUrl: null }, url)).toEqual({});
  });

  it('names the owner of validators that another address gave, so that they go nowhere else', () => {
    expect(requestValidators(stored, 'https://example.org/moved')).toEqual({
      etag: 'W/"a"',
      lastModified: date,
      validatorsUrl: url,
    });
  });

  it('never passes on what is no header value', () => {
    expect(requestValidators({ ...stored, etag: 'a\r\nX: b' }, url)).toEqual({ lastModified: date });
  });
});

describe('validatorsFrom', () => {
  it('takes the validators of a 200 verbatim, with the address that gave them', () => {
    const headers = { etag: '5f3c-nginx', 'last-modified': 'yesterday-ish' };
    expect(keptAfter(200, headers, none)).toEqual({
      validatorsUrl: url,
      etag: '5f3c-nginx',
      lastModified: 'yesterday-ish',
    });
  });

  it('forgets the validators that a 200 no longer brings', () => {
    expect(keptAfter(200, { etag: '"b"' })).toEqual({ validatorsUrl: url, etag: '"b"', lastModified: null });
    expect(keptAfter(200, {})).toEqual({ validatorsUrl: url, etag: null, lastModified: null });
  });

  it('keeps the validators after a 304 that brings none, and replaces those that it brings', () => {
    expect(keptAfter(304, {})).toEqual(stored);
    expect(keptAfter(304, { etag: 'W/"c"' })).toEqual({ ...stored, etag: 'W/"c"' });
  });

  it.each([
    { 'cache-control': 'private, no-store' },
    { 'cache-control': 'No-Store' },
    { expires: '0' },
    { expires: ' 0 ' },
  ])('keeps none after %j', (headers) => {
    for (const status of [200, 304]) {
      expect(keptAfter(status, { etag: '"b"', 'last-modified': date, ...headers })).toEqual({
        validatorsUrl: url,
        etag: null,
        lastModified: null,
      });
    }
  });

  it('still compares answers that are merely stale', () => {
    for (const headers of [{ expires: '-1' }, { 'cache-control': 'no-cache, max-age=0' }]) {
      expect(keptAfter(200, { etag: '"b"', ...headers }).etag).toBe('"b"');
    }
  });

  it.each(['"a\r\nSet-Cookie: x"', '"a\0"', '"\u2713"', '"\x7f"', '', ' ', `"${'a'.repeat(8_192)}"`])(
    'drops the validator %j instead of cutting or changing it',
    (etag) => {
      expect(keptAfter(200, { etag, 'last-modified': date })).toEqual({
        validatorsUrl: url,
        etag: null,
        lastModified: date,
      });
    },
  );

  it.each(['W/"a"', '"a""b"', 'abc', '"\xe9t\xe9"', '"tab\there"', `"${'a'.repeat(1_022)}"`])(
    'keeps the odd validator %j byte for byte',
    (etag) => {
      expect(keptAfter(200, { etag }).etag).toBe(etag);
    },
  );

  it('only ever gives back what can be sent as one header line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (etag) => {
        const kept = keptAfter(200, { etag }).etag;
        expect(kept === null || (kept === etag && isValidator(etag) && !/[\r\n\0]/.test(kept))).toBe(true);
      }),
    );
  });
});
