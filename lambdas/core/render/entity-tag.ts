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

/**
 * Validators of the representation at hand: every entity tag that names it, and its dates in epoch milliseconds. `changed`
 * is when it last changed as far as its stories tell, `lastModified` what is said of it (see datedTag); both null when
 * nothing is listed.
 */
export interface Validators {
  readonly etags: readonly string[];
  readonly lastModified: number | null;
  readonly changed: number | null;
}

/** A strong entity tag: a hash of the bytes and of their media type. Source: RFC 9110 §8.8.3. */
export const entityTag = (body: string, mediaType: string): string => `"${hashText(mediaType, body)}"`;

/** 22 characters (132 bits) of a hash of these texts; where one ends and the next begins counts. */
export function hashText(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length} `).update(text);
  return hash.digest('base64url').slice(0, 22);
}

/** The tag of the same content under a content coding. Source: RFC 9110 §8.8.3.3, its example. */
export const codedEntityTag = (etag: string, coding: string): string => etag.replace(/"$/, `-${coding}"`);

/** The opaque tags of an If-None-Match field, without quotes and `W/`; what is malformed is passed over. Linear. */
export const listedTags = (field: string): string[] =>
  // A tag cannot contain a quote, so two quotes always bound one.
  Array.from(field.matchAll(/"([^"]*)"/g), ([, tag = '']) => tag);

/**
 * Last-Modified of a representation: its last change, set back within the hour by an amount that its entity tag decides. A
 * re-tag, a removal or a growing cluster alters what is listed without a story of a later date; the whole seconds of the
 * date alone could not tell, this one does, and a reader that has nothing but the date is not told 304 for what it has not
 * seen. `changed` and the result are epoch milliseconds. Source: RFC 9110 §8.8.2.1 (never later than the message).
 */
export function datedTag(changed: number, etag: string): number {
  const back = createHash('sha256').update(etag).digest().readUInt32BE(0) % 3_600;
  return Math.floor(changed / 1_000 - back) * 1_000;
}

/**
 * Answers whether a GET or HEAD may be answered with 304. If-None-Match (`*`, lists, weak tags, tags of compressed forms)
 * decides alone when it is there; malformed members match nothing. A date that we gave must be the very one, as nginx has
 * it; one that is later than the last change is the reader's own and is believed. Source: RFC 9110 §13.1.2, §13.1.3, §13.2.2.
 */
export function isNotModified(conditions: Conditions, validators: Validators): boolean {
  const { etags, lastModified, changed } = validators;
  if (conditions.ifNoneMatch !== null) return matchesTag(conditions.ifNoneMatch, etags);
  if (conditions.ifModifiedSince === null || lastModified === null || changed === null) return false;
  const since = parseHttpDate(conditions.ifModifiedSince);
  return since !== null && (since === lastModified || since > changed);
}

function matchesTag(field: string, etags: readonly string[]): boolean {
  if (field.trim() === '*') return true;
  const forms = etags.flatMap((etag) => [
    etag,
    ...taggedCodings.map((coding) => codedEntityTag(etag, coding)),
  ]);
  const known = new Set(forms);
  return listedTags(field).some((tag) => known.has(`"${tag}"`));
}
