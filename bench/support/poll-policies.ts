import {
  type IntervalBounds,
  intervalClass,
  nextTurn,
  phaseMinutes,
} from '../../lambdas/core/schedule/due-feeds.ts';
import { stretchedRow } from '../../lambdas/core/schedule/request-budget.ts';
import { type LearntPace, paceAfterDocument } from '../../lambdas/core/schedule/learnt-pace.ts';
import { type PollPace, samePace } from '../../lambdas/core/schedule/quiet-times.ts';
import type { MadeUpFeed } from './made-up-news.ts';
import type { FeedPoller, Policy, PolledDocument, Wrote } from './poll-simulation.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Phases as ours, so that policies differ in nothing but their intervals. */
const firstAt = (feed: MadeUpFeed, from: number, intervalMinutes: number): number =>
  from + phaseMinutes(feed.id, Math.max(1, Math.round(intervalMinutes))) * minuteMs;

/** Every feed at the same interval. */
export const fixedPolicy =
  (from: number): Policy =>
  (feed, slowness) => ({
    firstAt: firstAt(feed, from, 60 * slowness),
    nextAt: ({ at }) => at + 60 * slowness * minuteMs,
  });

/** The inverse square root of the true mean rate, which nobody knows: what learning can hope for without hours. */
export const oraclePolicy =
  (from: number): Policy =>
  (feed, slowness) => {
    const minutes = Math.min(1_440, (120 * slowness) / Math.sqrt(feed.perDay));
    return { firstAt: firstAt(feed, from, minutes), nextAt: ({ at }) => at + minutes * minuteMs };
  };

/**
 * CommaFeed: half the mean gap of the listed entries, within 5 minutes and an hour; 1, 2, 4 hours after 7, 14, 30 days of
 * silence. Source: CommaFeed, FeedRefreshIntervalCalculator.
 */
export const commaFeedPolicy =
  (from: number): Policy =>
  (feed, slowness) => ({
    firstAt: firstAt(feed, from, 60),
    nextAt: (document) => document.at + commaFeedMinutes(document) * slowness * minuteMs,
  });

function commaFeedMinutes({ at, newestAt, oldestAt, listed }: PolledDocument): number {
  const silentDays = (at - newestAt) / dayMs;
  if (silentDays >= 30) return 240;
  if (silentDays >= 14) return 120;
  if (silentDays >= 7) return 60;
  const halfGap = listed < 2 ? 60 : (newestAt - oldestAt) / (listed - 1) / 2 / minuteMs;
  return Math.min(60, Math.max(5, halfGap));
}

/**
 * Media Cloud: after two polls in turn with at least 67 % known entries ten minutes longer (an hour when nothing new came
 * for 31 days), with at most 33 % an hour shorter; 10 minutes to a day, six hours to begin with. Source: rss-fetcher.
 */
export const mediaCloudPolicy =
  (from: number): Policy =>
  (feed, slowness) => {
    let minutes = 360;
    let wasSlow = false;
    let wasFast = false;
    return {
      firstAt: firstAt(feed, from, 60),
      nextAt: ({ at, listed, fresh, newestAt }) => {
        const known = listed === 0 ? 1 : 1 - fresh / listed;
        const isSlow = known >= 0.67;
        const isFast = known < 0.33;
        const step = at - newestAt < 31 * dayMs || known < 1 ? 10 : 60;
        if (isSlow && wasSlow) minutes = Math.min(1_440, minutes + step);
        if (isFast && wasFast) minutes = minutes > 360 ? 360 : Math.max(10, minutes - 60);
        wasSlow = isSlow;
        wasFast = isFast;
        return at + minutes * slowness * minuteMs;
      },
    };
  };

/**
 * Miniflux, entry frequency: a week over the entries a week has at the mean gap of those of the last seven days, rounded up;
 * 5 minutes to a day, a day where there are fewer than two. Source: Miniflux, ScheduleNextCheck and WeeklyFeedEntryCount.
 */
export const minifluxPolicy =
  (from: number): Policy =>
  (feed, slowness) => {
    let stored: number[] = [];
    return {
      firstAt: firstAt(feed, from, 60),
      nextAt: ({ at, fresh, published }) => {
        const times = fresh === 0 ? [] : published().slice(0, fresh);
        stored = [...times.map((time) => (time === null ? at : Date.parse(time))), ...stored].filter(
          (time) => time >= at - 7 * dayMs,
        );
        return at + minifluxMinutes(stored) * slowness * minuteMs;
      },
    };
  };

function minifluxMinutes(stored: readonly number[]): number {
  const gap = (Math.max(...stored) - Math.min(...stored)) / (stored.length - 1);
  const weekly = stored.length < 2 || gap === 0 ? 0 : Math.ceil((7 * dayMs) / gap);
  return weekly === 0 ? 1_440 : Math.min(1_440, Math.max(5, Math.round(10_080 / weekly)));
}

/** How ours runs: the bounds of a feed that names none, what a budget stretches intervals by, and where to note the paces. */
export interface OurRun {
  readonly bounds: IntervalBounds;
  readonly factorAt?: (at: number) => number;
  readonly paces?: Map<string, PollPace>;
}

/** As far as a budget stretches the interval of a feed that names no bounds. */
export const stretchMinutesMax = 1_440;

/** Ours, with the functions that run in the cloud. */
export const ourPolicy =
  (from: number, { bounds, factorAt = () => 1, paces }: OurRun): Policy =>
  (feed) => {
    let state: Partial<LearntPace> = {};
    let pace: PollPace = { intervalMinutes: intervalClass(20, bounds) };
    let lastFullAt = 0;
    let wrote: Wrote = 'nothing';
    const poll: FeedPoller['nextAt'] = ({ at, fresh, published }) => {
      const isFull = at - lastFullAt >= dayMs;
      wrote = fresh > 0 || isFull ? 'state' : 'nothing';
      if (isFull) lastFullAt = at;
      // An unchanged document is not read, but for once a day, when silence is taken note of.
      if (fresh > 0 || isFull) {
        const listed = published();
        const document = { now: at, listed, fresh: listed.slice(0, fresh), bounds, hintMinutes: 5 };
        const learnt = paceAfterDocument(state, document);
        if (!samePace(learnt, pace)) wrote = 'state and row';
        state = learnt;
        pace = learnt;
        paces?.set(feed.id, learnt);
      }
      const row = { feedId: feed.id, notBefore: 0, ...pace };
      const due = stretchedRow({ row, maxMinutes: stretchMinutesMax }, factorAt(at));
      return nextTurn(due, Math.floor(at / minuteMs)) * minuteMs;
    };
    return { firstAt: from, nextAt: poll, wrote: () => wrote };
  };
