import type { SeenEntry } from '../poll/feed-state.ts';
import type { Entry } from '../words/entry.ts';
import { hashParts } from './identity.ts';

/** An entry with its key, and whether it has that by itself, not for being like another. */
export interface KeyedEntry {
  readonly entry: Entry;
  readonly isOwner: boolean;
}

/** Every entry of one key as the best of them: the one that has it by itself, the newest, the first. In the order given. */
export function withBestOfRepeats(
  keyed: readonly KeyedEntry[],
  byKey: ReadonlyMap<string, SeenEntry>,
): Entry[] {
  const best = new Map<string, KeyedEntry>();
  for (const one of keyed) {
    const other = best.get(one.entry.key);
    const seenHash = byKey.get(one.entry.key)?.hash;
    if (other === undefined || isBetter(one, other, seenHash)) best.set(one.entry.key, one);
  }
  return keyed.map(({ entry }) => best.get(entry.key)?.entry ?? entry);
}

function isBetter(one: KeyedEntry, other: KeyedEntry, seenHash: string | undefined): boolean {
  if (one.isOwner !== other.isOwner) return one.isOwner;
  const [a, b] = [one.entry, other.entry].map(({ updated, published }) => updated ?? published ?? '');
  if (a !== undefined && b !== undefined && a !== b) return a > b;
  // Of one text at two addresses the one that is known stays, in whatever order they stand today.
  const [parts, otherParts] = [hashParts(one.entry.hash), hashParts(other.entry.hash)];
  const isSameText = parts?.title === otherParts?.title && parts?.summary === otherParts?.summary;
  if (!isSameText || other.entry.hash === seenHash) return false;
  return one.entry.hash === seenHash || one.entry.hash < other.entry.hash;
}
