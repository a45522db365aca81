import type { FetchResult } from '../core/fetch/fetch-result.ts';
import { hostKey } from '../core/fetch/host-key.ts';
import { askedUrl } from '../core/poll/moved-address.ts';
import { retryAfterMs } from '../core/fetch/retry-after.ts';
import type { PollDeps } from './handler.ts';
import type { PollContext } from './poll-end.ts';

/** Statuses whose Retry-After speaks for the whole server. Source: RFC 6585 §4, RFC 9110 §15.6.4. */
const waitingStatuses = new Set([429, 503]);

/**
 * Has every feed of a host wait when it answers 429 or 503 with a Retry-After: at once those of this process, and all of
 * them through a row that the schedule and the pollers read. Where a redirect led to another
 * host the wait binds the feed alone, or one publisher could silence any other; so it does on the operator's own hosts.
 */
export async function honourHostWait(
  deps: PollDeps,
  { feed, trace, now, state }: PollContext,
  result: FetchResult,
): Promise<void> {
  if (result.kind !== 'response' || !waitingStatuses.has(result.status)) return;
  if (deps.isOwnHost(result.url)) return;
  const waitMs = retryAfterMs(result.headers.get('retry-after'), now) ?? 0;
  if (waitMs === 0) return;
  const host = hostKey(result.url);
  if (host !== hostKey(askedUrl(state))) return;
  deps.gate.hold(result.url, now + waitMs);
  await deps.states.saveHostWait(host, now + waitMs);
  deps.log.warn('poll.host-waits', { feed: feed.id, trace, host, seconds: Math.ceil(waitMs / 1_000) });
}
