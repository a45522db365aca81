import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from './position.ts';
import { canonicalQuery, type StoryQuery } from './story-query.ts';

/** Raised whenever the meaning of a cursor's bytes changes, which makes the older ones invalid. */
const cursorVersion = 1;
const digestBytes = 8;
const macBytes = 16;
/** A position is 24 characters of time, one space and an id of 22 to 64 characters; see storyIdForm. */
const positionForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9A-Za-z]{1,64})$/;

/** What binds a cursor: the query it pages through (without limit and cursor) and the key only the server has. */
export interface CursorContext {
  readonly query: StoryQuery;
  readonly key: string;
}

/**
 * The place after `position` as an opaque text of letters, digits, `-` and `_`: version, digest of the query, position,
 * and a truncated HMAC-SHA256 over them all. Source: RFC 2104 §5 (truncation), RFC 4648 §5 (alphabet).
 */
export function cursorAfter(position: Position, context: CursorContext): string {
  const place = Buffer.from(`${position.sortTime} ${position.id}`, 'utf8');
  const payload = Buffer.concat([Buffer.of(cursorVersion), queryDigest(context.query), place]);
  return Buffer.concat([payload, macOf(payload, context.key)]).toString('base64url');
}

/** The position a cursor stands for; null when it is broken, forged, of another version or of another query. */
export function positionFromCursor(cursor: string, context: CursorContext): Position | null {
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding forgives unused bits and stray characters, so only the one spelling we wrote is taken.
  if (bytes.toString('base64url') !== cursor) return null;
  if (bytes.length <= 1 + digestBytes + macBytes) return null;
  const payload = bytes.subarray(0, -macBytes);
  if (!timingSafeEqual(macOf(payload, context.key), bytes.subarray(-macBytes))) return null;
  if (payload[0] !== cursorVersion) return null;
  if (!payload.subarray(1, 1 + digestBytes).equals(queryDigest(context.query))) return null;
  const [, sortTime, id] = positionForm.exec(payload.subarray(1 + digestBytes).toString('utf8')) ?? [];
  return sortTime === undefined || id === undefined ? null : { sortTime, id };
}

const macOf = (payload: Uint8Array, key: string): Buffer =>
  createHmac('sha256', key).update('sitrep cursor').update(payload).digest().subarray(0, macBytes);

function queryDigest(query: StoryQuery): Buffer {
  const text = canonicalQuery(query, { without: ['limit', 'cursor'] });
  return createHash('sha256').update(text).digest().subarray(0, digestBytes);
}
