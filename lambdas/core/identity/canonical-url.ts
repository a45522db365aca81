import { parsedUrl } from '../words/parsed-url.ts';
import { isTrackingParameter, isVolatileParameter } from './tracking-parameters.ts';

// Longer addresses are no addresses of stories; they stand for themselves. Also bounds the repeated decoding.
const urlCharactersMax = 2_048;

/**
 * The form of an address that all addresses of one page share, to compare with, never to be served: lower-case host
 * without `www.`, `m.`, `mobile.` and `amp.`, https for http, no default port, user, fragment, tracking parameter,
 * AMP suffix or trailing slash; percent-encoding only where it is needed. Path and order of parameters stay.
 * Idempotent. What is no http(s) address is given back trimmed. Never throws.
 * Source: RFC 3986 §6.2, the variants seen in feeds.
 */
export function canonicalUrl(url: string): string {
  return canonical(url, (name) => isTrackingParameter(name) || /^(?:amp|outputtype)$/i.test(name));
}

/**
 * The canonical address without the parameters that may change from one reading to the next (see
 * `isVolatileParameter`), and whether there were any: then the address alone may no longer name the page.
 */
export function stableUrl(url: string): { readonly url: string; readonly wasVolatile: boolean } {
  const whole = canonicalUrl(url);
  const stable = canonical(whole, isVolatileParameter);
  return { url: stable, wasVolatile: stable !== whole };
}

function canonical(url: string, isDropped: (name: string, value: string) => boolean): string {
  const trimmed = url.trim();
  if (trimmed.length > urlCharactersMax || !/^https?:/i.test(trimmed)) return trimmed;
  const parsed = parsedUrl(trimmed);
  if (parsed === null || parsed.hostname === '') return trimmed;
  const port = parsed.port === '' || parsed.port === '80' || parsed.port === '443' ? '' : `:${parsed.port}`;
  const path = canonicalPath(parsed.pathname);
  return `https://${canonicalHost(parsed.hostname)}${port}${path}${canonicalQuery(parsed.search, isDropped)}`;
}

/** `www.m.example.org` is `example.org`; `m.com` stays. */
function canonicalHost(host: string): string {
  let rest = host.replace(/([^.])\.$/, '$1');
  for (;;) {
    const shorter = /^(?:www\d?|m|mobile|amp)\.([^.]+\..+)$/.exec(rest)?.[1];
    if (shorter === undefined) return rest;
    rest = shorter;
  }
}

function canonicalPath(path: string): string {
  let rest = decodedUnreserved(path);
  for (;;) {
    const shorter = rest
      .replace(/\/+$/, '')
      .replace(/\/amp$/i, '')
      .replace(/(?<=[\w-])\.amp(\.html?)?$/i, '$1');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

function canonicalQuery(search: string, isDropped: (name: string, value: string) => boolean): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => {
      const equals = parameter.indexOf('=');
      const name = equals < 0 ? parameter : parameter.slice(0, equals);
      return parameter !== '' && !isDropped(name, equals < 0 ? '' : parameter.slice(equals + 1));
    });
  return kept.length === 0 ? '' : `?${decodedUnreserved(kept.join('&'))}`;
}

/** Decodes what needs no encoding and writes the rest in capitals, until nothing changes (`%%37E` is `%7E` is `~`). */
function decodedUnreserved(text: string): string {
  let rest = text;
  for (;;) {
    const next = rest.replace(/%([0-9a-f]{2})/gi, (encoded, digits: string) => {
      const character = String.fromCharCode(Number.parseInt(digits, 16));
      return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
    });
    if (next === rest) return rest;
    rest = next;
  }
}
