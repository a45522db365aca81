/**
 * What a document that is no readable feed looks like. `feed`: the root of a feed, so a feed that is broken. `data`: XML or
 * JSON of another kind. `challenge`, `login`, `parking`: a page put in the feed's place; `page`: any other HTML.
 */
export type PageKind = 'empty' | 'feed' | 'challenge' | 'login' | 'parking' | 'page' | 'data' | 'text';

/** The beginning says what a document is; challenge and login pages are short. */
const bytesMax = 64 * 1024;

/** Words of a page body mean less the longer the page: a contact form at the end of an article may hold a captcha too. */
const shortPageLength = 24 * 1024;

/** Text that only a bot check has. Seen in the open challenge pages of the products named. */
const challengeSigns = [
  '_cf_chl_opt', // Cloudflare
  'cf-browser-verification',
  'cf-challenge-running',
  'just a moment...</title>',
  'attention required! | cloudflare',
  'incapsula incident id', // Imperva
  'pardon our interruption',
  'captcha-delivery.com', // DataDome
  'px-captcha', // HUMAN, formerly PerimeterX
  'awswafcookiedomainlist', // AWS WAF
  'awswafintegration',
  'sucuri_cloudproxy_js',
  'sucuri website firewall - access denied',
  'vercel security checkpoint',
  'anubis_challenge',
  'ddos-guard</title>',
  '/.well-known/sgcaptcha/', // SiteGround
  'imunify360-webshield',
  'window.kpsdk', // Kasada
];

/** Text that a bot check has and other pages may quote; counts in a short page only. */
const weakChallengeSigns = [
  '_incapsula_resource',
  'checking your browser before',
  'enable javascript and cookies to continue',
  'verify you are human',
  'verifying you are human',
  'verify that you are not a robot',
  'confirm you are not a robot',
  'are you a robot',
  'not a bot',
  'ddos protection by',
  'cf-turnstile',
  'g-recaptcha',
  'h-captcha',
  'security check</title>',
];

const parkingSigns = [
  'this domain is for sale',
  'domain may be for sale',
  'buy this domain',
  'this domain is parked',
  'domain has expired',
  'parked free, courtesy of',
  'sedoparking.com',
  'parkingcrew.net',
  'bodis.com',
  'hugedomains.com',
  'afternic.com',
  'parklogic.com',
];

const loginSigns = ['type="password"', "type='password'", 'type=password', 'name="loginform"'];

const feedRoots = new Set(['rss', 'rdf', 'feed', 'channel']);
const pageRoots = new Set([
  'html',
  'head',
  'body',
  'title',
  'meta',
  'script',
  'style',
  'link',
  'div',
  'center',
  'h1',
]);

/** Says what the beginning of a document looks like. Linear in the bytes it looks at, at most 64 KiB; never throws. */
export function pageKind(bytes: Uint8Array): PageKind {
  const text = textOf(bytes);
  if (text === '') return 'empty';
  const root = rootOf(text);
  const isPage = root !== null && pageRoots.has(root);
  if (!isPage && looksLikeFeed(text, root)) return 'feed';
  const isShort = bytes.length <= shortPageLength;
  const has = (signs: readonly string[]): boolean => signs.some((sign) => text.includes(sign));
  if (has(challengeSigns) || (isShort && has(weakChallengeSigns))) return 'challenge';
  if (!isPage) return root !== null || /^[{[]/.test(text) ? 'data' : 'text';
  if (isShort && has(parkingSigns)) return 'parking';
  return has(loginSigns) ? 'login' : 'page';
}

/** ASCII is enough to recognise anything here: UTF-16 loses its zero bytes, other bytes stand for themselves. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, bytesMax))
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trim()
    .toLowerCase();
}

/** Local name of the first element, `html` for an HTML doctype, null when something else comes first. */
function rootOf(text: string): string | null {
  let at = 0;
  while (text.startsWith('<', at)) {
    if (text.startsWith('<!doctype html', at)) return 'html';
    const end = endOfProlog(text, at);
    if (end === null) return /^<(?:[\w.-]+:)?([\w-]+)/.exec(text.slice(at, at + 100))?.[1] ?? null;
    at = end;
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  }
  return null;
}

/** Where a processing instruction, comment or doctype that begins here ends; null when an element begins here. */
function endOfProlog(text: string, at: number): number | null {
  const closers: readonly (readonly [string, string])[] = [
    ['<?', '?>'],
    ['<!--', '-->'],
    ['<!', '>'],
  ];
  const closer = closers.find(([opening]) => text.startsWith(opening, at))?.[1];
  if (closer === undefined) return null;
  const end = text.indexOf(closer, at);
  return end < 0 ? text.length : end + closer.length;
}

/** Also true for a feed behind the notices of a broken server, and for the two marks of a JSON Feed. */
function looksLikeFeed(text: string, root: string | null): boolean {
  if (root !== null && feedRoots.has(root)) return true;
  if (text.startsWith('{')) return text.includes('jsonfeed.org/version') || /"items"\s*:/.test(text);
  return /<(?:rss|rdf:rdf|feed)[\s>]/.test(text);
}
