/**
 * How far the schedule has come. `tick`: the last minute fully sent; `given`: the last whose turns were given out, sent or
 * not (epoch minutes, null before the first). `waiting`: ids of feeds that were due and got no turn, the longest waiting
 * first; `pending`: those of them that got one in `given`, until it is known to be sent. `version` rises with each save.
 */
export interface TickRow {
  readonly tick: number | null;
  readonly given: number | null;
  readonly waiting: readonly string[];
  readonly pending: readonly string[];
  readonly version: number;
}

/** Before the first tick. */
export const firstTickRow: TickRow = { tick: null, given: null, waiting: [], pending: [], version: 0 };

/** More feeds than this do not wait; the rest has its next turn by its interval. Keeps the row below 300 KB. */
export const waitingMax = 4_000;

/** The feeds that wait: after a run that ended between giving turns and sending, also those it had given one. */
export function waitingFeeds({ tick, given, waiting, pending }: TickRow): readonly string[] {
  const isSent = given === null || (tick !== null && tick >= given);
  return isSent ? waiting : [...new Set([...pending, ...waiting])];
}
