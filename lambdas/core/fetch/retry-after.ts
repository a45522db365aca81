import { parseHttpDate } from './http-date.ts';

/** A wish beyond a day is kept as a day: the next refusal will renew it. Media Cloud saw 88 hours once. */
export const retryAfterMsMax = 86_400_000;

const seconds = /^[+-]?\d{1,15}(?:\.\d{1,9})?$/;

/**
 * Milliseconds to wait for a Retry-After header: seconds, or an HTTP date against `now` (epoch milliseconds). Never
 * negative, at most a day; null when the header is absent or can be read as neither. Source: RFC 9110 §10.2.3.
 */
export function retryAfterMs(headerValue: string | null | undefined, now: number): number | null {
  const text = headerValue?.trim() ?? '';
  if (seconds.test(text)) return bounded(Math.ceil(Number(text) * 1000));
  const at = parseHttpDate(text);
  return at === null ? null : bounded(at - now);
}

function bounded(waitMs: number): number {
  return Math.min(Math.max(0, waitMs), retryAfterMsMax);
}
