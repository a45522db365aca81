import type { MadeUpFeed } from './made-up-news.ts';

/** What a policy sees at a poll. `times` are publication times, or first sights where the feed gives no dates. */
export interface PolledDocument {
  readonly at: number;
  readonly listed: number;
  readonly fresh: number;
  readonly newestAt: number;
  readonly oldestAt: number;
  /** Publication times of the listed entries, newest first; null where the feed gives none. */
  readonly published: () => readonly (string | null)[];
}

/** Polls one feed: when first, and after each poll when next. Times are epoch milliseconds. */
export interface FeedPoller {
  readonly firstAt: number;
  readonly nextAt: (document: PolledDocument) => number;
  /** What the poll just made had to store; absent for policies that have no store. */
  readonly wrote?: () => Wrote;
}

/** The feed's state, with or without its row in the schedule. */
export type Wrote = 'nothing' | 'state' | 'state and row';

/** A policy, slower or faster by a factor on its intervals. */
export type Policy = (feed: MadeUpFeed, slowness: number) => FeedPoller;

/** What the feeds' polls in the measured time came to; delays in minutes, sorted. */
export interface PollTotals {
  readonly requests: number;
  readonly stateWrites: number;
  readonly rowWrites: number;
  /** Stories that had left the document before it was read. */
  readonly missed: number;
  readonly delays: Float64Array;
}

/** The time that is simulated, and from when on it counts. */
export interface SimulatedTime {
  readonly from: number;
  readonly measuredFrom: number;
  readonly to: number;
}

interface Tally {
  requests: number;
  stateWrites: number;
  rowWrites: number;
  missed: number;
  readonly delays: number[];
}

/** Runs a policy over all feeds. Nothing is left to chance: the same feeds give the same totals. */
export function simulatePolls(
  feeds: readonly MadeUpFeed[],
  policy: Policy,
  run: SimulatedTime & { readonly slowness: number },
): PollTotals {
  const tally: Tally = { requests: 0, stateWrites: 0, rowWrites: 0, missed: 0, delays: [] };
  for (const feed of feeds) simulateFeed(feed, policy(feed, run.slowness), run, tally);
  return { ...tally, delays: Float64Array.from(tally.delays).sort() };
}

function simulateFeed(feed: MadeUpFeed, poller: FeedPoller, time: SimulatedTime, tally: Tally): void {
  const { times, hasDates, listedMax } = feed;
  const iso = hasDates ? times.map((at) => new Date(at).toISOString()) : [];
  const seenAt = new Float64Array(times.length);
  const known = hasDates ? times : seenAt;
  let seen = 0;
  for (let at = poller.firstAt; at < time.to; ) {
    let end = seen;
    while (end < times.length && (times[end] ?? 0) <= at) end += 1;
    const start = Math.max(0, end - listedMax);
    seenAt.fill(at, seen, end);
    const isMeasured = at >= time.measuredFrom;
    if (isMeasured) {
      for (let story = seen; story < end; story += 1) {
        const publishedAt = times[story] ?? at;
        if (publishedAt >= time.measuredFrom) tally.delays.push((at - publishedAt) / 60_000);
      }
      tally.missed += Math.max(0, start - seen);
    }
    const next = poller.nextAt({
      at,
      listed: end - start,
      fresh: end - Math.max(seen, start),
      newestAt: known[end - 1] ?? at,
      oldestAt: known[start] ?? at,
      published: () => (hasDates ? iso.slice(start, end).reverse() : Array(end - start).fill(null)),
    });
    if (isMeasured) countPoll(tally, poller.wrote?.() ?? 'nothing');
    seen = end;
    at = next;
  }
}

function countPoll(tally: Tally, wrote: Wrote): void {
  tally.requests += 1;
  if (wrote !== 'nothing') tally.stateWrites += 1;
  if (wrote === 'state and row') tally.rowWrites += 1;
}
