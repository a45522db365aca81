import type { Feed } from '../core/words/feed.ts';
import { planTick, plausibleTick, type TickPlan } from '../core/schedule/plan-tick.ts';
import { type PollRequest, ScheduleEvent } from '../core/words/messages.ts';
import { pollMessages, turnMessages } from '../core/schedule/poll-messages.ts';
import { epochMinute } from '../core/words/time.ts';
import { traceOf } from '../core/words/trace.ts';
import type { Clock, FeedStateStore, Log, Queue } from '../ports.ts';

export interface ScheduleDeps {
  readonly feeds: readonly Feed[];
  readonly states: Pick<FeedStateStore, 'schedule' | 'tickRow' | 'saveTickRow' | 'hold'>;
  readonly pollQueue: Queue<PollRequest>;
  /** Is this one of the operator's own hosts? Its feeds need no turns. */
  readonly isOwnHost: (url: string) => boolean;
  /** Scheduled polls a day of all feeds together; absent or 0: as many as their intervals come to. */
  readonly requestBudget?: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** A feed asked for the first time is asked again after so long if its first poll has not ended by then. */
const holdMinutes = 15;

/**
 * The schedule hop: which feeds are due at this minute, each with a turn on its host, sent in batches, then the tick is saved
 * (docs/adr/0008). Turns are noted as given before anything is sent, so that no two runs give the same one. A crash in
 * between sends the tick's feeds again a minute later, which costs a conditional request and loses nothing.
 * Throws when the event is malformed or the store or queue fails; the scheduler then tries again.
 */
export function createScheduleHandler(deps: ScheduleDeps): (event: unknown) => Promise<{ due: number }> {
  return async (event) => {
    const tick = epochMinute(Date.parse(ScheduleEvent.parse(event).time));
    const [{ rows, hostWaits }, saved] = await Promise.all([deps.states.schedule(), deps.states.tickRow()]);
    const lastTick = plausibleTick(saved.tick, tick);
    if (lastTick !== null && lastTick >= tick) {
      deps.log.info('schedule.tick', { tick, due: 0, repeated: true });
      return { due: 0 };
    }
    const now = deps.clock();
    const { feeds, isOwnHost, requestBudget = 0 } = deps;
    const plan = planTick({ tick, now, saved, feeds, rows, hostWaits, isOwnHost, requestBudget });
    const { waiting, pending, budget } = plan;
    let last = saved;
    if (plan.turns.length > 0) {
      last = { ...saved, given: plan.given, waiting, pending, version: saved.version + 1 };
      // Another run is ahead of us: it has read the same last tick, so what was due here is due there.
      if (!(await deps.states.saveTickRow(last, saved))) return overtaken(deps, tick);
    }
    await sendPolls(deps, plan, { tick, now });
    await Promise.all(plan.firsts.map((feed) => deps.states.hold(feed, (tick + holdMinutes) * 60_000)));
    const done = { tick, given: last.given, waiting, pending: [], version: last.version + 1 };
    if (!(await deps.states.saveTickRow(done, last))) return overtaken(deps, tick);
    const due = plan.own.length + plan.turns.length;
    const spent = requestBudget === 0 ? {} : { budget };
    deps.log.info('schedule.tick', { tick, due, waiting: waiting.length, feeds: feeds.length, ...spent });
    return { due };
  };
}

function overtaken(deps: ScheduleDeps, tick: number): { due: number } {
  deps.log.warn('schedule.overtaken', { tick });
  return { due: 0 };
}

async function sendPolls(
  deps: ScheduleDeps,
  { own, turns }: TickPlan,
  { tick, now }: { readonly tick: number; readonly now: number },
): Promise<void> {
  const wish = { tick, forced: false, traceOf: (feed: Feed) => traceOf(tick, feed.id) };
  const messages = [...pollMessages(own, wish), ...turnMessages(turns, { ...wish, now })];
  if (messages.length === 0) return;
  await deps.pollQueue.send(messages);
  for (const { body } of messages)
    deps.log.info('schedule.sent', { tick, traces: body.feeds.map((feed) => feed.trace) });
}
