import type { FeedState } from '../poll/feed-state.ts';
import type { IntervalBounds } from './due-feeds.ts';
import { pollPace } from './poll-pace.ts';
import type { PollPace } from './quiet-times.ts';
import { firstRhythm, type Rhythm, rhythmAfter } from './rhythm.ts';

/** A pace and what it was worked out from; kept in the feed's state. */
export interface LearntPace extends PollPace {
  readonly rhythm: Rhythm;
}

/** A document that was read: when its entries were published (ISO 8601 or null), all of them and the new ones. */
export interface ReadDocument {
  readonly now: number;
  readonly listed: readonly (string | null)[];
  readonly fresh: readonly (string | null)[];
  readonly bounds: IntervalBounds;
  /** The publisher's wish, minutes. */
  readonly hintMinutes: number;
}

/**
 * The pace after a document was read. The first document is a history; from then on new entries count when they appear,
 * so a feed whose dates are wrong or missing is learnt as well as any other, only a day later. A document without new
 * entries tells of silence: the daily full read slows down a feed that has stopped.
 */
export function paceAfterDocument(state: Pick<FeedState, 'rhythm'>, document: ReadDocument): LearntPace {
  const { now, bounds, hintMinutes } = document;
  const rhythm =
    state.rhythm === undefined
      ? firstRhythm({ now, published: document.listed })
      : rhythmAfter(state.rhythm, { now, published: document.fresh });
  return { ...pollPace(rhythm, { bounds, hintMinutes }), rhythm };
}
