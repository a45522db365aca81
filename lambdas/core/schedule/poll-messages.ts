import type { Feed } from '../words/feed.ts';
import type { PollRequest } from '../words/messages.ts';

/** A poll request as the queue takes it. */
export interface PollMessage {
  readonly body: PollRequest;
  readonly delaySeconds: number;
}

/** Which polls are wanted. Feeds of the operator's own hosts need no spacing, so nothing of theirs is delayed. */
export interface PollWish {
  readonly tick: number;
  readonly forced: boolean;
  readonly traceOf: (feed: Feed) => string;
  readonly isOwnHost: (url: string) => boolean;
}

/** The messages that have these feeds polled: for the schedule (`forced` false) or because a person asks. */
export function pollMessages(feeds: readonly Feed[], request: PollWish): PollMessage[] {
  const { tick, forced, traceOf } = request;
  return pollBatches(feeds).map((batch) => ({
    body: { v: 1, tick, forced, feeds: batch.feeds.map((feed) => ({ id: feed.id, trace: traceOf(feed) })) },
    delaySeconds: forced || batch.feeds.every((feed) => request.isOwnHost(feed.url)) ? 0 : batch.delaySeconds,
  }));
}

interface PollBatch {
  readonly feeds: readonly Feed[];
  readonly delaySeconds: number;
}

/** Feeds of one message; the poller fetches hosts side by side and the feeds of one host in turn. */
const batchFeedsMax = 10;

/** SQS DelaySeconds goes no further. Source: SQS API. */
const delaySecondsMax = 900;

/**
 * Packs due feeds into messages of at most ten. Feeds of one host stay together, so that the poller can space them; a
 * host with more than one message's worth has its further messages delayed a minute each.
 */
function pollBatches(feeds: readonly Feed[]): PollBatch[] {
  const hosts = new Map<string, Feed[]>();
  for (const feed of feeds) {
    const host = new URL(feed.url).hostname;
    const ofHost = hosts.get(host);
    if (ofHost) ofHost.push(feed);
    else hosts.set(host, [feed]);
  }
  const batches: PollBatch[] = [];
  let open: Feed[] = [];
  for (const ofHost of hosts.values()) {
    if (ofHost.length > batchFeedsMax) {
      for (let at = 0; at < ofHost.length; at += batchFeedsMax) {
        const delaySeconds = Math.min((at / batchFeedsMax) * 60, delaySecondsMax);
        batches.push({ feeds: ofHost.slice(at, at + batchFeedsMax), delaySeconds });
      }
      continue;
    }
    if (open.length + ofHost.length > batchFeedsMax) {
      batches.push({ feeds: open, delaySeconds: 0 });
      open = [];
    }
    open = [...open, ...ofHost];
  }
  if (open.length > 0) batches.push({ feeds: open, delaySeconds: 0 });
  return batches;
}
