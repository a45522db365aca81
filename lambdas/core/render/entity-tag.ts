import { createHash } from 'node:crypto';
import { parseHttpDate } from '../fetch/http-date.ts';

/** Codings an edge may add to an entity tag (`"x-gzip"`); the tag then names the compressed bytes. */
export const taggedCodings = ['gzip', 'br'] as const;
export type TaggedCoding = (typeof taggedCodings)[number];

/** What a request asks about the representation it already has; header values as received. */
export interface Conditions {
  readonly ifNoneMatch: string | null;
  readonly ifModifiedSince: string | null;
}

/** Validators of the representation at hand; `lastModified` is epoch milliseconds, null when nothing is listed. */
export interface Validators {
  readonly etag: string;
  readonly lastModified: number | null;
}

/** A strong entity tag: a hash of the bytes and of their media type. Source: RFC 9110 §8.8.3. */
export function entityTag(body: string, mediaType: string): string {
  return `"${createHash('sha256').update(mediaType).update('\n').update(body).digest('base64url').slice(0, 22)}"`;
}

/** The tag of the same content under a content coding. Source: RFC 9110 §8.8.3.3, its example. */
export const codedEntityTag = (etag: string, coding: string): string => etag.replace(/"$/, `-${coding}"`);

/**
 * Answers whether a GET or HEAD may be answered with 304. If-None-Match (`*`, lists, weak tags, tags of compressed forms)
 * decides alone when it is there; malformed members match nothing. Source: RFC 9110 §13.1.2, §13.1.3, §13.2.2.
 */
export function isNotModified(conditions: Conditions, { etag, lastModified }: Validators): boolean {
  if (conditions.ifNoneMatch !== null) return matchesTag(conditions.ifNoneMatch, etag);
  if (conditions.ifModifiedSince === null || lastModified === null) return false;
  const since = parseHttpDate(conditions.ifModifiedSince);
  return since !== null && Math.floor(lastModified / 1_000) * 1_000 <= since;
}

function matchesTag(field: string, etag: string): boolean {
  if (field.trim() === '*') return true;
  const known = new Set([etag, ...taggedCodings.map((coding) => codedEntityTag(etag, coding))]);
  // The weak comparison ignores W/; opaque tags are compared as they stand. Linear: a tag cannot contain a quote.
  for (const [tag] of field.matchAll(/"[^"]*"/g)) if (known.has(tag)) return true;
  return false;
}
