import type { Entry } from '../words/entry.ts';
import type { SeenEntry } from './feed-state.ts';

/** An entry that left the document is remembered this long, so that one that flickers is not announced again. */
export const unlistedDaysMax = 30;

/** Bound of one feed's memory; at 20 bytes an entry about 40 KB. Twice the most entries a document may carry, doubled. */
export const windowEntriesMax = 2_000;

/** How a document compares with what the feed listed before. `window` is what to remember once the rest is durable. */
export interface WindowComparison {
  readonly fresh: readonly Entry[];
  readonly changed: readonly Entry[];
  readonly known: number;
  readonly window: readonly SeenEntry[];
}

/**
 * Splits a document's entries into new, changed and known ones by key and hash (invariant I3: an entry stays known for
 * as long as it is listed and 30 days beyond). A key listed twice counts once as itself and then as known.
 * `today` is days since the epoch. A document equal to the last one gives an equal window: nothing to write.
 */
export function compareWithWindow(
  window: readonly SeenEntry[],
  entries: readonly Entry[],
  today: number,
): WindowComparison {
  const seen = new Map(window.map((entry) => [entry.key, entry]));
  const listed = new Map<string, SeenEntry>();
  const fresh: Entry[] = [];
  const changed: Entry[] = [];
  for (const { key, hash, ...rest } of entries) {
    if (listed.has(key)) continue;
    const before = seen.get(key);
    const same = before !== undefined && before.hash === hash;
    listed.set(key, { key, hash, seenDay: same ? before.seenDay : today, leftDay: null });
    if (before === undefined) fresh.push({ key, hash, ...rest });
    else if (!same) changed.push({ key, hash, ...rest });
  }
  const left = window
    .filter((entry) => !listed.has(entry.key))
    .map((entry) => ({ ...entry, leftDay: entry.leftDay ?? today }))
    .filter((entry) => today - entry.leftDay <= unlistedDaysMax);
  return {
    fresh,
    changed,
    known: entries.length - fresh.length - changed.length,
    window: [...listed.values(), ...left].slice(0, windowEntriesMax),
  };
}

/**
 * Forgets what was handed on on or after `sinceDay` (days since the epoch): after an unclean stop of in-memory queues
 * those entries may not have been stored, and reading them again is harmless because ingest is idempotent.
 */
export function reopenWindow(window: readonly SeenEntry[], sinceDay: number): SeenEntry[] {
  return window.filter((entry) => entry.seenDay < sinceDay);
}
