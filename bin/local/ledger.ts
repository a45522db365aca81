import type { EventName } from '../../lambdas/core/words/events.ts';

/** One poll of one feed with what became of its entries; entries = new + updated + known + rejected (invariant I9). */
export interface PollRow {
  readonly feed: string;
  readonly outcome: string;
  readonly entries: number;
  readonly new: number;
  readonly updated: number;
  readonly known: number;
  readonly rejected: number;
}

/** Counts polls from the log's events: the poll hop says what it read, the ingest hop what became of each entry. */
export interface PollLedger {
  listen(event: EventName, fields: Readonly<Record<string, unknown>>): void;
  /** Takes out the polls whose every entry has been handled and whose trace passes; in the order they began. */
  takeHandled(wanted: (trace: string) => boolean): PollRow[];
  /** Takes out every finished poll whose trace passes, handled or not: for when the queues are known to be empty. */
  takeFinished(wanted: (trace: string) => boolean): PollRow[];
  /** How many polls whose trace passes ended with every entry handled. */
  handled(wanted: (trace: string) => boolean): number;
  /** How many polls handed entries on that are not all handled yet. */
  unhandled(): number;
  /** Polls that began to hand entries on and are not yet taken. */
  open(): number;
}

/** A run that nobody takes from keeps at most this many polls. */
const pollsMax = 50_000;

interface OpenPoll {
  feed: string;
  outcome: string;
  entries: number;
  known: number;
  rejected: number;
  /** Story (or entry key) to what became of it. */
  handled: Map<string, EventName>;
}

const dispositions: readonly EventName[] = ['entry.stored', 'entry.updated', 'entry.known'];

/** An empty ledger. A story that a redelivery handles twice keeps its first disposition, so each entry counts once. */
export function createPollLedger(): PollLedger {
  const polls = new Map<string, OpenPoll>();
  const pollOf = (trace: string): OpenPoll => {
    const known = polls.get(trace);
    if (known) return known;
    const poll = { feed: '', outcome: '', entries: 0, known: 0, rejected: 0, handled: new Map() };
    if (polls.size >= pollsMax) polls.delete(polls.keys().next().value ?? '');
    polls.set(trace, poll);
    return poll;
  };
  const take = (wanted: (trace: string) => boolean, ready: (poll: OpenPoll) => boolean): PollRow[] => {
    const taken = [...polls.entries()].filter(([trace, poll]) => wanted(trace) && ready(poll));
    for (const [trace] of taken) polls.delete(trace);
    return taken.map(([, poll]) => rowOf(poll));
  };
  return {
    listen: (event, fields) => {
      const trace = text(fields.trace);
      if (event === 'poll.entries-sent') pollOf(trace);
      // A redelivered message polls again; the first poll is the one that read the entries.
      if (event === 'poll.finished' && !isFinished(pollOf(trace))) {
        const { handled } = pollOf(trace);
        polls.set(trace, {
          feed: text(fields.feed),
          outcome: text(fields.outcome),
          entries: count(fields.entries),
          known: count(fields.known),
          rejected: count(fields.rejected),
          handled,
        });
      }
      const story = text(fields.story) || text(fields.key);
      const isDisposition = dispositions.includes(event) || (event === 'entry.rejected' && story !== '');
      if (isDisposition && !pollOf(trace).handled.has(story)) pollOf(trace).handled.set(story, event);
    },
    takeHandled: (wanted) => take(wanted, isHandled),
    takeFinished: (wanted) => take(wanted, isFinished),
    handled: (wanted) => [...polls].filter(([trace, poll]) => wanted(trace) && isHandled(poll)).length,
    unhandled: () => [...polls.values()].filter((poll) => !isHandled(poll)).length,
    open: () => polls.size,
  };
}

const isFinished = (poll: OpenPoll): boolean => poll.outcome !== '';

const isHandled = (poll: OpenPoll): boolean =>
  isFinished(poll) && poll.handled.size >= poll.entries - poll.known - poll.rejected;

function rowOf({ feed, outcome, entries, known, rejected, handled }: OpenPoll): PollRow {
  const of = (event: EventName) =>
    [...handled.values()].filter((disposition) => disposition === event).length;
  return {
    feed,
    outcome,
    entries,
    new: of('entry.stored'),
    updated: of('entry.updated'),
    known: known + of('entry.known'),
    rejected: rejected + of('entry.rejected'),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
