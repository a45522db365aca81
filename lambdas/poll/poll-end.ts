import { validatorsFrom } from '../core/fetch/conditional-get.ts';
import type { FetchResult } from '../core/fetch/fetch-result.ts';
import { retryAfterMs } from '../core/fetch/retry-after.ts';
import type { FeedState } from '../core/poll/feed-state.ts';
import { type PollSuccess, stateAfterFailure, stateAfterSuccess } from '../core/poll/next-feed-state.ts';
import { askedUrl } from '../core/poll/moved-address.ts';
import { outcomeAdvice } from '../core/poll/outcome-advice.ts';
import type { PollOutcome } from '../core/poll/poll-outcome.ts';
import type { IntervalBounds } from '../core/schedule/due-feeds.ts';
import type { Feed } from '../core/words/feed.ts';
import type { HostTurn } from '../core/words/messages.ts';
import type { PollDeps } from './handler.ts';

/** One feed to poll. */
export interface Poll {
  readonly feed: Feed;
  readonly trace: string;
  readonly forced: boolean;
  /** Minute for which the poll was asked. */
  readonly tick: number;
  /** Its turn on the host; null: it needs none. */
  readonly turn: HostTurn | null;
}

/** A poll that has its answer; `now` is when it came, epoch milliseconds. */
export interface PollContext extends Poll {
  readonly state: FeedState;
  readonly previous: FeedState | null;
  readonly bounds: IntervalBounds;
  readonly now: number;
  readonly unconditional: boolean;
}

/** What one poll found; entries = new + updated + known + rejected (invariant I9). `missed` is an estimate and in no sum. */
export interface PollCounts {
  readonly entries: number;
  readonly new: number;
  readonly updated: number;
  readonly known: number;
  readonly rejected: number;
  readonly missed?: number;
}

export const nothing: PollCounts = { entries: 0, new: 0, updated: 0, known: 0, rejected: 0 };

/** An answer with a status. */
export type Response = Extract<FetchResult, { kind: 'response' }>;

/** Ends a poll that brought nothing new: a 304, or the same bytes again. */
export async function saveUnchanged(deps: PollDeps, context: PollContext, response: Response): Promise<void> {
  const outcome = response.status === 304 ? 'not-modified' : 'unchanged';
  await saveSuccess(deps, context, { outcome, response, document: null, isWhole: true });
  // The same bytes carry the same entries; a 304 carries none.
  const { entries, rejected } = (outcome === 'unchanged' && context.state.counts) || nothing;
  finishPoll(deps, context, outcome, { ...nothing, entries, known: entries - rejected, rejected });
}

/** Saves the state after an answer that was understood; everything it brought must be durable by now. */
export async function saveSuccess(
  deps: PollDeps,
  context: PollContext,
  success: Pick<PollSuccess, 'outcome' | 'document'> & {
    readonly response: Response;
    readonly isWhole: boolean;
  },
): Promise<void> {
  const { state, now, unconditional, feed, trace } = context;
  const { outcome, document, response, isWhole } = success;
  // The validators of a document that was cut off would answer 304 for the part that is missing.
  const validators = isWhole
    ? validatorsFrom(response, state)
    : { validatorsUrl: null, etag: null, lastModified: null };
  const { movedTo } = response;
  const next = stateAfterSuccess(state, { now, outcome, validators, unconditional, document, movedTo });
  if (next === null) return;
  await save(deps, context, next);
  if (next.movedTo !== state.movedTo) {
    deps.log.warn('poll.feed-moved', { feed: feed.id, trace, from: askedUrl(state), to: askedUrl(next) });
  }
}

/** A failed poll; `retryAfter` is the header as it came. */
export interface FailedPoll {
  readonly outcome: PollOutcome;
  readonly retryAfter: string | null;
  readonly detail: string;
  readonly forgetValidators: boolean;
}

/** Saves the state after a failure and says what it means for the feed, so that nothing is given up in silence. */
export async function saveFailure(deps: PollDeps, context: PollContext, failure: FailedPoll): Promise<void> {
  const { outcome, forgetValidators, detail } = failure;
  const { state, now, feed, trace } = context;
  const waitMs = failure.retryAfter === null ? null : retryAfterMs(failure.retryAfter, now);
  const next = stateAfterFailure(state, { now, outcome, retryAfterMs: waitMs, forgetValidators });
  await save(deps, context, next);
  if (state.movedTo !== undefined && next.movedTo === undefined) {
    deps.log.warn('poll.address-dropped', { feed: feed.id, trace, from: state.movedTo, to: feed.url });
  }
  if (next.gone !== undefined && next.gone.disabledAt !== null) {
    const { advice } = outcomeAdvice('gone', next);
    deps.log.warn('poll.feed-disabled', { feed: feed.id, trace, since: next.gone.disabledAt, advice });
  }
  finishPoll(deps, context, outcome, { ...nothing, ...(detail === '' ? {} : { detail }) });
}

async function save(deps: PollDeps, context: PollContext, next: FeedState): Promise<void> {
  // A lost race is no fault: what we handed on is idempotent, and the winner's state is as good as ours.
  if (await deps.states.save(next, context.previous)) return;
  deps.log.warn('poll.state-conflict', { feed: context.feed.id, trace: context.trace });
}

/** The one line that every poll ends in. */
export function finishPoll(
  deps: PollDeps,
  poll: Poll,
  outcome: PollOutcome,
  counts: PollCounts & { readonly detail?: string },
): void {
  deps.log.info('poll.finished', { feed: poll.feed.id, trace: poll.trace, outcome, ...counts });
}
