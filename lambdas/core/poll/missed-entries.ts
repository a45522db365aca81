import type { SeenEntry } from './feed-state.ts';

/** A document and what the one before it listed. Times are epoch milliseconds. */
export interface DocumentPair {
  readonly window: readonly SeenEntry[];
  readonly entries: readonly {
    readonly key: string;
    readonly hash: string;
    readonly published: string | null;
  }[];
  /** When the feed was last known to list what the window says. */
  readonly lastSeenAt: number;
}

/** From this many entries on a whole turnover of a document means something: one that lists its latest alone always turns over. */
const listedMin = 2;

/**
 * How many entries may have come and gone unseen between two documents: 0 while one of the last is still listed, while the
 * document is shorter than the last (then it was cleared, not overrun), or when its oldest entry is older than the last sight.
 * Else what fits between the last sight and its oldest
 * entry at the document's own pace; at least 1, at most a document's worth. An estimate: it counts nothing else.
 */
export function missedEstimate({ window, entries, lastSeenAt }: DocumentPair): number {
  const listed = window.filter((entry) => entry.leftDay === null);
  if (listed.length < listedMin || entries.length < listed.length) return 0;
  // By hash as well: a publisher that changes its guids has lost nothing.
  const before = new Set(listed.flatMap(({ key, hash }) => [`k${key}`, `h${hash}`]));
  if (entries.some(({ key, hash }) => before.has(`k${key}`) || before.has(`h${hash}`))) return 0;
  const times = entries.flatMap(({ published }) => (published === null ? [] : [Date.parse(published)]));
  const oldest = Math.min(...times);
  if (times.length > 0 && oldest <= lastSeenAt) return 0;
  const spacingMs = (Math.max(...times) - oldest) / (times.length - 1);
  const missed = times.length < listedMin ? 1 : Math.round((oldest - lastSeenAt) / Math.max(1, spacingMs));
  return Math.min(Math.max(1, missed), entries.length);
}

/** A cap on the interval of a feed that overran us: minutes, and when it last did (epoch milliseconds). */
export interface OverrunCap {
  readonly minutes: number;
  readonly at: number;
}

/** The cap is kept this long after the last loss. */
const capMsMax = 30 * 86_400_000;

/** The cap after a document: half the interval at which entries were lost, at least `minutesMin`, or the one before while it lasts. */
export function overrunAfter(
  state: { readonly intervalMinutes: number; readonly overrun?: OverrunCap },
  { missed, now, minutesMin }: { readonly missed: number; readonly now: number; readonly minutesMin: number },
): OverrunCap | undefined {
  const { overrun, intervalMinutes } = state;
  if (missed === 0) return overrun !== undefined && now - overrun.at < capMsMax ? overrun : undefined;
  const minutes = Math.min(intervalMinutes, overrun?.minutes ?? intervalMinutes) / 2;
  return { minutes: Math.max(minutesMin, Math.floor(minutes)), at: now };
}
