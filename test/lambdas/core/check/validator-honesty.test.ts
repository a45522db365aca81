import { expect, test } from 'vitest';
import { validatorVerdict } from '../../../../lambdas/core/check/validator-honesty.ts';

const answer = (body: string, headers: Record<string, string> = {}, status = 200) => ({
  kind: 'response' as const,
  status,
  url: 'https://a.example/',
  movedTo: null,
  headers: new Map(Object.entries(headers)),
  body: Buffer.from(body),
  wireBytes: 0,
  requests: 1,
});
const failure = { kind: 'failure', reason: 'timeout', detail: '', wireBytes: 0, requests: 1 } as const;
const given = (etag: string | null, lastModified: string | null = null) => ({ etag, lastModified });
const date = 'Sun, 01 Mar 2026 12:00:00 GMT';
const later = 'Sun, 01 Mar 2026 12:00:05 GMT';

test.each([
  ['nothing to ask with', given(null), null, 'none'],
  ['a 304', given('"a"'), answer('', { etag: '"a"' }, 304), 'honest'],
  ['the same document and ETag again', given('"a"'), answer('x', { etag: '"a"' }), 'ignored'],
  ['the same document under another ETag', given('"a"'), answer('x', { etag: '"b"' }), 'lying'],
  ['the same document without its ETag', given('"a"'), answer('x'), 'lying'],
  ['the same document and date again', given(null, date), answer('x', { 'last-modified': date }), 'ignored'],
  [
    'the same document with a later date',
    given(null, date),
    answer('x', { 'last-modified': later }),
    'lying',
  ],
  ['another document under a strong ETag', given('"a"'), answer('y', { etag: '"a"' }), 'lying'],
  ['another document under a weak ETag', given('W/"a"'), answer('y', { etag: 'W/"a"' }), 'ignored'],
  ['another document with another ETag', given('"a"'), answer('y', { etag: '"b"' }), 'untested'],
  ['a refusal', given('"a"'), answer('', {}, 429), 'untested'],
  ['a failure', given('"a"'), failure, 'untested'],
  ['no second request', given('"a"'), null, 'untested'],
] as const)('%s: %#', (_, validators, second, expected) => {
  const verdict = validatorVerdict(validators, answer('x'), second);
  expect(verdict.validators).toBe(expected);
  expect(verdict.reason).not.toBe('');
});
