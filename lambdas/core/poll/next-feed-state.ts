import type { Feed } from '../words/feed.ts';
import type { Distrust } from '../identity/guid-trust.ts';
import { type IntervalBounds, intervalClass } from '../schedule/due-feeds.ts';
import type { PollPace } from '../schedule/quiet-times.ts';
import type { Rhythm } from '../schedule/rhythm.ts';
import { backOffMs, failuresAfter } from './back-off.ts';
import type { FeedState, SeenEntry } from './feed-state.ts';
import { goneAfter, goneCheckMs } from './gone-feed.ts';
import type { OverrunCap } from './missed-entries.ts';
import { sameWhereabouts, whereaboutsAfter } from './moved-address.ts';
import { type PollOutcome, pollOutcomes } from './poll-outcome.ts';

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
  const { version, window, intervalMinutes, distrust } = stored;
  const kept = { version, window, intervalMinutes, ...(distrust && { distrust }) };
  return { ...firstFeedState(feed, bounds), ...kept };
}

/** What a poll that got a readable document, or word that nothing changed, learnt. */
export interface PollSuccess {
  readonly now: number;
  readonly outcome: PollOutcome;
  readonly validators: Pick<FeedState, 'validatorsUrl' | 'etag' | 'lastModified'>;
  readonly unconditional: boolean;
  /** Where a chain of permanent redirects alone led; null when there was none. */
  readonly movedTo: string | null;
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
  readonly overrun?: OverrunCap;
  /** What to think of the feed's guids from now on. */
  readonly distrust?: Distrust;
  /** No poll before this by the publisher's wish, epoch milliseconds; absent or 0: the feed's turns say when. */
  readonly notBefore?: number;
}

/**
 * The state after a successful poll, or null when nothing worth a write changed: no new entries, no failure to forget, no
 * lasting validators, no move seen or ended (an unchanged poll costs no write, but for the daily full read). Never touches
 * the clock; times are epoch milliseconds.
 */
export function stateAfterSuccess(state: FeedState, poll: PollSuccess): FeedState | null {
  const { document } = poll;
  const news = document?.news === true;
  const whereabouts = whereaboutsAfter(state, { target: poll.movedTo, now: poll.now });
  const worthWriting =
    state.lastSuccessAt === null ||
    news ||
    state.failures > 0 ||
    poll.unconditional ||
    !sameWhereabouts(state, whereabouts);
  if (!worthWriting && !hasLastingValidators(state, poll)) return null;
  const { movedTo: _asked, movedAt: _since, move: _seen, gone: _gone, ...rest } = state;
  return {
    ...withPace(rest, document),
    ...whereabouts,
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
    notBefore: document?.notBefore ?? 0,
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
  const { quiet: _quiet, skip: _skip, overrun: _overrun, distrust: _distrust, ...rest } = state;
  const { intervalMinutes, quiet, skip, overrun, distrust, rhythm = state.rhythm } = document;
  return {
    ...rest,
    intervalMinutes,
    ...(quiet && { quiet }),
    ...(skip !== undefined && { skip }),
    ...(overrun && { overrun }),
    ...(distrust && { distrust }),
    ...(rhythm && { rhythm }),
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

/** An address that a move led to is given up after so many whole failures; after one that is hard, at once. */
const movedFailuresMax = 3;

/**
 * The state after a failed poll: the failure's weight is added and the wait grows (see back-off.ts); Retry-After is honoured
 * in full. Entries, window and everything learnt stay (a failure never costs a story). A learnt address that fails hard is
 * given up for the catalogue's. A feed that is gone for good is looked at once a week, whatever that look meets.
 */
export function stateAfterFailure(state: FeedState, poll: PollFailure): FeedState {
  const { weight } = pollOutcomes[poll.outcome];
  const failures = failuresAfter(state.failures, weight);
  const isLost = state.movedTo !== undefined && (weight === 'hard' || failures >= movedFailuresMax);
  const { movedTo, movedAt, move, gone: before, ...rest } = state;
  const whereabouts = isLost
    ? {}
    : {
        ...(movedTo !== undefined && { movedTo }),
        ...(movedAt !== undefined && { movedAt }),
        ...(move && { move }),
      };
  // A learnt address that is gone says nothing of the catalogue's.
  const gone = poll.outcome === 'gone' && !isLost ? goneAfter(before, poll.now) : before;
  const backOff = backOffMs({ weight, failures, intervalMinutes: state.intervalMinutes });
  const waitMs = gone !== undefined && gone.disabledAt !== null ? goneCheckMs : backOff;
  const retryAt = poll.retryAfterMs === null ? 0 : poll.now + poll.retryAfterMs;
  const validators = poll.forgetValidators ? { etag: null, lastModified: null, bodyHash: null } : {};
  return {
    ...rest,
    ...whereabouts,
    ...(gone && { gone }),
    ...validators,
    version: state.version + 1,
    lastOutcome: poll.outcome,
    lastPollAt: poll.now,
    failures,
    notBefore: Math.max(poll.now + waitMs, retryAt),
    retryAt,
  };
}
