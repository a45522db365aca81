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
 * How long answers stay fresh. Readers of feeds may keep them as long as the feed's ttl says; the edge asks again after a
 * minute, so a new story is out within two. Old answers serve while the origin fails. Source: RFC 9111 §5.2, RFC 5861.
 */
export const cacheLives = {
  feed: 'public, max-age=900, s-maxage=60, stale-while-revalidate=300, stale-if-error=86400',
  query: 'public, max-age=60, s-maxage=60, stale-while-revalidate=120, stale-if-error=3600',
  listing: 'public, max-age=300, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
  never: 'no-store',
} as const;

const basePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer whatever happened. Feeds and data are sandboxed too, so that a browser that opens one runs
 * nothing; any web page may read them, but never with credentials. Source: CSP Level 3, Fetch §3.3.
 */
export function commonHeaders(mediaType: string): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': mediaType === mediaTypes.html ? basePolicy : `${basePolicy}; sandbox`,
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Last-Modified, Link',
    vary: 'Accept-Encoding',
  };
}
