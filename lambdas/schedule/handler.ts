import type { Feed } from '../core/words/feed.ts';
import { isDue, presentRow, tickAheadMinutesMax } from '../core/schedule/due-feeds.ts';
import { type PollRequest, ScheduleEvent } from '../core/words/messages.ts';
import { pollMessages } from '../core/schedule/poll-messages.ts';
import { epochMinute } from '../core/words/time.ts';
import { traceOf } from '../core/words/trace.ts';
import type { FeedStateStore, Log, Queue } from '../ports.ts';

export interface ScheduleDeps {
  readonly feeds: readonly Feed[];
  readonly states: Pick<FeedStateStore, 'scheduleRows' | 'lastTick' | 'saveTick' | 'hold'>;
  readonly pollQueue: Queue<PollRequest>;
  /** Is this one of the operator's own hosts? Its feeds need no spacing. */
  readonly isOwnHost: (url: string) => boolean;
  readonly log: Log;
}

/** A feed asked for the first time is asked again after so long if its first poll has not ended by then. */
const holdMinutes = 15;

/**
 * The schedule hop: which feeds are due at this minute, one message per batch of them, then the tick is saved. A crash
 * in between sends the same ticks again, which costs a conditional request and loses nothing.
 * Throws when the event is malformed or the store or queue fails; the scheduler then tries again.
 */
export function createScheduleHandler(deps: ScheduleDeps): (event: unknown) => Promise<{ due: number }> {
  return async (event) => {
    const tick = epochMinute(Date.parse(ScheduleEvent.parse(event).time));
    const [rows, savedTick] = await Promise.all([deps.states.scheduleRows(), deps.states.lastTick()]);
    const lastTick = savedTick !== null && savedTick > tick + tickAheadMinutesMax ? null : savedTick;
    if (lastTick !== null && lastTick >= tick) {
      deps.log.info('schedule.tick', { tick, due: 0, repeated: true });
      return { due: 0 };
    }
    const byFeed = new Map(rows.map((row) => [row.feedId, row]));
    const present = deps.feeds.map((feed) => ({
      feed,
      row: presentRow(feed, byFeed.get(feed.id), deps.isOwnHost(feed.url)),
    }));
    const due = present.filter(({ feed, row }) => isDue({ feedId: feed.id, row, lastTick, tick }));
    const firsts = due.filter(({ row }) => row === null).map(({ feed }) => feed);
    await sendPolls(
      deps,
      due.map(({ feed }) => feed),
      tick,
    );
    await Promise.all(firsts.map((feed) => deps.states.hold(feed, (tick + holdMinutes) * 60_000)));
    await deps.states.saveTick(tick);
    deps.log.info('schedule.tick', { tick, due: due.length, feeds: deps.feeds.length });
    return { due: due.length };
  };
}

async function sendPolls(deps: ScheduleDeps, due: readonly Feed[], tick: number): Promise<void> {
  const { isOwnHost } = deps;
  const messages = pollMessages(due, {
    tick,
    forced: false,
    isOwnHost,
    traceOf: (feed) => traceOf(tick, feed.id),
  });
  if (messages.length === 0) return;
  await deps.pollQueue.send(messages);
  for (const { body } of messages)
    deps.log.info('schedule.sent', { tick, traces: body.feeds.map((feed) => feed.trace) });
}
