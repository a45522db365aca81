import type { FetchResult } from '../fetch/fetch-result.ts';
import { pageKind } from './page-kind.ts';
import type { PollOutcome } from './poll-outcome.ts';

/** `document`: a 200 whose body has yet to be parsed. Otherwise how the poll ended; `retryAfter` is the header as it came. */
export type Classified =
  | { readonly kind: 'document' }
  | {
      readonly kind: 'outcome';
      readonly outcome: PollOutcome;
      readonly retryAfter: string | null;
      readonly detail: string;
    };

/** Fields with which a bot check names itself, whatever its status. Source: the products' own documentation. */
const challengeFields: readonly (readonly [string, RegExp])[] = [
  ['cf-mitigated', /challenge/i], // Cloudflare
  ['x-amzn-waf-action', /challenge|captcha/i], // AWS WAF: 202 and 405
  ['x-vercel-mitigated', /challenge/i], // Vercel: 429
  ['sg-captcha', /challenge/i], // SiteGround: 202
];

/** Statuses that mean one thing. 402 and 451 are refusals too, and 406 is how mod_security refuses a user agent. */
const outcomeByStatus: ReadonlyMap<number, PollOutcome> = new Map([
  [401, 'blocked'],
  [402, 'blocked'],
  [403, 'blocked'],
  [404, 'not-found'],
  [406, 'blocked'],
  [408, 'timeout'],
  [410, 'gone'],
  [429, 'rate-limited'],
  [451, 'blocked'],
]);

/**
 * How a poll ended, as far as the HTTP exchange tells; `conditional` says that validators were sent. Only a 200 is a document
 * (RFC 9110 lets others carry one, but 203, 206 or 226 may not be the whole of it); a 304 that nobody asked for is a protocol
 * error. Everything else is one outcome with the Retry-After it came with, and a sentence for the log. Never throws.
 */
export function classifyResponse(result: FetchResult, conditional: boolean): Classified {
  if (result.kind === 'failure') {
    return { kind: 'outcome', outcome: result.reason, retryAfter: null, detail: result.detail };
  }
  const { status, headers, url } = result;
  const challenged = challengeFields.some(([name, sign]) => sign.test(headers.get(name) ?? ''));
  if (status === 200 && !challenged) return { kind: 'document' };
  const plain = outcomeOf(status, conditional);
  const outcome = challenged || hasChallenge(plain, result.body) ? 'challenge-page' : plain;
  const retryAfter = headers.get('retry-after') ?? null;
  const detail = `Expected 200${conditional ? ' or 304' : ''}, got ${status} from ${url}`;
  return { kind: 'outcome', outcome, retryAfter, detail };
}

function outcomeOf(status: number, conditional: boolean): PollOutcome {
  if (status === 304) return conditional ? 'not-modified' : 'protocol';
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 500 && status < 600) return 'server-error';
  return outcomeByStatus.get(status) ?? 'protocol';
}

/** A refusal or an overload may be a bot check in disguise; a page that is gone is gone, whatever widgets it carries. */
function hasChallenge(outcome: PollOutcome, body: Uint8Array): boolean {
  const mayHide = ['blocked', 'rate-limited', 'server-error', 'protocol'].includes(outcome);
  return mayHide && pageKind(body) === 'challenge';
}

/**
 * How a poll ended whose 200 could not be parsed: a bot check, a login or parking page, another document that is no feed (a
 * page, an error in JSON, a sitemap), or a feed that is broken. An empty document counts as broken: it may come back, and it never
 * means that the feed was emptied. `parseCode` is the parser's own word; `not-a-feed` settles the cases the bytes leave open.
 */
export function classifyUnparsable(
  parseCode: string,
  bytes: Uint8Array,
): 'not-a-feed' | 'challenge-page' | 'login-page' | 'parking-page' | 'parse-failed' {
  const kind = pageKind(bytes);
  if (kind === 'challenge' || kind === 'login' || kind === 'parking') return `${kind}-page`;
  if (kind === 'empty') return 'parse-failed';
  return kind === 'feed' && parseCode !== 'not-a-feed' ? 'parse-failed' : 'not-a-feed';
}
