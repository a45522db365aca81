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

/** What is taken off the end of a path at once is shorter than this, so the rest need not be searched for it. */
const endingCharactersMax = 24;

function canonicalPath(path: string): string {
  let rest = decodedUnreserved(path).replace(/\/{2,}/g, '/');
  for (;;) {
    const from = Math.max(0, rest.length - endingCharactersMax);
    const ending = rest
      .slice(from)
      .replace(/\/+$/, '')
      .replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp|cfm)$/i, '')
      .replace(/\/amp(?:\.html?)?$/i, '')
      .replace(/(?<=[\w-])\.amp(\.html?)?$/i, '$1');
    const shorter = (rest.slice(0, from) + ending).replace(/^\/amp(?=\/)/i, '');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

/** A query of more parameters than this chooses no page and is left as it is: each parameter is looked at closely. */
const parametersMax = 64;

function canonicalQuery(search: string, isDropped: Dropped): string {
  const parameters = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '');
  const isChoice = parameters.length <= parametersMax;
  const kept = parameters.filter((parameter) => {
    const equals = parameter.indexOf('=');
    const name = equals < 0 ? parameter : parameter.slice(0, equals);
    return !isChoice || !isDropped(name, equals < 0 ? '' : parameter.slice(equals + 1));
  });
  return kept.length === 0 ? '' : `?${decodedUnreserved(kept.join('&'))}`;
}

/** Characters that need no escape, by the digits of one in small letters and in capitals. Source: RFC 3986 §2.3. */
const unreserved: ReadonlyMap<string, string> = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'].flatMap((character) => {
    const digits = character.charCodeAt(0).toString(16);
    return [digits, digits.toUpperCase()].map((spelt) => [spelt, character] as const);
  }),
);

/**
 * Decodes what needs no encoding and writes the rest in capitals, until nothing changes (`%%37E` is `%7E` is `~`). One pass:
 * a decoded character may complete the escape before it, so that one is looked at again at once. Linear.
 */
export function decodedUnreserved(text: string): string {
  if (!text.includes('%')) return text;
  const done: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    let last: string | undefined = text.charAt(at);
    while (last !== undefined) {
      done.push(last);
      last = done.at(-3) === '%' ? unreserved.get(`${done.at(-2)}${last}`) : undefined;
      if (last !== undefined) done.length -= 3;
    }
  }
  return done.join('').replace(/%[0-9a-f]{2}/gi, (encoded) => encoded.toUpperCase());
}
