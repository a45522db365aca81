/** An address as a number: `bits` is 32 for IPv4 and 128 for IPv6, `value` the address in network order. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dottedDecimal = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);
const hexGroup = /^[0-9a-f]{1,4}$/i;

/** The longest spelling is six full groups before a dotted IPv4 part: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
const spellingLengthMax = 45;

/**
 * Reads an address in the spellings a resolver or a socket gives: four decimal octets without leading zeros, or
 * RFC 4291 §2.2 text (`::`, and an IPv4 tail). Brackets, zone ids, prefixes, octal and short forms give null.
 */
export function parseIpAddress(text: string): IpAddress | null {
  if (text.length > spellingLengthMax) return null;
  if (!text.includes(':')) {
    const value = ipv4Value(text);
    return value === null ? null : { bits: 32, value };
  }
  const value = ipv6Value(text);
  return value === null ? null : { bits: 128, value };
}

function ipv4Value(text: string): bigint | null {
  const match = dottedDecimal.exec(text);
  return match === null ? null : match.slice(1).reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6Value(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 1 ? [] : groupsOf(halves[1] ?? '', true);
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  // RFC 4291 lets `::` stand for one or more groups, never for none.
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const numberOf = (groups: readonly bigint[]): bigint =>
    groups.reduce((sum, group) => (sum << 16n) + group, 0n);
  return (numberOf(head) << BigInt(16 * (8 - head.length))) + numberOf(tail);
}

/** The 16-bit groups of one side of `::`; `mayEndInIpv4` is true for the side that ends the address. */
function groupsOf(side: string, mayEndInIpv4: boolean): bigint[] | null {
  if (side === '') return [];
  const groups: bigint[] = [];
  const parts = side.split(':');
  for (const [index, part] of parts.entries()) {
    if (hexGroup.test(part)) {
      groups.push(BigInt(`0x${part}`));
      continue;
    }
    const embedded = mayEndInIpv4 && index === parts.length - 1 ? ipv4Value(part) : null;
    if (embedded === null) return null;
    groups.push(embedded / 65_536n, embedded % 65_536n);
  }
  return groups;
}
