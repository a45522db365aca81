import { parsedUrl } from '../words/parsed-url.ts';

/**
 * A stored address as it may be served: absolute http or https without user and password, in the spelling of a parser so
 * that no white space, quote or control character is left; null for anything else. The guard stands on its own, because
 * rows written by an older version may hold what today's ingest refuses. Source: WHATWG URL.
 */
export function itemLink(url: string | null): string | null {
  const parsed = url !== null && /^https?:\/\//i.test(url) ? parsedUrl(url) : null;
  if (parsed === null) return null;
  const web = parsed.protocol === 'https:' || parsed.protocol === 'http:';
  return web && parsed.hostname !== '' && parsed.username === '' && parsed.password === ''
    ? parsed.href
    : null;
}
