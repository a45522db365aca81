import { type RequestValidators, requestValidators } from '../core/fetch/conditional-get.ts';
import { hostKey } from '../core/fetch/host-key.ts';
import type { FetchResult } from '../core/fetch/fetch-result.ts';
import { askedUrl } from '../core/poll/moved-address.ts';
import { stateToPoll } from '../core/poll/next-feed-state.ts';
import { plausibleHold, withPlausibleTimes } from '../core/poll/plausible-times.ts';
import type { FeedState } from '../core/poll/feed-state.ts';
import { classifyResponse } from '../core/poll/poll-classify.ts';
import { intervalBounds } from '../core/schedule/due-feeds.ts';
import { isOvertaken } from '../core/schedule/is-overtaken.ts';
import { epochMinute } from '../core/words/time.ts';
import type { PollDeps } from './handler.ts';
import { honourHostWait } from './host-wait.ts';
import { finishPoll, nothing, type Poll, saveFailure, saveUnchanged } from './poll-end.ts';
import { readDocument } from './read-document.ts';

/** Validators lie now and then, so once a day a feed is asked without them. Source: tt-rss (12 h), NewsBlur (1 %). */
const unconditionalMs = 86_400_000;

/**
 * One poll of one feed: conditional GET, read, compare with what was seen, hand the news on, and only then save the state
 * (invariant I4: validators are saved after everything from that body is durable). Ends in exactly one outcome, logged
 * as `poll.finished`, unless the request came too late for its turn or at all. Throws only when our own store or queue fails.
 */
export async function pollFeed(deps: PollDeps, poll: Poll): Promise<void> {
  const { feed } = poll;
  const previous = await deps.states.load(feed.id);
  const bounds = intervalBounds(feed, deps.isOwnHost(feed.url));
  const state = withPlausibleTimes(stateToPoll(previous, feed, bounds), deps.clock());
  if (isDone(state, poll) || isStale(state, poll, deps.clock())) {
    return deps.log.warn('poll.stale-request', { feed: feed.id, trace: poll.trace, tick: poll.tick });
  }
  const heldUntil = Math.max(state.retryAt, await hostsHeldUntil(deps, state));
  const now = deps.clock();
  if (heldUntil > now) {
    // Without a note the feed would lose a whole interval, because its turn counts as taken.
    if (poll.turn !== null && state.notBefore < heldUntil) await deps.states.putOff(state, heldUntil);
    return finishPoll(deps, poll, 'rate-limited', nothing);
  }
  if (poll.turn !== null && now > poll.turn.until) return takeAnotherTurn(deps, poll, state);
  const unconditional = now - (state.unconditionalAt ?? 0) >= unconditionalMs;
  const validators = unconditional ? {} : requestValidators(state, askedUrl(state));
  const result = await ask(deps, state, validators);
  const context = { ...poll, state, previous, bounds, now: deps.clock(), unconditional };
  await honourHostWait(deps, context, result);
  const classified = classifyResponse(result, Object.keys(validators).length > 0);
  if (classified.kind === 'document' && result.kind === 'response')
    return readDocument(deps, context, result);
  if (classified.kind === 'outcome' && classified.outcome === 'not-modified' && result.kind === 'response') {
    return saveUnchanged(deps, context, result);
  }
  const failure =
    classified.kind === 'outcome'
      ? classified
      : { outcome: 'protocol' as const, retryAfter: null, detail: '' };
  return saveFailure(deps, context, { ...failure, forgetValidators: false });
}

/** A message that is delivered again has had its poll when the state was saved since its turn began. */
const isDone = (state: FeedState, { turn }: Poll): boolean =>
  turn !== null && state.lastPollAt >= turn.startAt;

const isStale = (state: FeedState, { forced, tick }: Poll, now: number): boolean =>
  !forced && isOvertaken(state, tick, epochMinute(now));

const ask = (deps: PollDeps, state: FeedState, validators: RequestValidators): Promise<FetchResult> =>
  deps.fetcher.fetch({ url: askedUrl(state), ...validators });

/**
 * Until when the hosts of this poll asked to be left alone: the one that is asked, and the one that answered last where a
 * redirect led to another. The operator's own hosts have no such waits.
 */
async function hostsHeldUntil(deps: PollDeps, state: FeedState): Promise<number> {
  const asked = askedUrl(state);
  const urls = [asked, state.validatorsUrl ?? asked].filter((url) => !deps.isOwnHost(url));
  const known = urls.map((url) => deps.gate.heldUntil(url));
  const hosts = [...new Set(urls.map(hostKey))];
  const noted = await Promise.all(hosts.map((host) => deps.states.hostWait(host)));
  const now = deps.clock();
  return Math.max(0, ...known, ...noted.map((until) => plausibleHold(until, now)));
}

/**
 * Our turn on the host has passed, so a request now might meet another's: the schedule gives the feed a new turn at its
 * next tick but one: the next may have read its row already. A feed that waits for longer anyway has it on its row already.
 */
async function takeAnotherTurn(deps: PollDeps, poll: Poll, state: FeedState): Promise<void> {
  const now = deps.clock();
  if (state.notBefore <= now) await deps.states.putOff(state, now + 60_000);
  deps.log.warn('poll.turn-missed', { feed: poll.feed.id, trace: poll.trace, tick: poll.tick });
}
