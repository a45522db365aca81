import type { RetagProgress } from '../core/retag/retag-progress.ts';
import { failedSummary, mergeSummaries } from '../core/retag/retag-summary.ts';
import { isoTime } from '../core/words/time.ts';
import type { Clock, RetagProgressStore } from '../ports.ts';
import { applyBatch, planBatch, type RetagBatch, type RetagBatchDeps } from './retag-batch.ts';

export interface WalkDeps extends RetagBatchDeps {
  readonly progress: RetagProgressStore;
  readonly clock: Clock;
  /** Told after each batch, for whoever watches. */
  readonly onBatch: (progress: RetagProgress) => void;
}

/** How much one call does at most; it ends with the batch in which a bound is reached. */
export interface WalkBounds {
  readonly storiesMax: number;
  readonly msMax: number;
  readonly stop: AbortSignal;
}

/**
 * How a call ended. `finished`: there is nothing older. `bounded`: go on from `progress`. `stopped`: asked to stop, also
 * between two stories of a batch. `overtaken`: another run has saved since; nothing of this batch was written.
 */
export interface WalkEnd {
  readonly end: 'finished' | 'bounded' | 'stopped' | 'overtaken';
  readonly progress: RetagProgress;
}

/** Stories a batch; a batch is what is read again after a crash, and one save of the progress row pays for. */
export const batchStoriesMax = 100;

/**
 * Walks down history from where `opened` stands, batch by batch: read and decide, save (summary and how far it counts),
 * write. Killed anywhere and called again it ends in the same rows and the same summary as if it had not been: a story
 * that was written already is found to have its tags, and one that was counted is not counted again.
 * Throws when the store fails; the progress saved last stands.
 */
export async function walkHistory(
  deps: WalkDeps,
  opened: RetagProgress,
  { storiesMax, msMax, stop }: WalkBounds,
): Promise<WalkEnd> {
  const deadline = deps.clock() + msMax;
  let saved = opened.version;
  let progress = opened;
  let left = storiesMax;
  const save = async (next: RetagProgress): Promise<boolean> => {
    progress = { ...next, updatedAt: isoTime(deps.clock()), version: saved + 1 };
    if (!(await deps.progress.save(progress, saved))) return false;
    saved = progress.version;
    return true;
  };
  for (;;) {
    if (stop.aborted)
      return (await save(progress)) ? { end: 'stopped', progress } : { end: 'overtaken', progress };
    const batch = await planBatch(deps, progress, Math.min(batchStoriesMax, left));
    if (!(await save(counted(progress, batch)))) return { end: 'overtaken', progress };
    if (progress.mode === 'apply') {
      const failed = await applyBatch(deps, batch, () => stop.aborted);
      for (let times = 0; times < failed; times += 1)
        progress = { ...progress, summary: mergeSummaries(progress.summary, failedSummary) };
      // What is left of the batch is written by who goes on; it is counted already.
      if (stop.aborted) return { end: 'stopped', progress };
    }
    progress = { ...progress, cursor: batch.last ?? progress.cursor };
    deps.onBatch(progress);
    left -= batch.size;
    const isBounded = left <= 0 || deps.clock() >= deadline;
    if (!batch.isEnd && !isBounded) continue;
    const finishedAt = batch.isEnd ? isoTime(deps.clock()) : null;
    if (!(await save({ ...progress, finishedAt }))) return { end: 'overtaken', progress };
    return { end: batch.isEnd ? 'finished' : 'bounded', progress };
  }
}

/** The progress with the batch in its summary and its cursor still before it. */
function counted(progress: RetagProgress, { summary, last }: RetagBatch): RetagProgress {
  const further = isFurther(progress, last) ? { counted: last } : {};
  return { ...progress, ...further, summary: mergeSummaries(progress.summary, summary) };
}

/** Does the batch end below what is counted? A batch taken up again may be shorter than the one that was counted. */
function isFurther({ counted: had }: RetagProgress, last: RetagBatch['last']): boolean {
  if (last === null) return false;
  if (had === null) return true;
  return last.sortTime < had.sortTime || (last.sortTime === had.sortTime && last.id < had.id);
}
