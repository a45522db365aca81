import { cacheDirectives } from './cache-control.ts';
import { parseHttpDate } from './http-date.ts';

/** Publishers' hints never make us poll more often than this, nor less often than `hintMsMax`. */
export const hintMsMin = 300_000;
/** A feed frozen by a misconfigured `max-age=31536000` is still looked at once a day. */
export const hintMsMax = 86_400_000;

/** What a publisher says about how long its document stays good; header names in lower case. */
export interface FreshnessHints {
  readonly headers: ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The feed's own `<ttl>` or update period, null when it gives none. */
  readonly ttlMinutes: number | null;
}

/**
 * Milliseconds from `now` before which another poll can bring nothing new by the publisher's own word: the longer of the
 * HTTP freshness that is left and the feed's ttl, within 5 minutes and 24 hours. `s-maxage` speaks to shared caches and
 * is not used. Values that cannot be read count as already stale. Source: RFC 9111 §4.2, §5.2.2, §5.3; RSS 2.0 `<ttl>`.
 */
export function earliestNextPollMs(hints: FreshnessHints): number {
  const ttlMs = Number.isFinite(hints.ttlMinutes) ? (hints.ttlMinutes ?? 0) * 60_000 : 0;
  const wishMs = Math.max(freshForMs(hints), ttlMs);
  return Math.min(Math.max(wishMs, hintMsMin), hintMsMax);
}

/** Freshness lifetime minus the age the answer already has; zero when the answer is not to be reused at all. */
function freshForMs({ headers, now }: FreshnessHints): number {
  const directives = cacheDirectives(headers.get('cache-control'));
  if (directives.has('no-store') || directives.has('no-cache')) return 0;
  const maxAge = directives.get('max-age');
  const lifetimeMs = maxAge === undefined ? expiresInMs(headers, now) : deltaSecondsMs(maxAge);
  return Math.max(0, lifetimeMs - deltaSecondsMs(headers.get('age') ?? ''));
}

/** `Expires: 0` and other rubbish mean expired (RFC 9111 §5.3); Date keeps the publisher's clock out of the sum. */
function expiresInMs(headers: ReadonlyMap<string, string>, now: number): number {
  const expires = parseHttpDate(headers.get('expires') ?? '');
  if (expires === null) return 0;
  return expires - (parseHttpDate(headers.get('date') ?? '') ?? now);
}

/** RFC 9111 §1.2.2: digits only, and more than fits is as good as for ever. */
function deltaSecondsMs(text: string): number {
  const digits = text.trim();
  if (!/^\d+$/.test(digits)) return 0;
  return digits.length > 10 ? hintMsMax : Number(digits) * 1000;
}
