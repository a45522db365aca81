import { isoTime } from '../words/time.ts';
import type { Feed } from '../words/feed.ts';
import { addressMark } from '../schedule/address-mark.ts';
import { nextTurn, presentRow } from '../schedule/due-feeds.ts';
import type { PollPace } from '../schedule/quiet-times.ts';
import { storiesPerDay } from '../schedule/rhythm.ts';
import type { FeedState } from './feed-state.ts';
import { outcomeAdvice, pollOutcomeNamed } from './outcome-advice.ts';
import { pollOutcomes } from './poll-outcome.ts';

/** What is kept of a feed's state for those who look after it. Times are epoch milliseconds, `perDay` new entries a day. */
export interface FeedHealth extends PollPace {
  readonly feedId: string;
  readonly mark: string;
  readonly outcome: string;
  readonly at: number;
  readonly lastSuccessAt: number | null;
  readonly lastNewAt: number | null;
  readonly failures: number;
  readonly notBefore: number;
  readonly perDay: number | null;
  readonly movedTo?: string;
  readonly gone?: FeedState['gone'];
  readonly overrun?: FeedState['overrun'];
}

/** The health of a feed as its state tells it. */
export function feedHealth(state: FeedState): FeedHealth {
  const { feedId, url, lastOutcome, lastPollAt, lastSuccessAt, lastNewAt, failures, notBefore } = state;
  const { intervalMinutes, quiet, skip, movedTo, gone, overrun, rhythm } = state;
  return {
    feedId,
    mark: addressMark(url),
    outcome: lastOutcome,
    at: lastPollAt,
    lastSuccessAt,
    lastNewAt,
    failures,
    notBefore,
    intervalMinutes,
    perDay: rhythm === undefined ? null : Math.round(storiesPerDay(rhythm) * 100) / 100,
    ...(quiet && { quiet }),
    ...(skip !== undefined && { skip }),
    ...(movedTo !== undefined && { movedTo }),
    ...(gone && { gone }),
    ...(overrun && { overrun }),
  };
}

/** How a feed is, in a word: `quiet` answers and has brought nothing for unusually long. */
export const feedConditions = ['healthy', 'quiet', 'failing', 'moved', 'gone', 'never-polled'] as const;
export type FeedCondition = (typeof feedConditions)[number];

/**
 * The health of a feed as the API tells it. Times are ISO 8601; null is "not known" or "never". `checked` is the last poll
 * that was worth a write: one that brings nothing new is not written, but one a day is. `failures` is the weight of the
 * failures in a row (see poll-outcome.ts); `nextPoll` is when its turn comes, give or take the wait of its host.
 */
export interface HealthReport {
  readonly state: FeedCondition;
  readonly advice: string;
  readonly outcome: string | null;
  readonly checked: string | null;
  readonly lastSuccess: string | null;
  readonly lastNewEntry: string | null;
  readonly failures: number;
  readonly intervalMinutes: number | null;
  readonly nextPoll: string | null;
  readonly entriesPerDay: number | null;
}

const neverPolled: HealthReport = {
  state: 'never-polled',
  advice: 'Nothing to do: the next tick of the schedule polls it.',
  outcome: null,
  checked: null,
  lastSuccess: null,
  lastNewEntry: null,
  failures: 0,
  intervalMinutes: null,
  nextPoll: null,
  entriesPerDay: null,
};

/** The report on a feed of the catalogue; health of another address than it has now counts as none. Pure. */
export function healthReport(feed: Feed, health: FeedHealth | null, now: number): HealthReport {
  if (health === null || health.mark !== addressMark(feed.url)) return neverPolled;
  const outcome = pollOutcomeNamed(health.outcome) ?? 'failed';
  const movedTo = health.movedTo === undefined ? undefined : shownAddress(health.movedTo);
  const { gone, overrun } = health;
  const told = {
    ...(movedTo !== undefined && { movedTo }),
    ...(gone && { gone }),
    ...(overrun && { overrun }),
  };
  const state = conditionOf(health, now);
  const { advice } = outcomeAdvice(outcome, told);
  return {
    state,
    advice: state === 'quiet' ? `${quietAdvice} ${advice}`.replace(/ Nothing to do\.$/, '') : advice,
    outcome,
    checked: timeOf(health.at),
    lastSuccess: timeOf(health.lastSuccessAt),
    lastNewEntry: timeOf(health.lastNewAt),
    failures: health.failures,
    intervalMinutes: health.intervalMinutes,
    nextPoll: nextPoll(feed, health, now),
    entriesPerDay: health.perDay,
  };
}

const quietAdvice = 'It answers but brings nothing new; look whether the publisher still uses it.';

function conditionOf(health: FeedHealth, now: number): FeedCondition {
  if (health.gone !== undefined) return 'gone';
  const outcome = pollOutcomeNamed(health.outcome);
  if (outcome === null || pollOutcomes[outcome].weight !== 'none') return 'failing';
  if (health.movedTo !== undefined) return 'moved';
  return isQuiet(health, now) ? 'quiet' : 'healthy';
}

const dayMs = 86_400_000;

/** Ten times the usual gap is beyond chance (e⁻¹⁰); a long weekend is nothing, and a month of silence is something. */
function isQuiet({ lastNewAt, lastSuccessAt, perDay }: FeedHealth, now: number): boolean {
  const since = lastNewAt ?? lastSuccessAt;
  if (since === null) return false;
  const usualMs = perDay === null || perDay <= 0 ? Number.POSITIVE_INFINITY : (10 / perDay) * dayMs;
  return now - since > Math.min(30 * dayMs, Math.max(3 * dayMs, usualMs));
}

const timeOf = (at: number | null): string | null => (at === null || at <= 0 ? null : isoTime(at));

function nextPoll(feed: Feed, health: FeedHealth, now: number): string | null {
  const row = presentRow(feed, health, { isOwnHost: false, now });
  if (row === null) return null;
  const tick = Math.floor(now / 60_000);
  if (row.notBefore > now) return isoTime(Math.ceil(row.notBefore / 60_000) * 60_000);
  return isoTime(nextTurn(row, tick) * 60_000);
}

/** An address that a publisher redirected to, without what could be a secret in it: name and password, fragment. */
function shownAddress(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
