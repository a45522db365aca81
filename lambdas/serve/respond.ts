import { entityTag, isNotModified } from '../core/render/entity-tag.ts';
import { allowedMethods, commonHeaders, mediaTypes } from '../core/render/http-headers.ts';
import type { Answer } from './answer.ts';

/**
 * The response to a GET or HEAD: validators, 304 where the reader has it already, no body for HEAD.
 * A 304 repeats what RFC 9110 §15.4.5 asks for; Last-Modified is never later than now (§8.8.2.1).
 */
export function responseFor(request: Request, answer: Answer, nowMs: number): Response {
  const headers = new Headers({ ...commonHeaders(answer.mediaType), ...answer.headers });
  headers.set('cache-control', answer.cacheControl);
  if (answer.status === 200 && answer.cacheControl !== 'no-store') {
    const etag = entityTag(answer.body, answer.mediaType);
    const lastModified = settledTime(answer.lastModified, nowMs);
    headers.set('etag', etag);
    if (lastModified !== null) headers.set('last-modified', new Date(lastModified).toUTCString());
    const ifNoneMatch = request.headers.get('if-none-match');
    const ifModifiedSince = request.headers.get('if-modified-since');
    if (isNotModified({ ifNoneMatch, ifModifiedSince }, { etag, lastModified })) {
      return new Response(null, { status: 304, headers });
    }
  }
  headers.set('content-type', answer.mediaType);
  headers.set('content-length', String(Buffer.byteLength(answer.body)));
  return new Response(request.method === 'HEAD' ? null : answer.body, { status: answer.status, headers });
}

/**
 * The time of the last change as a validator: none while it is less than a second old, because another change could still
 * fall into the same second and go unseen. Source: RFC 9110 §8.8.2.2.
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
    'access-control-allow-headers': 'If-None-Match, If-Modified-Since',
    'access-control-max-age': '86400',
    'cache-control': 'public, max-age=86400',
  };
  return new Response(null, { status: 204, headers });
}
