import type { Feed } from '../words/feed.ts';
import { type IntervalBounds, intervalClass } from '../schedule/due-feeds.ts';
import type { FeedState, SeenEntry } from './feed-state.ts';
import { type FailureWeight, type PollOutcome, pollOutcomes } from './poll-outcome.ts';

/** How much each failure adds; a feed with one hard failure waits twice its interval. Source: Media Cloud rss-fetcher. */
const failureCost: Record<FailureWeight, number> = { none: 0, temporary: 0.25, soft: 0.5, hard: 1 };

/** However often a feed fails, it is tried once a day: dead feeds do come back. */
const backOffMsMax = 86_400_000;

/** The doubling stops here, so that the arithmetic stays small; the cap above is long reached. */
const failuresMax = 12;

/** A feed is tried again after so many minutes until its first document tells its rate. */
const firstIntervalMinutes = 20;

/** The state of a feed that was never polled. */
export function firstFeedState(feed: Feed, bounds: IntervalBounds): FeedState {
  return {
    feedId: feed.id,
    version: 0,
    validatorsUrl: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    lastOutcome: '',
    lastPollAt: 0,
    lastSuccessAt: null,
    lastNewAt: null,
    unconditionalAt: null,
    failures: 0,
    notBefore: 0,
    retryAt: 0,
    moved: null,
    window: [],
    intervalMinutes: intervalClass(firstIntervalMinutes, bounds),
  };
}

/** What a poll that got a readable document, or word that nothing changed, learnt. */
export interface PollSuccess {
  readonly now: number;
  readonly outcome: PollOutcome;
  readonly validators: Pick<FeedState, 'validatorsUrl' | 'etag' | 'lastModified'>;
  readonly unconditional: boolean;
  /** Null for an answer without a document (304). */
  readonly document: {
    readonly bodyHash: string;
    readonly window: readonly SeenEntry[];
    readonly intervalMinutes: number;
    readonly news: boolean;
  } | null;
}

/**
 * The state after a successful poll, or null when nothing worth a write changed: the same validators, no failure to
 * forget, no new entries (an unchanged poll costs no write). Never touches the clock; times are epoch milliseconds.
 */
export function stateAfterSuccess(state: FeedState, poll: PollSuccess): FeedState | null {
  const { document } = poll;
  const news = document?.news === true;
  const sameValidators =
    state.etag === poll.validators.etag && state.lastModified === poll.validators.lastModified;
  const sameBody = document === null || document.bodyHash === state.bodyHash;
  const worthWriting = state.version === 0 || news || state.failures > 0 || poll.unconditional;
  if (!worthWriting && sameValidators && sameBody) return null;
  return {
    ...state,
    version: state.version + 1,
    ...poll.validators,
    bodyHash: document?.bodyHash ?? state.bodyHash,
    lastOutcome: poll.outcome,
    lastPollAt: poll.now,
    lastSuccessAt: poll.now,
    lastNewAt: news ? poll.now : state.lastNewAt,
    unconditionalAt: poll.unconditional ? poll.now : state.unconditionalAt,
    failures: 0,
    notBefore: 0,
    retryAt: 0,
    intervalMinutes: document?.intervalMinutes ?? state.intervalMinutes,
    window: document?.window ?? state.window,
  };
}

/** What a failed poll learnt; `retryAfterMs` is the publisher's Retry-After as a wait, null when absent. */
export interface PollFailure {
  readonly now: number;
  readonly outcome: PollOutcome;
  readonly retryAfterMs: number | null;
  /** A document we could not read: its validators must not freeze the failure behind a 304. */
  readonly forgetValidators: boolean;
}

/**
 * The state after a failed poll: the failure's weight is added and the wait doubles with each whole failure, up to a day;
 * Retry-After is honoured in full. Entries, window and everything learnt stay (a failure never costs a story).
 */
export function stateAfterFailure(state: FeedState, poll: PollFailure): FeedState {
  const failures = Math.min(state.failures + failureCost[pollOutcomes[poll.outcome].weight], failuresMax);
  const backOffMs = Math.min(state.intervalMinutes * 60_000 * 2 ** Math.floor(failures), backOffMsMax);
  const retryAt = poll.retryAfterMs === null ? 0 : poll.now + poll.retryAfterMs;
  const validators = poll.forgetValidators ? { etag: null, lastModified: null, bodyHash: null } : {};
  return {
    ...state,
    ...validators,
    version: state.version + 1,
    lastOutcome: poll.outcome,
    lastPollAt: poll.now,
    failures,
    notBefore: Math.max(poll.now + backOffMs, retryAt),
    retryAt,
  };
}
