import { describe, expect, it } from 'vitest';
import { classifyResponse, classifyUnparsable } from '../../../../lambdas/core/poll/poll-classify.ts';
import { pollOutcomes } from '../../../../lambdas/core/poll/poll-outcome.ts';
import type { FetchFailure, FetchResult } from '../../../../lambdas/core/fetch/fetch-result.ts';

function response(status: number, headers: Record<string, string> = {}, body = ''): FetchResult {
  return {
    kind: 'response',
    status,
    url: 'https://example.com/feed',
    movedTo: null,
    headers: new Map(Object.entries(headers)),
    body: Buffer.from(body),
    wireBytes: 0,
    requests: 1,
  };
}

function outcomeOf(result: FetchResult, conditional = false): string {
  const classified = classifyResponse(result, conditional);
  return classified.kind === 'document' ? 'document' : classified.outcome;
}

describe('classifyResponse', () => {
  it('hands a 200 to the parser, whatever type it claims', () => {
    expect(outcomeOf(response(200, { 'content-type': 'text/html' }, '<html>'))).toBe('document');
    expect(outcomeOf(response(200), true)).toBe('document');
  });

  it('takes a 304 for not modified only when it was asked for', () => {
    expect(outcomeOf(response(304), true)).toBe('not-modified');
    expect(outcomeOf(response(304), false)).toBe('protocol');
  });

  it.each([
    [300, 'redirected'],
    [301, 'redirected'],
    [305, 'redirected'],
    [401, 'blocked'],
    [402, 'blocked'],
    [403, 'blocked'],
    [404, 'not-found'],
    [406, 'blocked'],
    [408, 'timeout'],
    [410, 'gone'],
    [429, 'rate-limited'],
    [451, 'blocked'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [522, 'server-error'],
    [599, 'server-error'],
    [201, 'protocol'],
    [202, 'protocol'],
    [203, 'protocol'],
    [204, 'protocol'],
    [206, 'protocol'],
    [226, 'protocol'],
    [400, 'protocol'],
    [405, 'protocol'],
    [418, 'protocol'],
    [600, 'protocol'],
    [999, 'protocol'],
    [0, 'protocol'],
  ])('calls %d %s', (status, outcome) => {
    expect(outcomeOf(response(status))).toBe(outcome);
    expect(outcomeOf(response(status), true)).toBe(outcome);
  });

  it('has a status and an outcome in the detail, and the Retry-After as it came', () => {
    expect(classifyResponse(response(503, { 'retry-after': 'Thu, 15 Jan 2026 12:00:00 GMT' }), true)).toEqual(
      {
        kind: 'outcome',
        outcome: 'server-error',
        retryAfter: 'Thu, 15 Jan 2026 12:00:00 GMT',
        detail: 'Expected 200 or 304, got 503 from https://example.com/feed',
      },
    );
    expect(classifyResponse(response(404), false)).toMatchObject({ retryAfter: null });
  });

  it.each([
    [200, { 'cf-mitigated': 'challenge' }],
    [403, { 'cf-mitigated': 'challenge' }],
    [202, { 'x-amzn-waf-action': 'challenge' }],
    [405, { 'x-amzn-waf-action': 'captcha' }],
    [429, { 'x-vercel-mitigated': 'challenge' }],
    [202, { 'sg-captcha': 'challenge' }],
  ])('believes a %d that calls itself a bot check: %j', (status, headers) => {
    expect(outcomeOf(response(status, headers))).toBe('challenge-page');
  });

  it('recognises a bot check by its page where a refusal may hide one', () => {
    const check = '<!DOCTYPE html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>';
    for (const status of [401, 403, 406, 429, 503, 202]) {
      expect(outcomeOf(response(status, {}, check)), String(status)).toBe('challenge-page');
    }
    expect(outcomeOf(response(404, {}, check))).toBe('not-found');
    expect(outcomeOf(response(410, {}, check))).toBe('gone');
    expect(outcomeOf(response(403, { 'cf-mitigated': 'block' }, '<html>Sorry</html>'))).toBe('blocked');
  });

  it('gives each failure to fetch the outcome of its name', () => {
    const reasons = [
      'guarded',
      'dns',
      'connect',
      'tls',
      'timeout',
      'too-large',
      'protocol',
      'redirected',
    ] as const;
    for (const reason of reasons satisfies readonly FetchFailure[]) {
      const classified = classifyResponse(
        { kind: 'failure', reason, detail: 'why', wireBytes: 0, requests: 0 },
        false,
      );
      expect(classified).toEqual({ kind: 'outcome', outcome: reason, retryAfter: null, detail: 'why' });
      expect(pollOutcomes[reason].weight).not.toBe('none');
    }
  });
});

describe('classifyUnparsable', () => {
  const of = (text: string, code = 'no-root') => classifyUnparsable(code, Buffer.from(text));

  it('calls a bot check one, though it came with status 200', () => {
    expect(of('<html><title>Just a moment...</title><script>_cf_chl_opt</script></html>')).toBe(
      'challenge-page',
    );
  });

  it.each([
    '<!doctype html><html><body>Welcome</body></html>',
    '{"error":"not allowed"}',
    '<urlset></urlset>',
    'plain words',
  ])('calls %j not a feed', (text) => {
    expect(of(text)).toBe('not-a-feed');
  });

  it('names a login page and a parked domain, whatever type they came with', () => {
    expect(of('<html><form><input type="password"></form></html>')).toBe('login-page');
    expect(of('<html>This domain is for sale</html>')).toBe('parking-page');
  });

  it('calls a broken feed one that failed to parse, and an empty document too', () => {
    expect(of('<rss><channel><item>')).toBe('parse-failed');
    expect(of('')).toBe('parse-failed');
    expect(of('  \n')).toBe('parse-failed');
  });

  it('lets the parser settle what the bytes leave open', () => {
    expect(of('<feed><unrelated/></feed>', 'not-a-feed')).toBe('not-a-feed');
    expect(of('', 'not-a-feed')).toBe('parse-failed');
  });
});
