import type { Clock, HostGate, Pause } from '../ports.ts';

/** Between the starts of two requests to one public host, and how many may be under way at once. Source: Media Cloud rss-fetcher. */
const spacingMs = 5_000;
const atOnceMax = 2;

interface Host {
  running: number;
  nextStartAt: number;
  readonly waiting: (() => void)[];
}

/**
 * Keeps one process polite: at most two requests to a host at once and, unless the host is the operator's own, five
 * seconds between their starts. Work waits its turn in order; a host that is idle is forgotten.
 */
export function createHostGate(options: {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly isOwnHost: (url: string) => boolean;
}): HostGate {
  const hosts = new Map<string, Host>();
  const hostOf = (name: string): Host => {
    const known = hosts.get(name);
    if (known) return known;
    const host: Host = { running: 0, nextStartAt: 0, waiting: [] };
    hosts.set(name, host);
    return host;
  };
  return {
    run: async (url, work) => {
      const name = new URL(url).hostname;
      const host = hostOf(name);
      if (host.running >= atOnceMax) await new Promise<void>((resolve) => host.waiting.push(resolve));
      else host.running += 1;
      try {
        if (!options.isOwnHost(url)) await waitForTurn(host, options);
        return await work();
      } finally {
        // The place is handed to the next in line, so `running` never dips below the truth.
        const next = host.waiting.shift();
        if (next) next();
        else host.running -= 1;
        if (host.running === 0 && host.nextStartAt <= options.clock()) hosts.delete(name);
      }
    },
  };
}

async function waitForTurn(host: Host, { clock, pause }: { clock: Clock; pause: Pause }): Promise<void> {
  const now = clock();
  const startAt = Math.max(now, host.nextStartAt);
  host.nextStartAt = startAt + spacingMs;
  if (startAt > now) await pause(startAt - now);
}
