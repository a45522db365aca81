import { parsedUrl } from '../words/parsed-url.ts';

/**
 * A stored address as it may be served: absolute http or https without user and password, in the spelling of a parser so
 * that no white space, quote or control character is left; null for anything else. What browsers leave in a path or query
 * although no URI may have it (brackets, bars, a lone %) is percent-encoded, which names the same. The guard stands on its own,
 * because rows written by an older version may hold what today's ingest refuses. Source: WHATWG URL, RFC 3986 §2 and §3.
 */
export function itemLink(url: string | null): string | null {
  const parsed = url !== null && /^https?:\/\//i.test(url) ? parsedUrl(url) : null;
  if (parsed === null) return null;
  const web = parsed.protocol === 'https:' || parsed.protocol === 'http:';
  if (!web || parsed.hostname === '' || parsed.username !== '' || parsed.password !== '') return null;
  return (
    parsed.origin +
    parsed.href.slice(parsed.origin.length).replaceAll(/[[\]{}|\\^`]|%(?![\dA-Fa-f]{2})/g, percentEncoded)
  );
}

const percentEncoded = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
