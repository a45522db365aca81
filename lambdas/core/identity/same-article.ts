import type { SeenEntry } from '../poll/feed-state.ts';
import { type EntrySigns, formerHashOf } from './entry-signs.ts';
import { hashParts } from './identity.ts';

/** What an entry of the window with one of its keys is to an entry of the document. */
export type Relation = 'same' | 'other' | 'unclear';

/** Is it what was seen then, letter by letter, whichever version the hash has? */
export const isUnchanged = (signs: EntrySigns, seen: SeenEntry): boolean =>
  seen.hash === signs.entry.hash || (hashParts(seen.hash) === null && seen.hash === formerHashOf(signs));

/**
 * How an entry stands to what the window has under one of its own keys. Text may change, that is an edit; page and title
 * together change where a publisher gives an old guid to another article: then it depends (see `isSameAfterAll`).
 */
export function relationTo(signs: EntrySigns, seen: SeenEntry): Relation {
  if (isUnchanged(signs, seen)) return 'same';
  const isGuid = seen.key.startsWith('g');
  const before = hashParts(seen.hash);
  // An old hash tells no more than that something changed; a key that several share must not turn one into the other.
  if (before === null)
    return (isGuid && signs.isGuidShared) || (!isGuid && signs.page === null) ? 'other' : 'same';
  const { parts, page } = signs;
  const isSameTitle = parts.title === before.title;
  if (page !== null && parts.page === before.page)
    return isGuid || isSameTitle || !isReadAnew(signs, seen) ? 'same' : 'unclear';
  if (isGuid && signs.isGuidShared) return isSameTitle && page === null ? 'same' : 'other';
  if (!isGuid && page === null) return isSameTitle || seen.key.startsWith('t') ? 'same' : 'other';
  if (isSameTitle && !isReadAnew(signs, seen)) return 'same';
  return 'unclear';
}

/** Published after the day on which we last handed on what the window has. */
export const isReadAnew = ({ publishedDay }: EntrySigns, { seenDay }: SeenEntry): boolean =>
  publishedDay !== null && publishedDay > seenDay;

/** A guid like `1` or `item 3` is a place in a list, not a name. */
const isPlace = (guid: string | null): boolean =>
  guid !== null && /^(?:[a-z]{0,8}[\s#_-]?)?\d{1,3}$/i.test(guid);

/**
 * The rest of the question, when no other entry of the window is this one: title and page are others, the guid is the same.
 * An entry of old that was written anew says when it was published; what was published since, or says nothing, is
 * another article, because losing one is worse than showing a rewritten one again.
 */
export function isSameAfterAll(signs: EntrySigns, seen: SeenEntry): boolean {
  const before = hashParts(seen.hash);
  if (before === null) return true;
  const { parts, page, publishedDay } = signs;
  if (seen.key.startsWith('u')) return namesArticle(page);
  const isReadable = publishedDay !== null && publishedDay <= seen.seenDay;
  if (parts.summary === before.summary && signs.isTelling && !isReadAnew(signs, seen)) return true;
  // Without a page on either side there is only the guid to go by.
  if (page === null) return !isPlace(signs.guid) || (isReadable && publishedDay < seen.seenDay);
  return isReadable && publishedDay < seen.seenDay;
}

/** Does the address look like that of one article: a number or several words in a part of its path, or a number asked for? */
export function namesArticle(page: string | null): boolean {
  if (page === null) return false;
  const [path = '', query = ''] = page.slice('https://'.length).split('?', 2);
  const parts = path.split('/').slice(1);
  return /\d/.test(query) || parts.some((part) => /\d{3}/.test(part) || part.split(/[-_]/).length > 2);
}
