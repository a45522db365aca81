import { isPublicAddress } from '../../core/fetch/address-guard.ts';
import { hostOf } from '../../core/fetch/fetch-url.ts';
import { FetchFault } from './fetch-fault.ts';
import { type Resolver, type SocketAddress, socketAddress } from './resolver.ts';

/** A vetted place to connect to: `addresses` are the only ones a socket may use, `acceptsPeer` judges the one it got. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly SocketAddress[];
  readonly acceptsPeer: (address: string) => boolean;
}

/**
 * Resolves the host once and vets every address of the answer: one that is not public refuses them all, because a name
 * with both kinds is either an attack or a mistake. Hosts the operator vouches for may be private. IP literals are not
 * resolved; the URL check has vetted them, and they are vetted here again. Throws FetchFault `dns` or `guarded`.
 */
export async function resolveTarget(
  checked: { readonly url: URL; readonly allowed: boolean },
  resolve: Resolver,
  addressesMax: number,
): Promise<Target> {
  const host = hostOf(checked.url);
  const literal = socketAddress(host);
  const texts = literal === null ? await resolved(host, resolve) : [host];
  const acceptsPeer = checked.allowed ? () => true : isPublicAddress;
  const addresses = texts.map((text) => {
    const address = socketAddress(text);
    if (address !== null && acceptsPeer(text)) return address;
    throw new FetchFault(
      'guarded',
      `Expected ${host} to have public addresses only, got ${text.slice(0, 60)}`,
    );
  });
  return { url: checked.url, addresses: alternating(addresses).slice(0, addressesMax), acceptsPeer };
}

/** IPv4 and IPv6 in turn, so that the cap on addresses never leaves only the family this machine cannot reach. */
function alternating(addresses: readonly SocketAddress[]): readonly SocketAddress[] {
  const v4 = addresses.filter((address) => address.family === 4);
  const v6 = addresses.filter((address) => address.family === 6);
  return addresses.flatMap((_, at) => [...v4.slice(at, at + 1), ...v6.slice(at, at + 1)]);
}

async function resolved(host: string, resolve: Resolver): Promise<readonly string[]> {
  try {
    const addresses = await resolve(host);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FetchFault('dns', `Expected an address for ${host}, got ${why}`.slice(0, 300));
  }
  throw new FetchFault('dns', `Expected an address for ${host}, got none`);
}
