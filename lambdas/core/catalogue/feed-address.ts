import { hostKey } from '../fetch/host-key.ts';
import { canonicalUrl } from '../identity/canonical-url.ts';
import { isTrackingParameter } from '../identity/tracking-parameters.ts';
import { parsedUrl } from '../words/parsed-url.ts';

/** Longer addresses are not stored for stories either; no feed we know of comes near. */
export const feedUrlLengthMax = 2_048;

/**
 * Answers whether `text` is an absolute http or https address that carries no user and password, on a
 * host whose name can exist: labels of 1 to 63 characters, 253 in all (RFC 1035 §2.3.4), also without `www.`. Never throws.
 */
export function isFeedAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  const url = parsedUrl(text);
  return url !== null && url.username === '' && url.password === '' && isHostName(hostKey(url.href));
}

const isHostName = (host: string): boolean =>
  host.length <= 253 && host.split('.').every((label) => label !== '' && label.length <= 63);

/**
 * What addresses of one feed have in common, to compare with, never to be asked: http or https, `www.` or not, a slash
 * at the end, tracking parameters and a fragment make no difference. Other parameters do, because publishers choose
 * sections and formats by them. Never throws.
 */
export function feedAddressKey(address: string): string {
  const url = parsedUrl(address);
  if (url === null) return address;
  const parameters = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !isTrackingParameter(parameter.split('=', 1)[0] ?? ''));
  return `${canonicalUrl(url.origin + url.pathname)}?${parameters.join('&')}`;
}

/** The host of an address without `www.`, port included: what the feeds of one publisher share. Throws on no address. */
export function feedHost(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}
