import type { Feed } from '../words/feed.ts';
import { type IntervalBounds, intervalClass } from '../schedule/due-feeds.ts';
import type { PollPace } from '../schedule/quiet-times.ts';
import type { Rhythm } from '../schedule/rhythm.ts';
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
    url: feed.url,
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
    window: [],
    intervalMinutes: intervalClass(firstIntervalMinutes, bounds),
  };
}

/**
 * The state to poll this feed from. When the catalogue gives the feed another address, what was learnt of the old one's
 * server is void and its document is read for the first time; what was handed on stays known.
 */
export function stateToPoll(stored: FeedState | null, feed: Feed, bounds: IntervalBounds): FeedState {
  if (stored === null) return firstFeedState(feed, bounds);
  if (stored.url === feed.url) return stored;
  const { version, window, intervalMinutes } = stored;
  return { ...firstFeedState(feed, bounds), version, window, intervalMinutes };
}

/** What a poll that got a readable document, or word that nothing changed, learnt. */
export interface PollSuccess {
  readonly now: number;
  readonly outcome: PollOutcome;
  readonly validators: Pick<FeedState, 'validatorsUrl' | 'etag' | 'lastModified'>;
  readonly unconditional: boolean;
  /** Null for an answer without a document (304). */
  readonly document: DocumentLearnt | null;
}

/** What a document taught; its pace replaces the one before, so a feed that lost its quiet times has none. */
interface DocumentLearnt extends PollPace {
  readonly bodyHash: string;
  readonly counts: { readonly entries: number; readonly rejected: number };
  readonly window: readonly SeenEntry[];
  readonly news: boolean;
  readonly rhythm?: Rhythm;
}

/**
 * The state after a successful poll, or null when nothing worth a write changed: no new entries, no failure to forget, no
 * lasting validators (an unchanged poll costs no write, but for the daily full read). Never touches the clock; times are epoch milliseconds.
 */
export function stateAfterSuccess(state: FeedState, poll: PollSuccess): FeedState | null {
  const { document } = poll;
  const news = document?.news === true;
  const worthWriting = state.lastSuccessAt === null || news || state.failures > 0 || poll.unconditional;
  if (!worthWriting && !hasLastingValidators(state, poll)) return null;
  return {
    ...withPace(state, document),
    version: state.version + 1,
    ...poll.validators,
    bodyHash: document?.bodyHash ?? state.bodyHash,
    ...(document === null ? {} : { counts: document.counts }),
    lastOutcome: poll.outcome,
    lastPollAt: poll.now,
    lastSuccessAt: poll.now,
    lastNewAt: news ? poll.now : state.lastNewAt,
    unconditionalAt: poll.unconditional ? poll.now : state.unconditionalAt,
    failures: 0,
    notBefore: 0,
    retryAt: 0,
    window: document?.window ?? state.window,
  };
}

/** Some servers give new validators with every answer; keeping those would make every unchanged poll a write. */
const validatorsMsMin = 3_600_000;

/** New validators that are worth a write: the state was last saved an hour ago or more. */
function hasLastingValidators(state: FeedState, { validators, now }: PollSuccess): boolean {
  const { validatorsUrl, etag, lastModified } = validators;
  const isSame =
    validatorsUrl === state.validatorsUrl && etag === state.etag && lastModified === state.lastModified;
  return !isSame && now - state.lastPollAt >= validatorsMsMin;
}

function withPace(state: FeedState, document: DocumentLearnt | null): FeedState {
  if (document === null) return state;
  const { quiet: _before, ...rest } = state;
  const { intervalMinutes, quiet, rhythm = state.rhythm } = document;
  return { ...rest, intervalMinutes, ...(quiet && { quiet }), ...(rhythm && { rhythm }) };
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
