import { parsedUrl } from '../words/parsed-url.ts';
import { isAmpCache, type UrlWrapper, urlWrappers } from './url-wrappers.ts';

/** A link through more go-betweens than this is left as it is then. */
const layersMax = 4;

/** Longer links are not looked into, and no longer target is given. */
const charactersMax = 8_192;

/**
 * Where a link leads whose target stands in it: through a search engine, a news aggregator, a mail filter, a social network,
 * a feed proxy or an AMP cache (see `urlWrappers`), also through several in turn. Any other address, and one whose target is
 * no http(s) address with a host, is given back as it is: nothing is fetched or guessed. Never throws; linear.
 */
export function unwrappedUrl(url: string): string {
  let rest = url;
  for (let layer = 0; layer < layersMax; layer += 1) {
    const target = targetOf(rest);
    if (target === null) return rest;
    rest = target;
  }
  return targetOf(rest) === null ? rest : url;
}

function targetOf(url: string): string | null {
  if (url.length > charactersMax) return null;
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:@]+)/i.exec(url)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (host === undefined) return null;
  const wrapper = wrapperOf(host);
  const parsed = wrapper === null ? null : parsedUrl(url);
  const target = parsed === null || wrapper === null ? null : wrapper.target(parsed);
  return target === null ? null : webAddress(target);
}

/** Most hosts wrap nothing; the table is asked with the name and with each of its ends. */
function wrapperOf(host: string): UrlWrapper | null {
  if (isAmpCache(host)) return urlWrappers.get('cdn.ampproject.org') ?? null;
  for (let rest = host; ; rest = rest.slice(rest.indexOf('.') + 1)) {
    const wrapper = urlWrappers.get(rest);
    if (wrapper !== undefined)
      return wrapper.isWholeHost && !/^(?:www\.)?$/.test(host.slice(0, -rest.length)) ? null : wrapper;
    if (!rest.includes('.')) return null;
  }
}

/** The target as it may be served: http(s) with a host, in ASCII, without a user; null for anything else. */
function webAddress(target: string): string | null {
  const trimmed = target.trim();
  if (!/^https?:\/\/[^/?#]/i.test(trimmed)) return null;
  const parsed = parsedUrl(trimmed);
  if (parsed === null || parsed.hostname === '') return null;
  const isClean = /^[\x21-\x7E]+$/.test(trimmed) && parsed.username === '' && parsed.password === '';
  parsed.username = '';
  parsed.password = '';
  return isClean ? trimmed : parsed.href;
}
