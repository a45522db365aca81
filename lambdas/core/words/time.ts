const dayMs = 86_400_000;
const minuteMs = 60_000;

/** ISO 8601 UTC with milliseconds, the one spelling of time in the store and the API. `at` is epoch milliseconds. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** Whole days since the epoch, UTC. */
export const epochDay = (at: number): number => Math.floor(at / dayMs);

/** Whole minutes since the epoch, UTC: the schedule's ticks. */
export const epochMinute = (at: number): number => Math.floor(at / minuteMs);
