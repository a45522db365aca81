import type { EventName } from '../../lambdas/core/words/events.ts';
import type { Log } from '../../lambdas/ports.ts';

/** A log that keeps what it is told. */
export function recordingLog() {
  const lines: { event: EventName; fields: Readonly<Record<string, unknown>> }[] = [];
  const note = (event: EventName, fields: Readonly<Record<string, unknown>>) => {
    lines.push({ event, fields });
  };
  const log: Log = { info: note, warn: note, error: note };
  return {
    log,
    lines,
    of: (event: EventName) => lines.filter((line) => line.event === event).map((line) => line.fields),
  };
}
