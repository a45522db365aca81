/** The closed list of log event names. One JSON line per event; ids and counts are fields, never part of the name. */
export const eventNames = [
  'schedule.tick',
  'schedule.sent',
  'poll.finished',
  'poll.entries-sent',
  'poll.stale-request',
  'poll.state-conflict',
  'poll.unknown-feed',
  'entry.stored',
  'entry.updated',
  'entry.known',
  'entry.rejected',
  'story.healed',
  'serve.answered',
  'serve.failed',
  'record.failed',
] as const;
export type EventName = (typeof eventNames)[number];
