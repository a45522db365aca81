import type { Position } from '../query/position.ts';
import { emptySummary, type RetagSummary } from './retag-summary.ts';

export const retagModes = ['apply', 'dry-run'] as const;

/** `apply` writes what changes; `dry-run` reads, decides and counts, and writes no story. */
export type RetagMode = (typeof retagModes)[number];

/**
 * How far a walk over history has come, newest story first. Everything down to `cursor` (inclusive; null: nothing yet) is
 * written. Everything down to `counted` is in the summary: it is saved before a batch is written, so that one that is
 * killed and taken up again is counted once. `run` names the walk; times are ISO 8601 UTC; `version` rises with each save.
 */
export interface RetagProgress {
  readonly mode: RetagMode;
  readonly run: string;
  readonly fingerprint: string;
  readonly taxonomyVersion: number;
  /** Only stories with this sort time or a later one; null: all. */
  readonly since: string | null;
  readonly cursor: Position | null;
  readonly counted: Position | null;
  readonly summary: RetagSummary;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
  readonly version: number;
}

/** What a run is asked to do, and the rules it has. `now` is ISO 8601 UTC. */
export interface RetagWish {
  readonly mode: RetagMode;
  readonly fingerprint: string;
  readonly taxonomyVersion: number;
  readonly since: string | null;
  readonly restart: boolean;
  readonly now: string;
}

/**
 * The progress to go on from: the stored one when it was left unfinished under the same rules and over the same stretch,
 * else a new walk from the newest story. A new one takes the version of the stored, so that saving it ends the other.
 */
export function openProgress(stored: RetagProgress | null, wish: RetagWish): RetagProgress {
  const { mode, fingerprint, taxonomyVersion, since, now } = wish;
  const goesOn =
    stored !== null &&
    !wish.restart &&
    stored.finishedAt === null &&
    stored.fingerprint === fingerprint &&
    stored.since === since;
  if (goesOn) return stored;
  return {
    mode,
    run: `r-${Date.parse(now).toString(36)}-${fingerprint.slice(0, 4)}`,
    fingerprint,
    taxonomyVersion,
    since,
    cursor: null,
    counted: null,
    summary: emptySummary,
    startedAt: now,
    updatedAt: now,
    finishedAt: null,
    version: stored?.version ?? 0,
  };
}

/** Is the story at this place already in the summary? Listings run from the latest sort time, and the greatest id, down. */
export function isCounted({ sortTime, id }: Position, counted: Position | null): boolean {
  if (counted === null) return false;
  return sortTime > counted.sortTime || (sortTime === counted.sortTime && id >= counted.id);
}
