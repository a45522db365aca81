import type { SeenEntry } from '../poll/feed-state.ts';
import type { Entry, Tombstone } from '../words/entry.ts';
import { stableUrl } from './canonical-url.ts';
import { digest } from './digest.ts';
import { guidKey, hashParts, ownPageKey } from './identity.ts';

/** Stands for title and summary in the hash of an entry that its publisher deleted; no digest of a text is asked to differ. */
const withdrawnMark = 'withdrawn-';

/** Hash of an entry once it is deleted; the page stays in it, so that the entry is known again if it comes back. */
export const withdrawnHash = (hash: string): string =>
  `2${hashParts(hash)?.page ?? digest('').slice(0, 6)}${withdrawnMark}`;

/** Is this the hash of an entry that was deleted? */
export const isWithdrawnHash = (hash: string): boolean => hash.endsWith(withdrawnMark);

/**
 * The entries of the window that the document's tombstones name, as what is handed on of them: key and hash, and words that
 * are no article's. A tombstone counts by guid, or by address where it is one. One whose key an entry of the document
 * goes by (`listed`) deletes nothing: the publisher gave the article another guid. Source: RFC 6721 §3.
 */
export function withdrawnEntries(
  tombstones: readonly Tombstone[],
  memory: { readonly window: readonly SeenEntry[]; readonly listed: readonly Entry[] },
): readonly Entry[] {
  if (tombstones.length === 0) return [];
  const byKey = new Map(memory.window.map((seen) => [seen.key, seen]));
  for (const { key } of memory.listed) byKey.delete(key);
  const found = new Map<string, Entry>();
  for (const { ref, when } of tombstones) {
    const seen = keysOf(ref).flatMap((key) => byKey.get(key) ?? [])[0];
    if (seen !== undefined) found.set(seen.key, withdrawnEntry(seen, when));
  }
  return [...found.values()];
}

const keysOf = (ref: string): readonly string[] => [
  guidKey(ref),
  ...(/^https?:\/\/\S+$/i.test(ref) ? [ownPageKey(stableUrl(ref).url)] : []),
];

const withdrawnEntry = ({ key, hash }: SeenEntry, when: string | null): Entry => ({
  key,
  hash: isWithdrawnHash(hash) ? hash : withdrawnHash(hash),
  title: 'Withdrawn by its publisher',
  url: null,
  published: null,
  updated: when,
  summary: '',
  authors: [],
  categories: [],
  lang: 'und',
  withdrawn: true,
});
