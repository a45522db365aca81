/**
 * Correlation id of one poll of one feed: the scheduled minute in base 36 and the feed's id, e.g. `t-htx7p.naval-news`.
 * Deterministic, so a redelivered message logs under the same id in every hop.
 */
export const traceOf = (tick: number, feedId: string): string => `t-${tick.toString(36)}.${feedId}`;

/** Correlation id of a poll that a person asked for: the instant in base 36 and the feed's id. */
export const forcedTraceOf = (now: number, feedId: string): string => `f-${now.toString(36)}.${feedId}`;

/** Was this poll asked for by a person? */
export const isForcedTrace = (trace: string): boolean => trace.startsWith('f-');
