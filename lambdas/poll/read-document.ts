import { createHash } from 'node:crypto';
import type { UnidentifiedEntry } from '../core/identity/entry-signs.ts';
import { type Identified, identifyEntries } from '../core/identity/identify-entries.ts';
import { withdrawnEntries } from '../core/identity/withdrawn-entries.ts';
import { parseFeed } from '../core/parse/parse.ts';
import { readEntries } from '../core/parse/read-entries.ts';
import { ingestBatches } from '../core/poll/ingest-batches.ts';
import { missedEstimate } from '../core/poll/missed-entries.ts';
import { classifyUnparsable } from '../core/poll/poll-classify.ts';
import { publisherPace } from '../core/poll/publisher-pace.ts';
import { compareWithWindow, type HandedEntry, type WindowComparison } from '../core/poll/seen-window.ts';
import { hintMinutesMax } from '../core/schedule/due-feeds.ts';
import { type LearntPace, paceAfterDocument } from '../core/schedule/learnt-pace.ts';
import { waitForWish } from '../core/schedule/wished-turn.ts';
import type { Entry, ParsedFeed } from '../core/words/entry.ts';
import { epochDay, isoTime } from '../core/words/time.ts';
import type { PollDeps } from './handler.ts';
import {
  finishPoll,
  type PollContext,
  type Response,
  saveFailure,
  saveSuccess,
  saveUnchanged,
} from './poll-end.ts';

/** Reads the body of a 200: hands on what is new or changed, then saves the state, or ends in a failure to read. */
export async function readDocument(deps: PollDeps, context: PollContext, response: Response): Promise<void> {
  const { state, now } = context;
  const bodyHash = createHash('sha256').update(response.body).digest('base64url').slice(0, 22);
  // The daily full read looks again even at the same bytes: a feed that fell silent is to be polled less often.
  if (bodyHash === state.bodyHash && !context.unconditional) return saveUnchanged(deps, context, response);
  const contentType = response.headers.get('content-type') ?? null;
  const result = await parseFeed({ bytes: response.body, contentType, base: response.url });
  if (!result.ok) {
    const outcome = classifyUnparsable(result.code, response.body);
    const failure = { outcome, retryAfter: null, detail: result.message, forgetValidators: true };
    return saveFailure(deps, context, failure);
  }
  const { parsed } = result;
  const read = readEntries(parsed, { language: context.feed.language });
  const { items, rejections, isTruncated } = read;
  const rejected = logRejections(deps, context, rejections);
  const addresses = [parsed.feed.link, context.feed.url, response.url].filter((address) => address !== null);
  const identified = await identify(deps, context, { items, addresses });
  const { entries } = identified;
  const withdrawn = withdrawnEntries(read.tombstones, { window: identified.window, listed: entries });
  const document = { entries, withdrawn, isWhole: !isTruncated };
  const comparison = compareWithWindow(identified.window, document, epochDay(now));
  const { fresh, changed, known, window } = comparison;
  await sendEntries(deps, context, [...fresh, ...changed]);
  const missed = isTruncated ? 0 : missedSince(deps, context, entries);
  const pace = paceOf(context, { response, parsed, entries, comparison, missed });
  const notBefore = waitForWish({ ...pace, feedId: context.feed.id, now });
  const news = fresh.length + changed.length > 0;
  const outcome = news ? 'new-entries' : 'unchanged';
  const counts = { entries: entries.length + withdrawn.length + rejected, rejected };
  const { distrust } = identified;
  const learnt = { counts, window, news, notBefore, ...(distrust && { distrust }), ...pace };
  await saveSuccess(deps, context, {
    outcome,
    response,
    document: { bodyHash: isTruncated ? '' : bodyHash, ...learnt },
    isWhole: !isTruncated,
  });
  const found = { new: fresh.length, updated: changed.length, known, ...(missed > 0 && { missed }) };
  finishPoll(deps, context, outcome, { ...counts, ...found });
}

/**
 * Tells the document's entries apart and from those seen before. A feed that is read for the first time beside others of its
 * source calls what those list by the same names, so that a feed added to a source brings no story twice.
 */
async function identify(
  deps: PollDeps,
  { state, feed, now }: PollContext,
  { items, addresses }: { items: readonly UnidentifiedEntry[]; addresses: readonly string[] },
): Promise<Identified> {
  const others = [...deps.feeds.values()].filter(
    ({ source, id }) => source === feed.source && id !== feed.id,
  );
  const asked = state.lastSuccessAt === null ? others.slice(0, siblingsMax) : [];
  const states = await Promise.all(asked.map(({ id }) => deps.states.load(id)));
  const siblings = states.flatMap((sibling) => sibling?.window ?? []);
  return identifyEntries(items, state, {
    addresses,
    today: epochDay(now),
    siblings,
    isShared: others.length > 0,
  });
}

/** Bounds the reads of a first poll; the largest source known has nine feeds. */
const siblingsMax = 20;

/** How many entries came and went since the last document; none where there was no last one at this address. */
function missedSince(deps: PollDeps, context: PollContext, entries: readonly Entry[]): number {
  const { state, feed, trace, now } = context;
  if (state.lastSuccessAt === null) return 0;
  // Unchanged polls save nothing, so without failures the feed was last seen about an interval ago.
  const polledAt = now - 2 * state.intervalMinutes * 60_000;
  const lastSeenAt = state.failures === 0 ? Math.max(state.lastPollAt, polledAt) : state.lastPollAt;
  const missed = missedEstimate({ window: state.window, entries, lastSeenAt });
  if (missed > 0) deps.log.warn('poll.entries-missed', { feed: feed.id, trace, missed });
  return missed;
}

interface ReadFeed {
  readonly response: Response;
  readonly parsed: ParsedFeed;
  readonly entries: readonly Entry[];
  readonly comparison: WindowComparison;
  readonly missed: number;
}

function paceOf(context: PollContext, read: ReadFeed): LearntPace {
  const { state, now, bounds, feed } = context;
  const { response, parsed, entries, comparison, missed } = read;
  const { ttlMinutes } = parsed.feed;
  return paceAfterDocument(state, {
    now,
    bounds,
    missed,
    listed: entries.map((entry) => entry.published),
    fresh: comparison.fresh.map(({ entry }) => entry.published),
    hintMinutesMax: hintMinutesMax(feed),
    ...publisherPace({ headers: response.headers, now, ttlMinutes, hints: parsed.hints }),
  });
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
  const counts = { entries: entries.length, messages: batches.length };
  deps.log.info('poll.entries-sent', { feed: feed.id, trace, ...counts });
}
