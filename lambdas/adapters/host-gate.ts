import type { Clock, HostGate, Pause } from '../ports.ts';

/** Between the starts of two requests to one public host, and how many may be under way at once. Source: Media Cloud rss-fetcher. */
const spacingMs = 5_000;
const atOnceMax = 2;

/** What is remembered of a host; `pausing` counts those of the running that wait for their start. Times in epoch ms. */
export interface GatedHost {
  running: number;
  pausing: number;
  nextStartAt: number;
  readonly waiting: (() => void)[];
}

/**
 * Keeps one process polite: at most two requests to a host at once and, unless the host is the operator's own, five
 * seconds between their starts. Work waits its turn in order; idle hosts are forgotten when a new one comes.
 */
export function createHostGate(options: {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly isOwnHost: (url: string) => boolean;
}): HostGate {
  const hosts = new Map<string, GatedHost>();
  const hostOf = (name: string): GatedHost => {
    const known = hosts.get(name);
    if (known) return known;
    forgetIdleHosts(hosts, options.clock());
    const host: GatedHost = { running: 0, pausing: 0, nextStartAt: 0, waiting: [] };
    hosts.set(name, host);
    return host;
  };
  return {
    run: async (url, work) => {
      const host = hostOf(new URL(url).hostname);
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
      }
    },
  };
}

/** Drops the hosts on which nothing runs and nothing would have to wait at this time (epoch milliseconds). */
export function forgetIdleHosts(hosts: Map<string, GatedHost>, now: number): void {
  for (const [name, host] of hosts) {
    if (host.running === 0 && earliestStart(host, now) <= now) hosts.delete(name);
  }
}

/**
 * When the next request may start. After a clock that was set back the noted start lies hours ahead; the last start that
 * was given out is never further away than a spacing for each request that waits for its own.
 */
function earliestStart({ nextStartAt, pausing }: GatedHost, now: number): number {
  return Math.min(Math.max(now, nextStartAt), now + (pausing + 1) * spacingMs);
}

async function waitForTurn(host: GatedHost, { clock, pause }: { clock: Clock; pause: Pause }): Promise<void> {
  const now = clock();
  const startAt = earliestStart(host, now);
  host.nextStartAt = startAt + spacingMs;
  if (startAt === now) return;
  host.pausing += 1;
  try {
    await pause(startAt - now);
  } finally {
    host.pausing -= 1;
  }
}
