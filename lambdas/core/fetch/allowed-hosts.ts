import { parsedUrl } from '../words/parsed-url.ts';
import { parseIpAddress } from './ip-address.ts';

/** Hosts the operator vouches for, private or not: canonical host names with the ports allowed there (`any`: all). */
export type AllowedHosts = ReadonlyMap<string, ReadonlySet<number> | 'any'>;

/** More entries than this is a mistake, not a list of in-house feeds. */
const entriesMax = 1_000;

const shape = 'HOST or HOST:PORT (an IPv6 address in brackets)';

/** Nobody vouched for: only public addresses are reached. */
export const noAllowedHosts: AllowedHosts = new Map();

/**
 * Reads `--allow-host` entries: HOST allows every port on it, HOST:PORT that one. Names are compared as the URL parser
 * spells them (lower case, punycode, canonical numbers). Blank entries, as splitting an empty setting gives, are skipped.
 * The first entry that is not of this shape is the reason for refusing the list.
 */
export function parseAllowedHosts(
  list: readonly string[],
): { readonly ok: true; readonly hosts: AllowedHosts } | { readonly ok: false; readonly reason: string } {
  if (list.length > entriesMax) {
    return { ok: false, reason: `Expected at most ${entriesMax} allowed hosts, got ${list.length}` };
  }
  const hosts = new Map<string, ReadonlySet<number> | 'any'>();
  for (const entry of list.map((text) => text.trim()).filter((text) => text !== '')) {
    const parsed = parseEntry(entry);
    if (parsed === null) return { ok: false, reason: `Expected ${shape}, got ${JSON.stringify(entry)}` };
    const known = hosts.get(parsed.host) ?? new Set<number>();
    hosts.set(
      parsed.host,
      known === 'any' || parsed.port === null ? 'any' : new Set([...known, parsed.port]),
    );
  }
  return { ok: true, hosts };
}

/** True when the operator vouches for this host on this port. `hostname` as a parsed URL gives it, without a final dot. */
export function allowsHost(hosts: AllowedHosts, hostname: string, port: number): boolean {
  const ports = hosts.get(hostname);
  return ports === 'any' || (ports?.has(port) ?? false);
}

function parseEntry(entry: string): { readonly host: string; readonly port: number | null } | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]%*]+)(?::(\d{1,5}))?$/i.exec(entry);
  const name = match?.[1];
  const url = name === undefined ? null : parsedUrl(`http://${name}/`);
  if (url === null) return null;
  const host = url.hostname.replace(/\.$/, '');
  // `[::1]` must be a real IPv6 address; the URL parser has then compressed it.
  if (host === '' || (host.startsWith('[') && parseIpAddress(host.slice(1, -1)) === null)) return null;
  const port = match?.[2] === undefined ? null : Number(match[2]);
  return port === null || (port >= 1 && port <= 65_535) ? { host, port } : null;
}
