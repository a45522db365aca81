import type { Clock } from '../../ports.ts';
import { isoTime } from '../../core/words/time.ts';

const minuteMs = 60_000;

/** Calls a handler once at start and then at every full minute, with the event EventBridge Scheduler would send. */
interface LocalScheduler {
  /** No further ticks; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/** Starts ticking. A tick that fails is reported to `onError` and the next one catches up; ticks never overlap. */
export function startScheduler(options: {
  readonly handler: (event: { time: string }) => Promise<unknown>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}): LocalScheduler {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const tick = (): void => {
    const now = options.clock();
    running = options.handler({ time: isoTime(now) }).catch(options.onError);
    running.finally(() => {
      if (stopped) return;
      const wait = minuteMs - (options.clock() % minuteMs);
      timer = setTimeout(tick, wait);
    });
  };
  tick();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
