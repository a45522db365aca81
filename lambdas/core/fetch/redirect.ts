import { parsedUrl } from '../words/parsed-url.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { checkFetchUrl, fetchUrlLengthMax } from './fetch-url.ts';

/** One answer of a request chain that may lead on. `location` is the header as node gives it: one code unit per byte. */
export interface RedirectAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly from: URL;
  /** Every address asked so far, `from` included. */
  readonly visited: ReadonlySet<string>;
  readonly redirectsMax: number;
}

/** Where to go next, or why not; `none` when the answer is not a redirect that a GET follows. */
export type RedirectStep =
  | { readonly kind: 'none' }
  | { readonly kind: 'follow'; readonly url: URL; readonly allowed: boolean; readonly permanent: boolean }
  | { readonly kind: 'refuse'; readonly reason: 'guarded' | 'redirected'; readonly detail: string };

const followed = new Set([301, 302, 303, 307, 308]);

/** Statuses that say the move is for good. Source: RFC 9110 §15.4.2 and §15.4.9. */
const permanent = new Set([301, 308]);

/**
 * Decides on one redirect: the target is read relative to `from` and guarded like a feed's own address. Refused are a
 * missing or unreadable Location, more than `redirectsMax` redirects, a loop, and https to http (the text would no longer
 * be what the publisher signed for). Never throws. Source: RFC 9110 §15.4.
 */
export function redirectStep(answer: RedirectAnswer, allowedHosts: AllowedHosts): RedirectStep {
  if (!followed.has(answer.status)) return { kind: 'none' };
  const target = targetOf(answer);
  if (target === null) {
    const got = answer.location === null ? 'none' : JSON.stringify(answer.location.slice(0, 120));
    return refuse('redirected', `Expected a readable Location with status ${answer.status}, got ${got}`);
  }
  const check = checkFetchUrl(target, allowedHosts);
  if (!check.ok) return refuse('guarded', `Redirect from ${answer.from.host}: ${check.reason}`);
  if (answer.from.protocol === 'https:' && check.url.protocol === 'http:') {
    return refuse('redirected', `Expected https to lead to https, got ${check.url.origin}`);
  }
  if (answer.visited.has(check.url.href)) {
    return refuse('redirected', `Expected redirects to end, got a loop at ${check.url.href}`);
  }
  if (answer.visited.size > answer.redirectsMax) {
    return refuse('redirected', `Expected at most ${answer.redirectsMax} redirects, got one more`);
  }
  return { kind: 'follow', url: check.url, allowed: check.allowed, permanent: permanent.has(answer.status) };
}

/** The absolute target, or null when there is none, it is empty or overlong, or no URL can be made of it. */
function targetOf({ location, from }: RedirectAnswer): string | null {
  if (location === null || location.trim() === '' || location.length > 3 * fetchUrlLengthMax) return null;
  const text = utf8OfBytes(location.trim());
  return parsedUrl(text, from.href)?.href ?? null;
}

/** Publishers put raw UTF-8 in Location, which arrives byte by byte; what is not UTF-8 stays as it came. */
function utf8OfBytes(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

function refuse(reason: 'guarded' | 'redirected', detail: string): RedirectStep {
  return { kind: 'refuse', reason, detail };
}
