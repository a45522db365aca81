import { createHash } from 'node:crypto';
import { requestValidators, validatorsFrom } from '../core/fetch/conditional-get.ts';
import { readEntries } from '../core/parse/read-entries.ts';
import { earliestNextPollMs } from '../core/fetch/freshness.ts';
import { ingestBatches } from '../core/poll/ingest-batches.ts';
import { type IntervalBounds, intervalBounds } from '../core/schedule/due-feeds.ts';
import type { Feed } from '../core/words/feed.ts';
import type { FeedState } from '../core/poll/feed-state.ts';
import {
  type PollSuccess,
  stateAfterFailure,
  stateAfterSuccess,
  stateToPoll,
} from '../core/poll/next-feed-state.ts';
import { parseFeed } from '../core/parse/parse.ts';
import { classifyResponse, classifyUnparsable } from '../core/poll/poll-classify.ts';
import { isOvertaken } from '../core/schedule/is-overtaken.ts';
import { paceAfterDocument } from '../core/schedule/learnt-pace.ts';
import type { PollOutcome } from '../core/poll/poll-outcome.ts';
import { retryAfterMs } from '../core/fetch/retry-after.ts';
import { compareWithWindow, type HandedEntry } from '../core/poll/seen-window.ts';
import { epochDay, epochMinute, isoTime } from '../core/words/time.ts';
import type { FetchResult } from '../core/fetch/fetch-result.ts';
import type { PollDeps } from './handler.ts';

/** Validators lie now and then, so once a day a feed is asked without them. Source: tt-rss (12 h), NewsBlur (1 %). */
const unconditionalMs = 86_400_000;

/** What one poll found; entries = new + updated + known + rejected (invariant I9). */
interface PollCounts {
  readonly entries: number;
  readonly new: number;
  readonly updated: number;
  readonly known: number;
  readonly rejected: number;
}

const nothing: PollCounts = { entries: 0, new: 0, updated: 0, known: 0, rejected: 0 };

type Response = Extract<FetchResult, { kind: 'response' }>;

interface Poll {
  readonly feed: Feed;
  readonly trace: string;
  readonly forced: boolean;
  /** Minute for which the poll was asked. */
  readonly tick: number;
}

/**
 * One poll of one feed: conditional GET, read, compare with what was seen, hand the news on, and only then save the state
 * (invariant I4: validators are saved after everything from that body is durable). Ends in exactly one outcome, logged
 * as `poll.finished`. Throws only when our own store or queue fails.
 */
export async function pollFeed(deps: PollDeps, poll: Poll): Promise<void> {
  const previous = await deps.states.load(poll.feed.id);
  const bounds = intervalBounds(poll.feed, deps.isOwnHost(poll.feed.url));
  const state = stateToPoll(previous, poll.feed, bounds);
  if (!poll.forced && isOvertaken(state, poll.tick, epochMinute(deps.clock()))) {
    return deps.log.warn('poll.stale-request', { feed: poll.feed.id, trace: poll.trace, tick: poll.tick });
  }
  const now = deps.clock();
  if (state.retryAt > now) return finish(deps, poll, 'rate-limited', nothing);
  const unconditional = now - (state.unconditionalAt ?? 0) >= unconditionalMs;
  const validators = unconditional ? {} : requestValidators(state, poll.feed.url);
  const result = await deps.fetcher.fetch({ url: poll.feed.url, ...validators });
  const classified = classifyResponse(result, Object.keys(validators).length > 0);
  const context = { ...poll, state, previous, bounds, now: deps.clock(), unconditional };
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

interface PollContext extends Poll {
  readonly state: FeedState;
  readonly previous: FeedState | null;
  readonly bounds: IntervalBounds;
  readonly now: number;
  readonly unconditional: boolean;
}

async function readDocument(deps: PollDeps, context: PollContext, response: Response): Promise<void> {
  const bodyHash = createHash('sha256').update(response.body).digest('base64url').slice(0, 22);
  // The daily full read looks again even at the same bytes: a feed that fell silent is to be polled less often.
  if (bodyHash === context.state.bodyHash && !context.unconditional) {
    return saveUnchanged(deps, context, response);
  }
  const contentType = response.headers.get('content-type') ?? null;
  const result = await parseFeed({ bytes: response.body, contentType, base: response.url });
  if (!result.ok) {
    const outcome = classifyUnparsable(result.code, response.body);
    return saveFailure(deps, context, {
      outcome,
      retryAfter: null,
      detail: result.message,
      forgetValidators: true,
    });
  }
  const { parsed } = result;
  const seen = new Map(context.state.window.map((entry) => [entry.key, entry.hash]));
  const read = readEntries(parsed, { language: context.feed.language, seen });
  const rejected = logRejections(deps, context, read.rejections);
  const comparison = compareWithWindow(
    context.state.window,
    { entries: read.entries, isWhole: !read.isTruncated },
    epochDay(context.now),
  );
  const { fresh, changed, known, window } = comparison;
  await sendEntries(deps, context, [...fresh, ...changed]);
  const ttl = { headers: response.headers, now: context.now, ttlMinutes: parsed.feed.ttlMinutes };
  const pace = paceAfterDocument(context.state, {
    now: context.now,
    bounds: context.bounds,
    hintMinutes: earliestNextPollMs(ttl) / 60_000,
    listed: read.entries.map((entry) => entry.published),
    fresh: fresh.map(({ entry }) => entry.published),
  });
  const news = fresh.length + changed.length > 0;
  const outcome = news ? 'new-entries' : 'unchanged';
  const entries = read.entries.length + rejected;
  const bodyHashOfWhole = read.isTruncated ? '' : bodyHash;
  const document = { bodyHash: bodyHashOfWhole, counts: { entries, rejected }, window, news, ...pace };
  await saveSuccess(deps, context, { outcome, response, document, isWhole: !read.isTruncated });
  const counts = { new: fresh.length, updated: changed.length, known, rejected };
  finish(deps, context, outcome, { entries, ...counts });
}

/** One line for each reason; gives how many items there were in all. */
function logRejections(
  deps: PollDeps,
  { feed, trace }: PollContext,
  rejections: ReadonlyMap<string, number>,
): number {
  let total = 0;
  for (const [reason, entries] of rejections) {
    deps.log.warn('entry.rejected', { feed: feed.id, trace, reason, entries });
    total += entries;
  }
  return total;
}

async function sendEntries(
  deps: PollDeps,
  context: PollContext,
  entries: readonly HandedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const firstPoll = context.state.lastSuccessAt === null;
  const { feed, trace, state } = context;
  const request = {
    feed: feed.id,
    source: feed.source,
    kind: feed.kind,
    trace,
    sequence: state.version + 1,
    seenAt: isoTime(context.now),
    firstPoll,
  };
  // Documents list the newest first; handed on oldest first, the wire fills in the order in which things happened.
  const batches = ingestBatches([...entries].reverse(), request);
  await deps.ingestQueue.send(batches.map((body) => ({ body })));
  deps.log.info('poll.entries-sent', {
    feed: context.feed.id,
    trace: context.trace,
    entries: entries.length,
    messages: batches.length,
  });
}

async function saveUnchanged(deps: PollDeps, context: PollContext, response: Response): Promise<void> {
  const outcome = response.status === 304 ? 'not-modified' : 'unchanged';
  await saveSuccess(deps, context, { outcome, response, document: null, isWhole: true });
  // The same bytes carry the same entries; a 304 carries none.
  const { entries, rejected } = (outcome === 'unchanged' && context.state.counts) || nothing;
  finish(deps, context, outcome, { ...nothing, entries, known: entries - rejected, rejected });
}

async function saveSuccess(
  deps: PollDeps,
  context: PollContext,
  success: Pick<PollSuccess, 'outcome' | 'document'> & {
    readonly response: Response;
    readonly isWhole: boolean;
  },
): Promise<void> {
  const { state, now, unconditional } = context;
  const { outcome, document, response, isWhole } = success;
  // The validators of a document that was cut off would answer 304 for the part that is missing.
  const validators = isWhole
    ? validatorsFrom(response, state)
    : { validatorsUrl: null, etag: null, lastModified: null };
  const next = stateAfterSuccess(state, { now, outcome, validators, unconditional, document });
  if (next !== null) await save(deps, context, next);
}

async function saveFailure(
  deps: PollDeps,
  context: PollContext,
  failure: { outcome: PollOutcome; retryAfter: string | null; detail: string; forgetValidators: boolean },
): Promise<void> {
  const { outcome, forgetValidators } = failure;
  const wait = failure.retryAfter === null ? null : retryAfterMs(failure.retryAfter, context.now);
  await save(
    deps,
    context,
    stateAfterFailure(context.state, { now: context.now, outcome, retryAfterMs: wait, forgetValidators }),
  );
  finish(deps, context, outcome, {
    ...nothing,
    ...(failure.detail === '' ? {} : { detail: failure.detail }),
  });
}

async function save(deps: PollDeps, context: PollContext, next: FeedState): Promise<void> {
  // A lost race is no fault: what we handed on is idempotent, and the winner's state is as good as ours.
  if (await deps.states.save(next, context.previous)) return;
  deps.log.warn('poll.state-conflict', { feed: context.feed.id, trace: context.trace });
}

function finish(
  deps: PollDeps,
  poll: Poll,
  outcome: PollOutcome,
  counts: PollCounts & { detail?: string },
): void {
  deps.log.info('poll.finished', { feed: poll.feed.id, trace: poll.trace, outcome, ...counts });
}
