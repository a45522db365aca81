/** Time that passes only when nothing is under way: a day of waiting takes as long as the work in it. */
export interface VirtualTime {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves after so many virtual milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Counts as work until it ends: meanwhile no time passes. */
  readonly working: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** A pause within work, during which time may pass. */
  readonly resting: (milliseconds: number) => Promise<void>;
  /** Lets time pass until the given moment; what is due by then has happened. */
  readonly runUntil: (end: number) => Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** Work goes on in promises and sockets; it is at rest when the event loop came round so often without any. */
const quietTurns = 3;

/** A clock that starts at `start` (epoch milliseconds) and stands still while work is counted. */
export function virtualTime(start: number): VirtualTime {
  let now = start;
  let order = 0;
  let under = 0;
  const timers: Timer[] = [];
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      order += 1;
      insert(timers, { at: now + Math.max(0, milliseconds), order, fire: resolve });
    });
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < quietTurns; quiet = under === 0 ? quiet + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    now: () => now,
    pause,
    working: async (work) => {
      under += 1;
      try {
        return await work();
      } finally {
        under -= 1;
      }
    },
    resting: async (milliseconds) => {
      under -= 1;
      await pause(milliseconds);
      under += 1;
    },
    runUntil: async (end) => {
      await settle();
      for (let next = timers.at(-1); next !== undefined && next.at <= end; next = timers.at(-1)) {
        timers.pop();
        now = Math.max(now, next.at);
        next.fire();
        await settle();
      }
      now = end;
    },
  };
}

/** Keeps the earliest timer last; of two at the same moment the one that was set first. */
function insert(timers: Timer[], timer: Timer): void {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = timers[middle];
    const isLater =
      other !== undefined && (other.at > timer.at || (other.at === timer.at && other.order > timer.order));
    if (isLater) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}
