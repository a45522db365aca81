import { createHash } from 'node:crypto';
import { foldLine } from '../parse/plain-text.ts';
import { parsedUrl } from '../words/parsed-url.ts';
import type { EntryIdentity } from './identity.ts';

/*
 * Keys and hashes as windows and sightings stored before hashes had a version hold them. Frozen: whatever is improved in
 * canonical-url.ts or comparable-text.ts, what was known then is recognised by these and neither announced nor taken for
 * an edit again.
 */

/** Key of an entry as it was then. */
export function formerEntryKey(entry: EntryIdentity): string {
  const guid = folded(entry.id ?? '');
  if (guid !== '') return `g${digest(/^https?:\/\/[^\s]+$/i.test(guid) ? stableUrl(guid).url : guid)}`;
  const text = `${matched(entry.title ?? '')}\n${matched(entry.summary ?? '')}`;
  if (entry.link === null || entry.link.trim() === '') return `t${digest(text)}`;
  const { url, wasVolatile } = stableUrl(entry.link);
  return `u${digest(wasVolatile ? `${url}\n${matched(entry.title ?? '')}` : url)}`;
}

/** Keys that told entries apart then which shared the key `key`: by page, and by title. */
export function formerSteppedKeys(
  key: string,
  { url, title }: { url: string | null; title: string },
): string[] {
  const lower = (details: string) => `${key.charAt(0)}${digest(`${key}\n${details}`)}`;
  if (key.startsWith('u')) return [lower(matched(title))];
  return [lower(url === null ? '' : stableUrl(url).url)];
}

/** Content hash as it was then; 16 characters. */
export function formerContentHash(entry: {
  readonly title: string;
  readonly summary: string;
  readonly url: string | null;
}): string {
  const url = entry.url === null ? '' : stableUrl(entry.url).url;
  return digest([folded(entry.title), folded(entry.summary), url].join('\n'));
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);
const folded = (text: string): string => foldLine(text).normalize('NFC');
const matched = (text: string): string => folded(text.normalize('NFKC')).toLowerCase();

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const trackers = words(
  'fbclid gclid gclsrc dclid wbraid gbraid msclkid twclid ttclid li_fat_id yclid ysclid igsh igshid srsltid ' +
    'mc_cid mc_eid _hsenc _hsmi mkt_tok vero_id vero_conv oly_enc_id oly_anon_id _ke s_cid __s ck_subscriber_id ' +
    '_ga _gl xtor wt.mc_id wt_mc cx_testid ncid cmpid cmp ocid smid smtyp at_medium at_campaign taid',
);
const families = /^(?:utm_|mtm_|matomo_|pk_|piwik_|hsa_|at_custom)/;
const sessions = words(
  'phpsessid jsessionid sessionid session_id session sid cfid cftoken aspsessionid ' +
    'token access_token auth nonce sig signature expires ts timestamp cb cachebuster cachebust nocache rnd rand random _',
);

const isTracking = (name: string): boolean =>
  trackers.has(name.toLowerCase()) || families.test(name.toLowerCase()) || /^(?:amp|outputtype)$/i.test(name);
const isVolatile = (name: string, value: string): boolean =>
  sessions.has(name.toLowerCase()) ||
  (/^\w{16,}={0,2}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value));

function stableUrl(url: string): { readonly url: string; readonly wasVolatile: boolean } {
  const whole = canonical(url, isTracking);
  const stable = canonical(whole, isVolatile);
  return { url: stable, wasVolatile: stable !== whole };
}

function canonical(url: string, isDropped: (name: string, value: string) => boolean): string {
  const trimmed = url.trim();
  if (trimmed.length > 2_048 || !/^https?:/i.test(trimmed)) return trimmed;
  const parsed = parsedUrl(trimmed);
  if (parsed === null || parsed.hostname === '') return trimmed;
  const port = parsed.port === '' || parsed.port === '80' || parsed.port === '443' ? '' : `:${parsed.port}`;
  return `https://${hostOf(parsed.hostname)}${port}${pathOf(parsed.pathname)}${queryOf(parsed.search, isDropped)}`;
}

const hostOf = (host: string): string =>
  untilSame(
    host.replace(/([^.])\.$/, '$1'),
    (rest) => /^(?:www\d?|m|mobile|amp)\.([^.]+\..+)$/.exec(rest)?.[1] ?? rest,
  );

const pathOf = (path: string): string =>
  untilSame(decodedUnreserved(path), (rest) =>
    rest
      .replace(/\/+$/, '')
      .replace(/\/amp$/i, '')
      .replace(/(?<=[\w-])\.amp(\.html?)?$/i, '$1'),
  );

function queryOf(search: string, isDropped: (name: string, value: string) => boolean): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => {
      const equals = parameter.indexOf('=');
      const name = equals < 0 ? parameter : parameter.slice(0, equals);
      return parameter !== '' && !isDropped(name, equals < 0 ? '' : parameter.slice(equals + 1));
    });
  return kept.length === 0 ? '' : `?${decodedUnreserved(kept.join('&'))}`;
}

const decodedUnreserved = (text: string): string =>
  untilSame(text, (rest) =>
    rest.replace(/%([0-9a-f]{2})/gi, (encoded, digits: string) => {
      const character = String.fromCharCode(Number.parseInt(digits, 16));
      return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
    }),
  );

function untilSame(text: string, next: (text: string) => string): string {
  let rest = text;
  for (;;) {
    const shorter = next(rest);
    if (shorter === rest) return rest;
    rest = shorter;
  }
}
