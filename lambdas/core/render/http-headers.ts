import { pageStyleHash } from './page-style.ts';

/** The methods every address takes, as Allow and a preflight's answer write them. */
export const allowedMethods = 'GET, HEAD, OPTIONS';

/** Media types of what we serve. All of it is UTF-8, which is said where readers are known to guess. */
export const mediaTypes = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  jsonFeed: 'application/feed+json; charset=utf-8',
  json: 'application/json; charset=utf-8',
  problem: 'application/problem+json',
  opml: 'text/x-opml; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;

/**
 * How long answers stay fresh. Readers of feeds may keep them as long as the feed's ttl says; the edge asks again after two
 * minutes, so that of 10,000 readers' requests for one feed fewer than five in a thousand come through (docs/feeds.md).
 * Old answers serve while the origin fails. An archive may still change when history is re-tagged or a source is added.
 * `delta` is what is left out for one reader: no cache that does not know RFC 3229 may keep it (§10.5.1); `edgeDelta` is
 * the same where the edge's key names what the reader has. Source: RFC 9111 §5.2, RFC 5861.
 */
export const cacheLives = {
  feed: 'public, max-age=900, s-maxage=120, stale-while-revalidate=300, stale-if-error=86400',
  archive: 'public, max-age=86400, s-maxage=3600, stale-while-revalidate=86400, stale-if-error=604800',
  delta: 'no-store, im',
  edgeDelta: 'public, max-age=0, s-maxage=120, stale-if-error=3600',
  query: 'public, max-age=60, s-maxage=60, stale-while-revalidate=120, stale-if-error=3600',
  listing: 'public, max-age=300, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
  never: 'no-store',
} as const;

/** What a feed's answer depends on besides its address; a delta depends on what its reader has, too. Source: RFC 9110 §12.5.5. */
export const feedVary = 'Accept, Accept-Encoding, A-IM';
export const deltaVary = `${feedVary}, If-None-Match`;

/** Sent where the public address is https: two years, this host alone. Source: RFC 6797 §6.1. */
export const strictTransport = 'max-age=63072000';

const basePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Pages have one style sheet of ours, written into them, and nothing else. Source: CSP Level 3 §2.3.1, hash sources. */
const pagePolicy = `${basePolicy}; style-src '${pageStyleHash}'`;

/**
 * Headers of every answer whatever happened. Feeds and data are sandboxed too, so that a browser that opens one runs
 * nothing; any web page may read them, but never with credentials. Source: CSP Level 3, Fetch §3.3.
 */
export function commonHeaders(mediaType: string): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': mediaType === mediaTypes.html ? pagePolicy : `${basePolicy}; sandbox`,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Last-Modified, Link, IM, Delta-Base',
    vary: 'Accept-Encoding',
  };
}
