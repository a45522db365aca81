import { cacheDirectives } from './cache-control.ts';

/** What the publisher gave to ask "anything new since?" with, and the one address it may be sent to. */
export interface Validators {
  readonly validatorsUrl: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** The validator part of a FetchRequest: nothing at all for an unconditional request. */
export interface RequestValidators {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly validatorsUrl?: string;
}

/** Longer validators are dropped, not cut: a cut one would never match, and state rows stay below 1 KB. */
const validatorLengthMax = 1_024;

/** Visible ASCII, space, tab and obs-text; one code unit per byte. Source: RFC 9110 §5.5. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]+$/;

/**
 * True for a value that can be sent as a header exactly as it came: no line breaks or other controls (no header injection),
 * not empty, at most 1 KB. Quotes, `W/`, or the lack of quotes are the publisher's affair.
 */
export function isValidator(value: string): boolean {
  return value.length <= validatorLengthMax && headerValue.test(value) && value.trim() === value;
}

/**
 * What to ask `url` with. Both validators are sent verbatim (the server prefers the ETag, RFC 9110 §13.1.3).
 * When they were given by another address (a redirect's target), `validatorsUrl` tells the fetcher to send them only there.
 */
export function requestValidators(state: Validators, url: string): RequestValidators {
  const { validatorsUrl, etag, lastModified } = state;
  if (validatorsUrl === null || (etag === null && lastModified === null)) return {};
  return {
    ...(etag !== null && isValidator(etag) ? { etag } : {}),
    ...(lastModified !== null && isValidator(lastModified) ? { lastModified } : {}),
    ...(validatorsUrl === url ? {} : { validatorsUrl }),
  };
}

/** The parts of an answer that validators are read from; `url` is the address that gave it. */
export interface ValidatedAnswer {
  readonly status: number;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * The validators to keep after an answer: those of a 200, verbatim; after a 304 the previous ones, replaced where the 304
 * brings new ones (RFC 9110 §15.4.5). None after `no-store` or `Expires: 0`, with which a publisher says its answer must
 * not be compared later (as Miniflux reads it). `validatorsUrl` is always the answering address.
 */
export function validatorsFrom(
  answer: ValidatedAnswer,
  previous: Validators,
): Validators & { readonly validatorsUrl: string } {
  const { headers, url } = answer;
  const unusable =
    cacheDirectives(headers.get('cache-control')).has('no-store') || headers.get('expires')?.trim() === '0';
  if (unusable) return { validatorsUrl: url, etag: null, lastModified: null };
  const kept = answer.status === 304 ? previous : null;
  return {
    validatorsUrl: url,
    etag: usable(headers.get('etag')) ?? kept?.etag ?? null,
    lastModified: usable(headers.get('last-modified')) ?? kept?.lastModified ?? null,
  };
}

function usable(value: string | undefined): string | null {
  return value !== undefined && isValidator(value) ? value : null;
}
