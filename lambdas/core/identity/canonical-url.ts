import { parsedUrl } from '../words/parsed-url.ts';
import { isTrackingParameter, isVolatileParameter } from './tracking-parameters.ts';
import { unwrappedUrl } from './unwrapped-url.ts';

// Longer addresses are no addresses of stories; they stand for themselves. Also bounds the repeated decoding.
const urlCharactersMax = 2_048;

/**
 * The form of an address that all addresses of one page share, to compare with, never to be served: the target of a link
 * that leads through a known go-between (see `unwrappedUrl`), lower-case host in ASCII without `www.`, `m.`, `mobile.`,
 * `touch.`, `wap.` and `amp.`, https for http, no default port, user, tracking parameter, AMP part, `index.html`, doubled
 * or trailing slash; no fragment unless it is a route (`#!`, `#/`); percent-encoding only where it is needed. Case of the
 * path and order of parameters stay. Idempotent. What is no http(s) address is given back trimmed. Never throws.
 * Source: RFC 3986 §6.2, the variants seen in feeds.
 */
export function canonicalUrl(url: string): string {
  return canonical(url, (name, value) => isTrackingParameter(name, value) || isFormParameter(name, value));
}

/**
 * The canonical address without the parts that may change from one reading to the next (see `isVolatileParameter`, and a
 * session in the path), and whether there were any: then the address alone may no longer name the page.
 */
export function stableUrl(url: string): { readonly url: string; readonly wasVolatile: boolean } {
  const whole = canonicalUrl(url);
  if (!/[?;]/.test(whole)) return { url: whole, wasVolatile: false };
  const stable = canonical(
    whole.replace(/;jsessionid=[^/?#]*/gi, ''),
    (name, value) =>
      isTrackingParameter(name, value) || isFormParameter(name, value) || isVolatileParameter(name, value),
  );
  return { url: stable, wasVolatile: stable !== whole };
}

/** A parameter that asks for another form of the same page: AMP, or Blogger's for small screens. */
const isFormParameter = (name: string, value: string): boolean =>
  /^_?amp$/i.test(name) ||
  (/^(?:outputtype|view|mode)$/i.test(name) && /^amp$/i.test(value)) ||
  (name === 'm' && value === '1');

type Dropped = (name: string, value: string) => boolean;

/** Rounds after which what still changes stays as it is; a second one is needed only by dots that were encoded or hidden, or a go-between's other name. */
const roundsMax = 6;

function canonical(url: string, isDropped: Dropped): string {
  let rest = url;
  for (let round = 0; round < roundsMax; round += 1) {
    const next = canonicalOnce(rest, isDropped);
    if (next === rest || (!/\/\.|%/.test(next) && unwrappedUrl(next) === next)) return next;
    rest = next;
  }
  return rest;
}

function canonicalOnce(url: string, isDropped: Dropped): string {
  const target = unwrappedUrl(url.trim());
  if (target.length > urlCharactersMax || !/^https?:/i.test(target)) return target;
  const parsed = parsedUrl(target);
  if (parsed === null || parsed.hostname === '') return target;
  const port = parsed.port === '' || parsed.port === '80' || parsed.port === '443' ? '' : `:${parsed.port}`;
  const query = canonicalQuery(parsed.search, isDropped);
  const route = /^#(?:!|\/)./.test(parsed.hash) ? decodedUnreserved(parsed.hash) : '';
  return `https://${canonicalHost(parsed.hostname)}${port}${canonicalPath(parsed.pathname)}${query}${route}`;
}

/** `www.m.example.org` is `example.org`, `en.m.example.org` is `en.example.org`; `m.com` stays. */
function canonicalHost(host: string): string {
  let rest = host.replace(/([^.])\.$/, '$1');
  for (;;) {
    const shorter =
      /^(?:www\d?|m|mobile|touch|wap|amp)\.([^.]+\..+)$/.exec(rest)?.[1] ??
      rest.replace(/^([a-z]{2})\.(?:m|mobile|amp)\.(?=[^.]+\.)/, '$1.');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

function canonicalPath(path: string): string {
  let rest = decodedUnreserved(path).replace(/\/{2,}/g, '/');
  for (;;) {
    const shorter = rest
      .replace(/\/+$/, '')
      .replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp|cfm)$/i, '')
      .replace(/\/amp(?:\.html?)?$/i, '')
      .replace(/^\/amp(?=\/)/i, '')
      .replace(/(?<=[\w-])\.amp(\.html?)?$/i, '$1');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

function canonicalQuery(search: string, isDropped: Dropped): string {
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
export function decodedUnreserved(text: string): string {
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
