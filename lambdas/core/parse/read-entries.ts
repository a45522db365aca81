import type { UnidentifiedEntry } from '../identity/entry-signs.ts';
import type { ParsedEntry, ParsedFeed, Tombstone } from '../words/entry.ts';
import { entryFromParsed, identityOf } from './entry-from-parsed.ts';

/** A document's entries with what they may be known by, and how many items are not among them, by reason. */
export interface ReadEntries {
  readonly items: readonly UnidentifiedEntry[];
  readonly rejections: ReadonlyMap<string, number>;
  /** What the document says was deleted and does not list as changed since. */
  readonly tombstones: readonly Tombstone[];
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
  const buried = new Map((parsed.tombstones ?? []).map((tombstone) => [tombstone.ref, tombstone]));
  const items = parsed.entries.flatMap((item, at) => {
    const entry = cut.has(at)
      ? { rejected: 'truncated' }
      : isBuried(item, buried)
        ? { rejected: 'withdrawn' }
        : entryFromParsed(item, { feedLanguage });
    if (!('rejected' in entry)) return [{ entry, identity: identityOf(item) }];
    rejections.set(entry.rejected, (rejections.get(entry.rejected) ?? 0) + 1);
    return [];
  });
  return { items, rejections, tombstones: [...buried.values()], isTruncated: truncations.length > 0 };
}

/** Does the document delete an item that it lists? What was changed since the deletion is there again. Source: RFC 6721 §3. */
function isBuried(item: ParsedEntry, buried: Map<string, Tombstone>): boolean {
  const ref = item.guid ?? item.id;
  const tombstone = ref === null ? undefined : buried.get(ref);
  if (ref === null || tombstone === undefined) return false;
  if (tombstone.when !== null && tombstone.when >= (item.updated ?? item.published ?? '')) return true;
  buried.delete(ref);
  return false;
}
