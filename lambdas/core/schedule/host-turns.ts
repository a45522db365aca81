import type { Feed } from '../words/feed.ts';
import type { HostTurn } from '../words/messages.ts';

/** Between the starts of two requests to one public host. Source: Media Cloud rss-fetcher. */
export const spacingMs = 5_000;

/** Between the earliest starts of two turns; half of it is room for a message that comes late. */
const turnMs = 10_000;

/** Turns of a host in one minute. */
export const turnsPerTick = 6;

/** The minute's turns begin this long after its tick, so that a cold start misses none. */
const leadMs = 5_000;

/** A feed that is due, and the key of the host it is asked at. */
export interface DueFeed {
  readonly feed: Feed;
  readonly host: string;
}

/** A feed with its turn. */
export interface TurnOfFeed {
  readonly feed: Feed;
  readonly turn: HostTurn;
}

/** The minute whose turns are given out and the present, epoch milliseconds: turns that have begun are lost. */
export interface TurnsOfTick {
  readonly tick: number;
  readonly now: number;
}

/**
 * Gives each due feed a turn of its own on its host, in order and spread over what is left of the minute; `left` get none and
 * wait for a later minute. Any two starts that keep to their turns lie at least `spacingMs` apart, also across ticks: the
 * turns of a tick end `spacingMs` before those of the next begin. With a fetch that ends within 10 s no host sees
 * more than two requests at once.
 */
export function giveTurns(
  due: readonly DueFeed[],
  { tick, now }: TurnsOfTick,
): { readonly given: readonly TurnOfFeed[]; readonly left: readonly Feed[] } {
  const firstAt = tick * 60_000 + leadMs;
  const firstTurn = Math.min(turnsPerTick, Math.max(0, Math.ceil((now - firstAt) / turnMs)));
  const hosts = new Map<string, Feed[]>();
  for (const { feed, host } of due) {
    const ofHost = hosts.get(host);
    if (ofHost) ofHost.push(feed);
    else hosts.set(host, [feed]);
  }
  const given: TurnOfFeed[] = [];
  const left: Feed[] = [];
  for (const [host, feeds] of hosts) {
    const starts = startsOf(feeds.length, firstTurn).map((turn) => firstAt + turn * turnMs);
    feeds.forEach((feed, at) => {
      const startAt = starts[at];
      const nextAt = starts[at + 1] ?? firstAt + turnsPerTick * turnMs;
      if (startAt === undefined) left.push(feed);
      else given.push({ feed, turn: { host, startAt, until: nextAt - spacingMs } });
    });
  }
  return { given, left };
}

/** The turns that so many feeds take of those left in the minute, spread evenly. */
function startsOf(feeds: number, firstTurn: number): number[] {
  const turns = turnsPerTick - firstTurn;
  const taken = Math.min(feeds, turns);
  return Array.from({ length: taken }, (_, at) => firstTurn + Math.floor((at * turns) / taken));
}
