import type { FeedState } from '../poll/feed-state.ts';
import { type OverrunCap, overrunAfter } from '../poll/missed-entries.ts';
import { type IntervalBounds, intervalClass } from './due-feeds.ts';
import { pollPace } from './poll-pace.ts';
import type { PollPace } from './quiet-times.ts';
import { firstRhythm, type Rhythm, rhythmAfter } from './rhythm.ts';

/** A pace and what it was worked out from; kept in the feed's state. */
export interface LearntPace extends PollPace {
  readonly rhythm: Rhythm;
  readonly overrun?: OverrunCap;
  /** The publisher's wish as far as it counts. */
  readonly wishMinutes: number;
}

/** A document that was read: when its entries were published (ISO 8601 or null), all of them and the new ones. */
export interface ReadDocument {
  readonly now: number;
  readonly listed: readonly (string | null)[];
  readonly fresh: readonly (string | null)[];
  readonly bounds: IntervalBounds;
  /** The publisher's wish, minutes, and as far as it may stretch the interval (absent: to the end of the bounds). */
  readonly hintMinutes: number;
  readonly hintMinutesMax?: number;
  readonly skip?: number;
  /** Entries that came and went unseen before this document, an estimate (see missed-entries.ts). */
  readonly missed?: number;
}

/**
 * The pace after a document was read. The first document is a history; from then on new entries count when they appear,
 * so a feed whose dates are wrong or missing is learnt as well as any other, only a day later. A document without new
 * entries tells of silence: the daily full read slows down a feed that has stopped. Entries that were missed count as if
 * seen, and cap the interval for a while. The publisher's wish counts as long as it costs no story: never beyond half the
 * time in which the document turns over at the feed's own rate, nor beyond that cap.
 */
export function paceAfterDocument(
  state: Pick<FeedState, 'rhythm' | 'overrun'> & { readonly intervalMinutes?: number },
  document: ReadDocument,
): LearntPace {
  const { now, bounds, hintMinutes, skip, missed = 0 } = document;
  const unseen = Array<null>(missed).fill(null);
  const rhythm =
    state.rhythm === undefined
      ? firstRhythm({ now, published: document.listed })
      : rhythmAfter(state.rhythm, { now, published: [...document.fresh, ...unseen] });
  const intervalMinutes = state.intervalMinutes ?? bounds.max;
  const overrun = overrunAfter({ ...state, intervalMinutes }, { missed, now, minutesMin: bounds.min });
  const cap = overrun?.minutes ?? Number.POSITIVE_INFINITY;
  const limits = {
    bounds: { min: bounds.min, max: Math.max(bounds.min, Math.min(bounds.max, cap)) },
    hintMinutes: Math.min(hintMinutes, halfTurnoverMinutes(rhythm, document.listed.length), cap),
    ...(document.hintMinutesMax !== undefined && { hintMinutesMax: document.hintMinutesMax }),
    ...(skip !== undefined && { skip }),
  };
  const wishMinutes = Math.min(limits.hintMinutes, document.hintMinutesMax ?? bounds.max);
  return { ...pollPace(rhythm, limits), rhythm, wishMinutes, ...(overrun && { overrun }) };
}

/** Half the time in which as many entries appear as the document lists; no bound where no rate was seen yet. */
function halfTurnoverMinutes({ hours, days }: Rhythm, listed: number): number {
  const stories = hours.reduce((sum, count) => sum + count, 0);
  if (listed < 2 || stories === 0) return Number.POSITIVE_INFINITY;
  // The class below, because a wish between two classes is met by the longer one.
  return intervalClass((listed / stories) * days * 720, { min: 1, max: 1_440 });
}
