import type { Feed } from '../words/feed.ts';
import type { PollRequest } from '../words/messages.ts';
import type { TurnOfFeed } from './host-turns.ts';

/** A poll request as the queue takes it. */
export interface PollMessage {
  readonly body: PollRequest;
  readonly delaySeconds: number;
}

/** Which polls are wanted. */
export interface PollWish {
  readonly tick: number;
  readonly forced: boolean;
  readonly traceOf: (feed: Feed) => string;
}

/** Feeds of one message; the poller fetches them side by side, but feeds of one host in turn. */
const batchFeedsMax = 10;

/**
 * The messages that have these feeds polled as soon as they are read: because a person asks (`forced`), or of the
 * operator's own hosts. Feeds of one host stay together where they fit, so that one process sees them.
 */
export function pollMessages(feeds: readonly Feed[], { tick, forced, traceOf }: PollWish): PollMessage[] {
  return pollBatches(feeds).map((batch) => ({
    body: { v: 1, tick, forced, feeds: batch.map((feed) => ({ id: feed.id, trace: traceOf(feed) })) },
    delaySeconds: 0,
  }));
}

/**
 * The messages that have these feeds polled each in its turn. A message carries turns that begin at the same moment, so all
 * of them on different hosts, and is held back until then: no function waits for a turn. `now` is epoch milliseconds.
 */
export function turnMessages(
  turns: readonly TurnOfFeed[],
  wish: Omit<PollWish, 'forced'> & { readonly now: number },
): PollMessage[] {
  const starts = new Map<number, TurnOfFeed[]>();
  for (const one of turns) {
    const together = starts.get(one.turn.startAt);
    if (together) together.push(one);
    else starts.set(one.turn.startAt, [one]);
  }
  return [...starts].flatMap(([startAt, together]) => {
    const delaySeconds = Math.max(0, Math.ceil((startAt - wish.now) / 1_000));
    return chunks(together).map((batch) => {
      const feeds = batch.map(({ feed, turn }) => ({ id: feed.id, trace: wish.traceOf(feed), turn }));
      return { body: { v: 1 as const, tick: wish.tick, forced: false, feeds }, delaySeconds };
    });
  });
}

function pollBatches(feeds: readonly Feed[]): Feed[][] {
  const hosts = new Map<string, Feed[]>();
  for (const feed of feeds) {
    const host = new URL(feed.url).hostname;
    const ofHost = hosts.get(host);
    if (ofHost) ofHost.push(feed);
    else hosts.set(host, [feed]);
  }
  const batches: Feed[][] = [];
  let open: Feed[] = [];
  for (const ofHost of hosts.values()) {
    if (ofHost.length > batchFeedsMax) {
      batches.push(...chunks(ofHost));
      continue;
    }
    if (open.length + ofHost.length > batchFeedsMax) {
      batches.push(open);
      open = [];
    }
    open = [...open, ...ofHost];
  }
  if (open.length > 0) batches.push(open);
  return batches;
}

function chunks<Part>(parts: readonly Part[]): Part[][] {
  const count = Math.ceil(parts.length / batchFeedsMax);
  return Array.from({ length: count }, (_, at) => parts.slice(at * batchFeedsMax, (at + 1) * batchFeedsMax));
}
