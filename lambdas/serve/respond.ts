import { datedTag, entityTag, isNotModified } from '../core/render/entity-tag.ts';
import { allowedMethods, commonHeaders, mediaTypes } from '../core/render/http-headers.ts';
import type { Answer } from './answer.ts';

/**
 * The response to a GET or HEAD: validators, 304 where the reader has it already, no body for HEAD. A 304 has the headers
 * of the answer it stands for; the body is made only when it is sent or its length is. Ranges are not served, so a Range is
 * ignored. Source: RFC 9110 §15.4.5, §14.2.
 */
export function responseFor(request: Request, answer: Answer, nowMs: number): Response {
  const headers = new Headers({ ...commonHeaders(answer.mediaType), ...answer.headers });
  headers.set('cache-control', answer.cacheControl);
  const body = madeOnce(answer.body);
  if (hasValidators(answer)) {
    const etags = answer.etags ?? [entityTag(body(), answer.mediaType)];
    const changed = settledTime(answer.lastModified, nowMs);
    const lastModified = changed === null ? null : datedTag(changed, etags[0]);
    headers.set('etag', etags[0]);
    if (lastModified !== null) headers.set('last-modified', new Date(lastModified).toUTCString());
    const ifNoneMatch = request.headers.get('if-none-match');
    const ifModifiedSince = request.headers.get('if-modified-since');
    if (isNotModified({ ifNoneMatch, ifModifiedSince }, { etags, lastModified, changed })) {
      return new Response(null, { status: 304, headers });
    }
  }
  headers.set('content-type', answer.mediaType);
  headers.set('content-length', String(Buffer.byteLength(body())));
  return new Response(request.method === 'HEAD' ? null : body(), { status: answer.status, headers });
}

function madeOnce(body: Answer['body']): () => string {
  let made = typeof body === 'string' ? body : null;
  return () => {
    made ??= typeof body === 'string' ? body : body();
    return made;
  };
}

/** What names its tags has validators whoever may keep it; anything else when it is a success that may be kept. */
const hasValidators = ({ status, etags, cacheControl }: Answer): boolean =>
  etags !== undefined || (status === 200 && cacheControl !== 'no-store');

/**
 * The time of the last change: none while it is less than a second old, because another change could still fall into the
 * same second and go unseen. Source: RFC 9110 §8.8.2.2.
 */
function settledTime(changed: number | null, nowMs: number): number | null {
  return changed === null || nowMs - changed < 1_000 ? null : changed;
}

/** The answer to OPTIONS: what is allowed, for people and for a browser's preflight. Source: Fetch §3.3.5. */
export function optionsResponse(): Response {
  const headers = {
    ...commonHeaders(mediaTypes.json),
    allow: allowedMethods,
    'access-control-allow-methods': allowedMethods,
    'access-control-allow-headers': 'A-IM, If-None-Match, If-Modified-Since',
    'access-control-max-age': '86400',
    'cache-control': 'public, max-age=86400',
  };
  return new Response(null, { status: 204, headers });
}
