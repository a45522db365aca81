import { type IpAddress, parseIpAddress } from './ip-address.ts';

/**
 * Every block of the IANA IPv4 special-purpose registry, also those it calls globally reachable: no publisher lives there.
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry, RFC 5771 (multicast), RFC 1112 (class E).
 */
const ipv4Refused = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier NAT
  '127.0.0.0/8', // loopback; the Lambda runtime API is 127.0.0.1:9001
  '168.63.129.16/32', // a public number, but the host agent of every Azure machine
  '169.254.0.0/16', // link-local; cloud metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // former 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and broadcast
].map(blockOf);

/** Global unicast as IANA hands it out. All else, with mapped, compatible and NAT64 forms of IPv4, lies outside it. */
const ipv6Global = blockOf('2000::/3');

/** Special blocks inside 2000::/3. Source: https://www.iana.org/assignments/iana-ipv6-special-registry. */
const ipv6Refused = [
  '2001::/23', // protocol assignments: Teredo, benchmarking, ORCHID and ORCHIDv2, DRIP, AMT, AS112
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which carries any IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
].map(blockOf);

interface Block {
  readonly first: bigint;
  readonly shift: bigint;
}

/**
 * True only for an address that a publisher on the public internet can have. Anything else is false: every special-purpose
 * block, IPv6 outside 2000::/3 (so also `::ffff:8.8.8.8` and `64:ff9b::808:808`), and text that is not exactly an address.
 * Allow-lists of global space do not leak as deny-lists of private space do. Never throws.
 */
export function isPublicAddress(ip: string): boolean {
  const address = parseIpAddress(ip);
  if (address === null) return false;
  if (address.bits === 32) return !ipv4Refused.some((block) => contains(block, address));
  return contains(ipv6Global, address) && !ipv6Refused.some((block) => contains(block, address));
}

function contains(block: Block, address: IpAddress): boolean {
  return address.value >> block.shift === block.first;
}

function blockOf(cidr: string): Block {
  const [base = '', length = ''] = cidr.split('/');
  const address = parseIpAddress(base);
  if (address === null) throw new Error(`Expected an address block, got ${cidr}`);
  const shift = BigInt(address.bits - Number(length));
  return { first: address.value >> shift, shift };
}
