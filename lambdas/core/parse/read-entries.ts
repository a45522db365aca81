import type { UnidentifiedEntry } from '../identity/entry-signs.ts';
import type { EntryIdentity } from '../identity/identity.ts';
import type { ParsedEntry, ParsedFeed } from '../words/entry.ts';
import { entryFromParsed } from './entry-from-parsed.ts';

/** A document's entries with what they may be known by, and how many items are not among them, by reason. */
export interface ReadEntries {
  readonly items: readonly UnidentifiedEntry[];
  readonly rejections: ReadonlyMap<string, number>;
  /** The document was cut off: its validators and hash must not stand for a whole one. */
  readonly isTruncated: boolean;
}

/**
 * Cleans a document's items. Each ends as an entry or as one rejection (invariant I1). The item in which a cut-off document
 * ends is rejected: half an item may lack what it is known by, and the next whole document brings it.
 */
export function readEntries(parsed: ParsedFeed, context: { readonly language: string }): ReadEntries {
  const truncations = parsed.problems.filter((problem) => problem.code === 'truncated');
  const cut = new Set(truncations.flatMap((problem) => problem.entry ?? []));
  const feedLanguage = parsed.feed.language ?? context.language;
  const rejections = new Map<string, number>(parsed.rejected > 0 ? [['not-read', parsed.rejected]] : []);
  const items = parsed.entries.flatMap((item, at) => {
    const entry = cut.has(at) ? { rejected: 'truncated' } : entryFromParsed(item, { feedLanguage });
    if (!('rejected' in entry)) return [{ entry, identity: identityOf(item) }];
    rejections.set(entry.rejected, (rejections.get(entry.rejected) ?? 0) + 1);
    return [];
  });
  return { items, rejections, isTruncated: truncations.length > 0 };
}

/** The guid counts as the publisher wrote it, not as the address it may stand for. */
const identityOf = ({ guid, id, link, title, summary }: ParsedEntry): EntryIdentity => ({
  id: guid ?? id,
  link,
  title,
  summary,
});
