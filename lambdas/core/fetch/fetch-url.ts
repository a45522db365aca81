import { parsedUrl } from '../words/parsed-url.ts';
import { isPublicAddress } from './address-guard.ts';
import { type AllowedHosts, allowsHost } from './allowed-hosts.ts';
import { parseIpAddress } from './ip-address.ts';

/** What the guard says of an address to fetch; `allowed`: the operator vouches for it, so it may be private. */
export type FetchUrlCheck =
  | { readonly ok: true; readonly url: URL; readonly allowed: boolean }
  | { readonly ok: false; readonly reason: string };

/** Longest address we ask for. Source: the cap on story and feed URLs of Media Cloud rss-fetcher. */
export const fetchUrlLengthMax = 2_048;

/** Ports where publishers serve feeds; others are mail, databases and control planes behind a public name. */
const webPorts = new Set([80, 443, 8080, 8443]);

/**
 * Endings that never name a public host. Source: RFC 6761 (localhost), RFC 6762 (local and appendix G), RFC 8375
 * (home.arpa), RFC 7686 (onion must not be asked of the DNS), ICANN's reservation of internal (2024).
 */
const localEndings = new Set([
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'onion',
]);

/**
 * Decides, before any network activity, whether an address may be fetched: http(s), no user info, a web port, and a host
 * that is a public address or a name that can be public. Everything is judged on the parsed URL, so every spelling of an
 * IPv4 address is seen in its canonical form. `allowed` hosts may be private and use other ports; nothing else is waived.
 * The URL given back has no fragment and no final dot on its host. Names still have to be resolved and vetted. Never throws.
 */
export function checkFetchUrl(text: string, allowed: AllowedHosts): FetchUrlCheck {
  if (text.length > fetchUrlLengthMax) {
    return refuse(`an address of at most ${fetchUrlLengthMax} characters`, `${text.length} characters`);
  }
  const url = parsedUrl(text);
  if (url === null) return refuse('an absolute http(s) address', quoted(text));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse('http or https', url.protocol);
  if (url.username !== '' || url.password !== '')
    return refuse('an address without user info', 'one with it');
  url.hash = '';
  // `localhost.` and `localhost` are one name; the resolver, Host and SNI get the plain one.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  const port = portOf(url);
  if (allowsHost(allowed, url.hostname, port)) return { ok: true, url, allowed: true };
  if (!webPorts.has(port)) return refuse('port 80, 443, 8080 or 8443', String(port));
  const hostProblem = publicHostProblem(url);
  return hostProblem === null ? { ok: true, url, allowed: false } : hostProblem;
}

/** The port a URL is fetched on, also when it is the scheme's own. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The host as a resolver or socket wants it: an IPv6 literal without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

function publicHostProblem(url: URL): FetchUrlCheck | null {
  const host = hostOf(url);
  if (parseIpAddress(host) !== null) {
    return isPublicAddress(host) ? null : refuse('a public address', quoted(host));
  }
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  const isName = labels.every((label) => label !== '' && label.length <= 63) && host.length <= 253;
  if (!isName) return refuse('a host name', quoted(host));
  const isLocal = labels.length < 2 || localEndings.has(last) || host.endsWith('.home.arpa');
  return isLocal ? refuse('a public host name', quoted(host)) : null;
}

function refuse(expected: string, got: string): FetchUrlCheck {
  return { ok: false, reason: `Expected ${expected}, got ${got}` };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
