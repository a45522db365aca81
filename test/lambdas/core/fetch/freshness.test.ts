import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earliestNextPollMs, hintMsMax, hintMsMin } from '../../../../lambdas/core/fetch/freshness.ts';

const now = Date.UTC(2026, 0, 15, 12);
const httpDate = (at: number): string => new Date(at).toUTCString();

function hint(headers: Record<string, string>, ttlMinutes: number | null = null): number {
  return earliestNextPollMs({ headers: new Map(Object.entries(headers)), now, ttlMinutes });
}

const minutes = (count: number): number => count * 60_000;

describe('earliestNextPollMs', () => {
  it('is five minutes when the publisher says nothing', () => {
    expect(hint({})).toBe(hintMsMin);
  });

  it('takes max-age, less the age the answer already has', () => {
    expect(hint({ 'cache-control': 'public, max-age=3600' })).toBe(minutes(60));
    expect(hint({ 'cache-control': 'max-age=3600', age: '1800' })).toBe(minutes(30));
    expect(hint({ 'cache-control': 'max-age=3600', age: '7200' })).toBe(hintMsMin);
  });

  it('prefers max-age to Expires, and takes Expires against the publisher’s own clock', () => {
    const expires = httpDate(now + minutes(90));
    expect(hint({ expires })).toBe(minutes(90));
    expect(hint({ expires, date: httpDate(now + minutes(60)) })).toBe(minutes(30));
    expect(hint({ expires, 'cache-control': 'max-age=600' })).toBe(minutes(10));
  });

  it('does not take s-maxage, which speaks to shared caches', () => {
    expect(hint({ 'cache-control': 's-maxage=3600' })).toBe(hintMsMin);
    expect(hint({ 'cache-control': 's-maxage=3600, max-age=600' })).toBe(minutes(10));
  });

  it('takes no freshness from no-store and no-cache', () => {
    expect(hint({ 'cache-control': 'no-cache, max-age=3600' })).toBe(hintMsMin);
    expect(hint({ 'cache-control': 'no-store', expires: httpDate(now + minutes(90)) })).toBe(hintMsMin);
  });

  it('takes the longer of the HTTP freshness and the feed’s ttl', () => {
    expect(hint({ 'cache-control': 'max-age=3600' }, 30)).toBe(minutes(60));
    expect(hint({ 'cache-control': 'max-age=600' }, 30)).toBe(minutes(30));
  });

  it.each([
    { 'cache-control': 'max-age=31536000' },
    { 'cache-control': 'max-age=99999999999999999999' },
    { expires: 'Fri, 31 Dec 9999 23:59:59 GMT' },
  ])('looks once a day at a feed that claims to be fresh for longer: %j', (headers) => {
    expect(hint(headers)).toBe(hintMsMax);
  });

  it.each([
    { 'cache-control': 'max-age=-1' },
    { 'cache-control': 'max-age=1e309' },
    { 'cache-control': 'max-age=' },
    { 'cache-control': 'max-age=abc' },
    { expires: '0' },
    { expires: '-1' },
    { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { 'cache-control': 'max-age=60' },
  ])('never asks for less than five minutes: %j', (headers) => {
    expect(hint(headers)).toBe(hintMsMin);
  });

  it.each([
    [999_999, hintMsMax],
    [Number.POSITIVE_INFINITY, hintMsMin],
    [Number.NaN, hintMsMin],
    [-60, hintMsMin],
    [0.1, hintMsMin],
  ])('bounds a ttl of %d minutes', (ttlMinutes, waitMs) => {
    expect(hint({}, ttlMinutes)).toBe(waitMs);
  });

  it('stays within its bounds for any headers', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('max-age=1', 'max-age=7200', httpDate(now + 1e9)));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('cache-control', 'expires', 'date', 'age'), value),
        fc.option(fc.double()),
        (headers, ttlMinutes) => {
          const waitMs = hint(headers, ttlMinutes);
          expect(waitMs >= hintMsMin && waitMs <= hintMsMax).toBe(true);
        },
      ),
    );
  });
});
