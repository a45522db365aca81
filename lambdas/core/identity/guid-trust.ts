/**
 * What a feed was found to change from one reading to the next while its entries stayed the same: `u` the guids, so that
 * entries go by their addresses; `t` addresses too, so that they go by their text. `day` is when that was last seen (days
 * since the epoch).
 */
export interface Distrust {
  readonly rung: 'u' | 't';
  readonly day: number;
}

/** What one document showed: entries known by the guid they had, by their address or all of it, and by their text alone. */
export interface GuidEvidence {
  readonly steady: number;
  readonly moved: number;
  readonly movedAddress: number;
}

/** A feed is trusted again when it gave no new reason for so long. */
const distrustDays = 30;

/** So many entries at once under other guids are the feed's way; a single one may have been published anew. */
const movedMin = 2;

/** What to think of a feed's guids after a document; undefined: nothing against them. `today` is days since the epoch. */
export function distrustAfter(
  before: Distrust | undefined,
  { steady, moved, movedAddress }: GuidEvidence,
  today: number,
): Distrust | undefined {
  const shows = (entries: number): boolean => entries >= movedMin || (entries === 1 && steady === 0);
  const now = shows(movedAddress) ? 't' : shows(moved) ? 'u' : undefined;
  const lasting = before !== undefined && today - before.day <= distrustDays ? before : undefined;
  if (now === undefined) return lasting;
  // A day's grain, so that a feed that does this in every document costs no write for it more than once a day.
  return { rung: lasting?.rung === 't' ? 't' : now, day: today };
}
