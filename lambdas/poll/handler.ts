import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSqsHandler } from '../adapters/aws/sqs-handler.ts';
import type { Feed } from '../core/words/feed.ts';
import { type IngestRequest, PollRequest } from '../core/words/messages.ts';
import { parsedUrl } from '../core/words/parsed-url.ts';
import type { Clock, FeedFetcher, FeedStateStore, HostGate, Log, Queue } from '../ports.ts';
import { pollFeed } from './poll-feed.ts';

export interface PollDeps {
  readonly feeds: ReadonlyMap<string, Feed>;
  readonly states: Pick<FeedStateStore, 'load' | 'save' | 'putOff' | 'hostWait' | 'saveHostWait'>;
  readonly fetcher: FeedFetcher;
  readonly gate: HostGate;
  readonly ingestQueue: Queue<IngestRequest>;
  /** Is this one of the operator's own hosts (vouched for, loopback)? Its feeds may be polled every minute. */
  readonly isOwnHost: (url: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The poll hop: every feed of the message is polled when its turn comes. One feed's failure is an outcome and stays its own
 * (invariant I7); only a fault of ours (store, queue) fails the message, which is then delivered again.
 */
export function createPollHandler(deps: PollDeps): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return createSqsHandler({
    schema: PollRequest,
    log: deps.log,
    handle: (request) => pollRequest(deps, request),
  });
}

async function pollRequest(deps: PollDeps, request: PollRequest): Promise<void> {
  const { tick, forced, feeds } = request;
  const polls = feeds.map(async ({ id, trace, turn }) => {
    const feed = deps.feeds.get(id);
    if (feed === undefined) return deps.log.warn('poll.unknown-feed', { feed: id, trace });
    // A feed that moved for good has its turn on the host it moved to.
    const host = turn === undefined ? feed.url : (parsedUrl(`https://${turn.host}/`)?.href ?? feed.url);
    return deps.gate.run(
      host,
      () => pollFeed(deps, { feed, trace, forced, tick, turn: turn ?? null }),
      turn?.startAt,
    );
  });
  // All polls end before the message fails: a fault with one feed must not cut the others short.
  const faults = (await Promise.allSettled(polls)).flatMap((poll) =>
    poll.status === 'rejected' ? [poll.reason] : [],
  );
  if (faults.length > 0)
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'several polls failed');
}
