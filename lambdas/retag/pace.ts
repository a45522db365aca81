import type { Clock, Pause } from '../ports.ts';

/** Lets work through at a rate: resolves when it is the turn of so many units. */
export type Spend = (units: number) => Promise<void>;

/**
 * A pace of `unitsPerSecondMax` on the mean: each call waits until what was spent before it is paid for, so that a long
 * rewrite leaves the table's throughput to those who bring news. For one caller after another, not for many at once.
 */
export function createPace(options: {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly unitsPerSecondMax: number;
}): Spend {
  let paidAt = 0;
  return async (units) => {
    const now = options.clock();
    const waitMs = Math.ceil(paidAt - now);
    paidAt = Math.max(paidAt, now) + (units * 1_000) / options.unitsPerSecondMax;
    if (waitMs > 0) await options.pause(waitMs);
  };
}

/** No pace at all: for an engine that nobody else waits for. */
export const unpaced: Spend = async () => {};
