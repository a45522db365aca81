import { lookup, Resolver as DnsResolver } from 'node:dns/promises';
import { parseIpAddress } from '../../core/fetch/ip-address.ts';
import { codeOf } from './fetch-fault.ts';

/** Gives every address of a host name, in the order to try them; rejects or gives none when there is none. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

/** Two tries of two seconds leave time for the fetch itself within the ten seconds of the default deadline. */
const dnsOptions = { timeout: 2_000, tries: 2 };

/** Codes with which c-ares says that it has no server to ask, not that the name is unknown. */
const noServerCodes = new Set(['ECONNREFUSED', 'ENOTINITIALIZED', 'ELOADIPHLPAPI']);

/** The two questions asked of name servers; node's own resolver is one. */
export interface NameServers {
  resolve4(hostname: string): Promise<readonly string[]>;
  resolve6(hostname: string): Promise<readonly string[]>;
}

/** Asks as every other program on the machine does (hosts file, search domains): for hosts the operator vouches for. */
export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map((answer) => answer.address);

/**
 * Asks the name servers directly. getaddrinfo would run on the thread pool, where two hung names hold up every other
 * lookup of the process (libuv gives slow work half of four threads); queries of c-ares hold up nobody. Either family is
 * enough. A machine that has no name server set up falls back to `fallback`; a name nobody knows rejects.
 */
export function nameServerResolver(
  servers: NameServers = new DnsResolver(dnsOptions),
  fallback: Resolver = systemResolver,
): Resolver {
  return async (hostname) => {
    const [v4, v6] = await Promise.allSettled([servers.resolve4(hostname), servers.resolve6(hostname)]);
    const addresses = [v4, v6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0 || v4.status === 'fulfilled') return addresses;
    if (noServerCodes.has(codeOf(v4.reason))) return fallback(hostname);
    throw v4.reason;
  };
}

/** An address in the shape of node's lookup callback. */
export interface SocketAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The address with its family, null when the text is no address. */
export function socketAddress(text: string): SocketAddress | null {
  const parsed = parseIpAddress(text);
  return parsed === null ? null : { address: text, family: parsed.bits === 32 ? 4 : 6 };
}
