import { distinctKeys } from '../identity/identity.ts';
import type { Entry, ParsedFeed } from '../words/entry.ts';
import { entryFromParsed } from './entry-from-parsed.ts';

/** A document's entries ready to be handed on, and how many items are not among them, by reason. */
export interface ReadEntries {
  readonly entries: readonly Entry[];
  readonly rejections: ReadonlyMap<string, number>;
  /** The document was cut off: its validators and hash must not stand for a whole one. */
  readonly isTruncated: boolean;
}

/**
 * Cleans a document's items. Each ends as an entry or as one rejection (invariant I1). The item in which a cut-off document
 * ends is rejected: half an item may lack what it is known by, and the next whole document brings it. `seen` is what the
 * feed listed before, key to hash.
 */
export function readEntries(
  parsed: ParsedFeed,
  context: { readonly language: string; readonly seen: ReadonlyMap<string, string> },
): ReadEntries {
  const truncations = parsed.problems.filter((problem) => problem.code === 'truncated');
  const cut = new Set(truncations.flatMap((problem) => problem.entry ?? []));
  const feedLanguage = parsed.feed.language ?? context.language;
  const read = parsed.entries.map((item, at) =>
    cut.has(at) ? { rejected: 'truncated' } : entryFromParsed(item, { feedLanguage }),
  );
  const entries = read.flatMap((entry) => ('rejected' in entry ? [] : [entry]));
  const rejections = new Map<string, number>(parsed.rejected > 0 ? [['not-read', parsed.rejected]] : []);
  for (const entry of read) {
    if ('rejected' in entry) rejections.set(entry.rejected, (rejections.get(entry.rejected) ?? 0) + 1);
  }
  return { entries: distinctKeys(entries, context.seen), rejections, isTruncated: truncations.length > 0 };
}
