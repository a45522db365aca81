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

/**
 * The minute for which turns are given out, the present (epoch milliseconds), and the last minute whose turns were given
 * out before (null or absent: none that matters).
 */
export interface TurnsOfTick {
  readonly tick: number;
  readonly now: number;
  readonly given?: number | null;
}

/** Turns of the tick's minute and of the one after it. */
const turnsOfTwoTicks = 2 * turnsPerTick;

/**
 * Gives each due feed a turn of its own on its host, in order and at most six a host; `left` get none and wait for a later
 * minute. A host whose feeds fit into what is left of the minute has them spread over it; else they take the turns that
 * come next, on into the following minute: a schedule that always runs late in its minute still serves everybody. `until`
 * is the last minute whose turns are used, to be handed in as `given` next time. Any two starts that keep to their turns
 * lie at least `spacingMs` apart, also across ticks: the turns of a minute end `spacingMs` before those of the next begin.
 * With a fetch that ends within 10 s no host sees more than two requests at once.
 */
export function giveTurns(
  due: readonly DueFeed[],
  { tick, now, given: before = null }: TurnsOfTick,
): { readonly given: readonly TurnOfFeed[]; readonly left: readonly Feed[]; readonly until: number | null } {
  const firstAt = tick * 60_000 + leadMs;
  const open = before === null ? 0 : Math.max(0, (before - tick + 1) * turnsPerTick);
  const firstTurn = Math.min(turnsOfTwoTicks, Math.max(open, Math.ceil((now - firstAt) / turnMs)));
  const given: TurnOfFeed[] = [];
  const left: Feed[] = [];
  let until = before;
  for (const [host, feeds] of feedsOfHosts(due)) {
    const { starts, end } = startsOf(feeds.length, firstTurn);
    feeds.forEach((feed, at) => {
      const turn = starts[at];
      if (turn === undefined) {
        left.push(feed);
        return;
      }
      const startAt = firstAt + turn * turnMs;
      const nextAt = firstAt + (starts[at + 1] ?? end) * turnMs;
      given.push({ feed, turn: { host, startAt, until: nextAt - spacingMs } });
      until = Math.max(until ?? tick, tick + end / turnsPerTick - 1);
    });
  }
  return { given, left, until };
}

function feedsOfHosts(due: readonly DueFeed[]): Map<string, Feed[]> {
  const hosts = new Map<string, Feed[]>();
  for (const { feed, host } of due) {
    const ofHost = hosts.get(host);
    if (ofHost) ofHost.push(feed);
    else hosts.set(host, [feed]);
  }
  return hosts;
}

/** The turns that so many feeds take, counted from the tick's first, and the turn at which the last of their minutes ends. */
function startsOf(
  feeds: number,
  firstTurn: number,
): { readonly starts: readonly number[]; readonly end: number } {
  const inMinute = turnsPerTick - firstTurn;
  const wanted = Math.min(feeds, turnsPerTick);
  if (wanted <= inMinute) {
    const starts = Array.from(
      { length: wanted },
      (_, at) => firstTurn + Math.floor((at * inMinute) / wanted),
    );
    return { starts, end: turnsPerTick };
  }
  const taken = Math.min(wanted, turnsOfTwoTicks - firstTurn);
  return { starts: Array.from({ length: taken }, (_, at) => firstTurn + at), end: turnsOfTwoTicks };
}
