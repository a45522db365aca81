import { type AllowedHosts, allowsHost } from './allowed-hosts.ts';

const defaultPort: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Is this address a host of the operator's: vouched for by --allow-host, or in 127.0.0.0/8? Such hosts need no spacing
 * between requests. It says nothing about whether the address may be fetched; that is the guard's word alone.
 */
export function isOwnHost(address: string, allowed: AllowedHosts): boolean {
  const { protocol, hostname, port } = new URL(address);
  const number = port === '' ? (defaultPort[protocol] ?? 0) : Number(port);
  return allowsHost(allowed, hostname, number) || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
