import { hostKey } from '../core/fetch/host-key.ts';
import { spacingMs } from '../core/schedule/host-turns.ts';
import type { Clock, HostGate, Pause } from '../ports.ts';

/** How many requests to a host may be under way at once. Source: Media Cloud rss-fetcher. */
const atOnceMax = 2;

/** Nothing waits longer for its turn: turns are minutes at most ahead only where clocks disagree. */
const turnMsMax = 20_000;

/** What is remembered of a host; `pausing` counts those of the running that wait for their start. Times in epoch ms. */
export interface GatedHost {
  running: number;
  pausing: number;
  nextStartAt: number;
  heldUntil: number;
  readonly waiting: (() => void)[];
}

/**
 * Keeps one process polite: at most two requests to a host at once and, unless the host is the operator's own, five
 * seconds between their starts, none before its turn. Work waits in order; idle hosts are forgotten when a new one comes.
 * A hold says that the host asked to be left alone; work asks for it (`heldUntil`) when it starts.
 */
export function createHostGate(options: {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly isOwnHost: (url: string) => boolean;
}): HostGate {
  const hosts = new Map<string, GatedHost>();
  const hostOf = (url: string): GatedHost => {
    const name = hostKey(url);
    const known = hosts.get(name);
    if (known) return known;
    forgetIdleHosts(hosts, options.clock());
    const host: GatedHost = { running: 0, pausing: 0, nextStartAt: 0, heldUntil: 0, waiting: [] };
    hosts.set(name, host);
    return host;
  };
  return {
    run: async (url, work, startAt = 0) => {
      const host = hostOf(url);
      if (host.running >= atOnceMax) await new Promise<void>((resolve) => host.waiting.push(resolve));
      else host.running += 1;
      try {
        if (!options.isOwnHost(url)) await waitForTurn(host, { ...options, startAt });
        return await work();
      } finally {
        // The place is handed to the next in line, so `running` never dips below the truth.
        const next = host.waiting.shift();
        if (next) next();
        else host.running -= 1;
      }
    },
    hold: (url, until) => {
      const host = hostOf(url);
      host.heldUntil = Math.max(host.heldUntil, until);
    },
    heldUntil: (url) => hosts.get(hostKey(url))?.heldUntil ?? 0,
  };
}

/** Drops the hosts on which nothing runs and nothing would have to wait at this time (epoch milliseconds). */
export function forgetIdleHosts(hosts: Map<string, GatedHost>, now: number): void {
  for (const [name, host] of hosts) {
    const isIdle = host.running === 0 && host.heldUntil <= now;
    if (isIdle && earliestStart(host, now) <= now) hosts.delete(name);
  }
}

/**
 * When the next request may start. After a clock that was set back the noted start lies hours ahead; the last start that
 * was given out is never further away than a spacing for each request that waits for its own, or a turn.
 */
function earliestStart({ nextStartAt, pausing }: GatedHost, now: number): number {
  return Math.min(Math.max(now, nextStartAt), now + (pausing + 1) * spacingMs);
}

interface Turn {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly startAt: number;
}

async function waitForTurn(host: GatedHost, { clock, pause, startAt: turnAt }: Turn): Promise<void> {
  const now = clock();
  const startAt = Math.max(earliestStart(host, now), Math.min(turnAt, now + turnMsMax));
  host.nextStartAt = startAt + spacingMs;
  if (startAt === now) return;
  host.pausing += 1;
  try {
    await pause(startAt - now);
  } finally {
    host.pausing -= 1;
  }
}
