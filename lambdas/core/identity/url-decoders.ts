/** What two characters behind a `0` stand for in a path of feedsportal.com. Source: links as seen in feeds. */
const feedsPortalCodes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    A: '0',
    B: '.',
    C: '/',
    D: '?',
    E: '-',
    F: '=',
    G: '&',
    H: ',',
    I: '_',
    J: '%',
    K: '+',
    L: 'http://',
    M: 'https://',
    N: '.com',
    O: '.co.uk',
    P: ';',
    Q: '|',
    R: ':',
    S: 'www.',
    T: '#',
    U: '$',
    V: '~',
    W: '!',
    X: '(',
    Y: ')',
    Z: 'Z',
  }),
);

/** Target of `…feedsportal.com/c/1/f/2/s/3/l/0L0Sexample0N0Ca/story01.htm`; null for any other of its links. */
export function feedsPortalTarget(url: URL): string | null {
  const coded = /\/l\/(0[LM]\w+)\//.exec(url.pathname)?.[1];
  return coded === undefined
    ? null
    : coded.replace(/0([A-Z])/g, (pair, code: string) => feedsPortalCodes.get(code) ?? pair);
}

/**
 * Target of `news.google.com/rss/articles/CBMi…`: a protocol buffer in base64url, whose field 4 is the address. The form
 * used since 2024 holds no address but a token that only Google can read: null.
 */
export function googleNewsTarget(url: URL): string | null {
  const coded = /\/(?:articles|read)\/(CBMi[\w-]+)/.exec(url.pathname)?.[1];
  if (coded === undefined) return null;
  const bytes = Buffer.from(coded, 'base64url');
  // 08 13 22, then the length as a varint of one byte or two.
  if (bytes[0] !== 0x08 || bytes[1] !== 0x13 || bytes[2] !== 0x22) return null;
  const first = bytes[3] ?? 0;
  const isLong = first >= 0x80;
  const length = isLong ? (first & 0x7f) | ((bytes[4] ?? 0) << 7) : first;
  const from = isLong ? 5 : 4;
  return from + length > bytes.length ? null : bytes.toString('utf8', from, from + length);
}

/**
 * Target of a link that Proofpoint rewrote, in its three forms: v1 is percent-encoded, v2 writes `-` for `%` and `_` for
 * `/`, v3 keeps the address and puts `*` for characters that it lists at the end. Null for anything else.
 * Source: Proofpoint, URL Defense decoder.
 */
export function proofpointTarget(url: URL): string | null {
  const version = /^\/(v[123])\//.exec(url.pathname)?.[1];
  if (version === 'v3') return proofpointV3Target(url.href);
  const coded = /[?&]u=([^&]*)/.exec(url.search)?.[1];
  if (version === undefined || coded === undefined) return null;
  const encoded = version === 'v2' ? coded.replaceAll('-', '%').replaceAll('_', '/') : coded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

const runLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function proofpointV3Target(href: string): string | null {
  const from = href.indexOf('/v3/__') + '/v3/__'.length;
  const end = href.lastIndexOf('__;');
  if (from < '/v3/__'.length || end < from) return null;
  const kept = href.slice(from, end).replace(/^(https?):\/{1,2}(?=[^/])/i, '$1://');
  const coded = /^([\w-]*)/.exec(href.slice(end + '__;'.length))?.[1] ?? '';
  const characters = [...Buffer.from(coded, 'base64url').toString('utf8')];
  let at = 0;
  // `*` is one character; `**X` is a run of X, counted from two.
  return kept.replace(/\*(?:\*([\w-]))?/g, (_, run: string | undefined) => {
    const length = run === undefined ? 1 : runLetters.indexOf(run) + 2;
    at += length;
    return characters.slice(at - length, at).join('');
  });
}
