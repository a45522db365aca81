import type { Entry } from '../words/entry.ts';
import type { SeenEntry } from './feed-state.ts';

/** An entry that left the document is remembered this long, so that one that flickers is not announced again. */
const unlistedDaysMax = 30;

/** Entries that left the document are remembered up to this many; with the listed ones that bounds a feed's memory. */
const leftEntriesMax = 500;

/** An entry to hand on, with the day (since the epoch) on which it was handed on before; null when it is new. */
export interface HandedEntry {
  readonly entry: Entry;
  readonly handedDay: number | null;
}

/** How a document compares with what the feed listed before. `window` is what to remember once the rest is durable. */
export interface WindowComparison {
  readonly fresh: readonly HandedEntry[];
  readonly changed: readonly HandedEntry[];
  readonly known: number;
  /** Entries of the window that the document says were deleted, handed on or known already; they are in the counts. */
  readonly withdrawn: number;
  readonly window: readonly SeenEntry[];
}

/**
 * A document as it is compared: `isWhole` false when it was cut off, and then what it lacks has not left. `withdrawn` are
 * the entries that its tombstones delete (see withdrawn-entries.ts).
 */
export interface ComparedDocument {
  readonly entries: readonly Entry[];
  readonly withdrawn?: readonly Entry[];
  readonly isWhole: boolean;
}

/**
 * Splits a document's entries into new, changed and known ones by key and hash (invariant I3: an entry stays known for
 * as long as it is listed and 30 days beyond). A key listed twice counts once as itself and then as known.
 * `today` is days since the epoch. A document equal to the last one gives an equal window: nothing to write.
 */
export function compareWithWindow(
  window: readonly SeenEntry[],
  { entries, isWhole, withdrawn = [] }: ComparedDocument,
  today: number,
): WindowComparison {
  const seen = new Map(window.map((entry) => [entry.key, entry]));
  const listed = new Map<string, SeenEntry>();
  const fresh: HandedEntry[] = [];
  const changed: HandedEntry[] = [];
  for (const entry of entries) {
    const { key, hash } = entry;
    if (listed.has(key)) continue;
    const before = seen.get(key);
    const same = before !== undefined && before.hash === hash;
    listed.set(key, { key, hash, seenDay: same ? before.seenDay : today, leftDay: null });
    if (before === undefined) fresh.push({ entry, handedDay: null });
    else if (!same) changed.push({ entry, handedDay: before.seenDay });
  }
  const deleted = new Map<string, SeenEntry>();
  for (const entry of withdrawn) {
    const before = seen.get(entry.key);
    if (before === undefined || before.hash === entry.hash) continue;
    deleted.set(entry.key, { ...before, hash: entry.hash, seenDay: today });
    changed.push({ entry, handedDay: before.seenDay });
  }
  const unlisted = window
    .filter((entry) => !listed.has(entry.key))
    .map((entry) => deleted.get(entry.key) ?? entry);
  const still = isWhole ? [] : unlisted.filter((entry) => entry.leftDay === null);
  const left = unlisted
    .filter((entry) => isWhole || entry.leftDay !== null)
    .map((entry) => ({ ...entry, leftDay: entry.leftDay ?? today }))
    .filter((entry) => today - entry.leftDay <= unlistedDaysMax);
  return {
    fresh,
    changed,
    known: entries.length + withdrawn.length - fresh.length - changed.length,
    withdrawn: withdrawn.length,
    window: [...listed.values(), ...still, ...left.slice(0, leftEntriesMax)],
  };
}

/**
 * Forgets what was handed on on or after `sinceDay` (days since the epoch): after an unclean stop of in-memory queues
 * those entries may not have been stored, and reading them again is harmless because ingest is idempotent.
 */
export function reopenWindow(window: readonly SeenEntry[], sinceDay: number): SeenEntry[] {
  return window.filter((entry) => entry.seenDay < sinceDay);
}
