import { createHash } from 'node:crypto';
import { hashText, listedTags, taggedCodings } from '../render/entity-tag.ts';
import type { FeedDocument } from '../render/feed-document.ts';

/**
 * The entity tags of one feed document, quoted. `plain` is what every reader gets. `telling` begins with the same hash and
 * carries a mark of each item besides: a reader that sends it back shows which items it has, in which state, and nothing
 * has to be kept here. It is given to readers that ask for deltas only, because it is longer.
 */
export interface FeedTags {
  readonly plain: string;
  readonly telling: string;
}

/** Bytes of an item's mark: of 200 items one is taken for another once in 5 · 10⁹ changes. */
const markBytes = 5;
const hashLength = 22;
const scopeLength = 6;
const tellingForm = /^[\w-]{22}\.[\w-]{6,}$/;

/**
 * The tags of a document, from what it says and not from its bytes, so that "not modified" costs no rendering. `scope` is
 * all that decides how it is written besides: the address, the format, the renderers and the names of the catalogue.
 */
export function feedTags(feed: FeedDocument, scope: string): FeedTags {
  const { items, ...about } = feed;
  const marks = items.map(itemMark);
  const hash = hashText(
    scope,
    JSON.stringify(about),
    Buffer.concat(marks.map(({ whole }) => whole)).toString('hex'),
  );
  const cut = Buffer.concat(marks.map(({ short }) => short)).toString('base64url');
  return { plain: `"${hash}"`, telling: `"${hash}.${scopeMark(scope)}${cut}"` };
}

/**
 * The document without the items that a reader has already, going by the tags of its If-None-Match (or whatever it sent in
 * its stead); null when none of them is a telling tag of this feed in this format, or when nothing could be left out: then
 * the whole document is the answer. `base` is the tag that was taken, quoted. Source: RFC 3229 §5.
 */
export function feedDelta(
  feed: FeedDocument,
  scope: string,
  ifNoneMatch: string,
): { readonly feed: FeedDocument; readonly base: string } | null {
  for (const tag of listedTags(ifNoneMatch)) {
    const known = knownMarks(tag, scope);
    if (known === null) continue;
    const items = feed.items.filter((item) => !known.has(itemMark(item).short.toString('hex')));
    if (items.length < feed.items.length) return { feed: { ...feed, items }, base: `"${tag}"` };
  }
  return null;
}

/** The marks a telling tag carries; null for any other tag, one of another feed, format or release, or a broken one. */
function knownMarks(tag: string, scope: string): ReadonlySet<string> | null {
  const coding = taggedCodings.find(
    (name) => tag.endsWith(`-${name}`) && isWhole(tag.slice(0, -name.length - 1)),
  );
  const plain = coding === undefined ? tag : tag.slice(0, -coding.length - 1);
  if (!isWhole(plain) || !plain.startsWith(scopeMark(scope), hashLength + 1)) return null;
  const bytes = Buffer.from(plain.slice(hashLength + 1 + scopeLength), 'base64url');
  const marks = new Set<string>();
  for (let at = 0; at < bytes.length; at += markBytes) marks.add(bytes.toString('hex', at, at + markBytes));
  return marks;
}

/**
 * Answers whether a tag has the form of a telling one with a whole number of marks. Lengths that marks can have differ by
 * six or seven characters or a sum of such, so the name of a coding (three or five) can never be taken for part of one.
 */
function isWhole(tag: string): boolean {
  if (!tellingForm.test(tag)) return false;
  const length = tag.length - hashLength - 1 - scopeLength;
  const count = Math.floor((length * 3) / 4 / markBytes);
  return Math.ceil((count * markBytes * 4) / 3) === length;
}

const scopeMark = (scope: string): string => hashText('scope', scope).slice(0, scopeLength);

/** All of an item in 32 bytes, and the part of it that stands in tags. */
function itemMark(item: FeedDocument['items'][number]): { readonly whole: Buffer; readonly short: Buffer } {
  const whole = createHash('sha256').update(JSON.stringify(item)).digest();
  return { whole, short: whole.subarray(0, markBytes) };
}
