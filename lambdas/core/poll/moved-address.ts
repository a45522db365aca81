import { parsedUrl } from '../words/parsed-url.ts';

/**
 * A permanent move that was seen: where to, how often in a row (counted up to what is asked for) and since when (epoch
 * milliseconds). `to` is empty while a move that did not last is remembered, so that a flickering one is not written each time.
 */
export interface MoveNote {
  readonly to: string;
  readonly sightings: number;
  readonly firstAt: number;
}

/** Where a feed is asked: `movedTo` in place of the catalogue's address once a move is believed, and the move being watched. */
export interface Whereabouts {
  readonly movedTo?: string;
  /** When that move was believed, epoch milliseconds; absent in states older than that. */
  readonly movedAt?: number;
  readonly move?: MoveNote;
}

/** A move is believed after so many identical sightings in a row over so long. Source: Feedbin waits 72 h, NewsBlur 10 polls. */
export const moveSightingsMin = 3;
export const moveMsMin = 86_400_000;

/** A learnt address is forgotten after so long: a move that still holds is learnt again, one taken back is noticed. */
const learntMsMax = 30 * 86_400_000;

/** A move that did not last is watched anew after so long. */
const brokenMsMin = 6 * 3_600_000;

/** The address to ask: the one a believed move led to, else the catalogue's. */
export const askedUrl = (state: { readonly url: string; readonly movedTo?: string }): string =>
  state.movedTo ?? state.url;

/** A successful poll: where a chain of 301 and 308 alone led (null: nowhere, or 302 or 307 took part), and when. */
export interface Arrival {
  readonly target: string | null;
  readonly now: number;
}

/**
 * The whereabouts after a poll that gave a readable feed, or word that nothing changed. Only such polls count: a move to
 * something that is no feed is none. Anything but the same target begins the count anew. The catalogue's own address as
 * target ends a move. Gives the part of the state that says so, nothing in it where the feed is where the catalogue says.
 */
export function whereaboutsAfter(
  state: Whereabouts & { readonly url: string },
  { target, now }: Arrival,
): Whereabouts {
  const { movedTo, movedAt = now, move } = state;
  // A wrong clock must not keep an address for good.
  if (movedTo !== undefined && Math.abs(now - movedAt) >= learntMsMax) return {};
  const here = movedTo === undefined ? {} : { movedTo, movedAt };
  const isFresh = move !== undefined && now - move.firstAt < brokenMsMin;
  if (target === null || (move !== undefined && move.to !== target)) {
    if (isFresh) return { ...here, move: { to: '', sightings: 0, firstAt: move.firstAt } };
    return target === null ? here : { ...here, move: { to: target, sightings: 1, firstAt: now } };
  }
  if (move === undefined) return { ...here, move: { to: target, sightings: 1, firstAt: now } };
  const sightings = Math.min(move.sightings + 1, moveSightingsMin);
  if (sightings < moveSightingsMin || now - move.firstAt < moveMsMin) {
    return { ...here, move: { ...move, sightings } };
  }
  return target === parsedUrl(state.url)?.href ? {} : { movedTo: target, movedAt: now };
}

/** Do two states ask at the same place and watch the same move? */
export const sameWhereabouts = (one: Whereabouts, other: Whereabouts): boolean =>
  one.movedTo === other.movedTo &&
  one.movedAt === other.movedAt &&
  one.move?.to === other.move?.to &&
  one.move?.sightings === other.move?.sightings &&
  one.move?.firstAt === other.move?.firstAt;
