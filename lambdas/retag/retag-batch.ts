import { decideRetag, type RetagDecision } from '../core/retag/decide-retag.ts';
import { isCounted, type RetagProgress } from '../core/retag/retag-progress.ts';
import {
  emptySummary,
  failedSummary,
  mergeSummaries,
  type RetagSummary,
  skippedSummary,
  storySummary,
} from '../core/retag/retag-summary.ts';
import type { Position } from '../core/query/position.ts';
import { listedTags, wireTag } from '../core/story/story-line.ts';
import type { Tags } from '../core/words/story.ts';
import type { Log, StoredStory, StoryReader, StoryWriter } from '../ports.ts';
import type { Spend } from './pace.ts';

/** What a batch needs. `spend` is told the write units of a story before they are written. */
export interface RetagBatchDeps {
  readonly reader: Pick<StoryReader, 'page'>;
  readonly stories: Pick<StoryWriter, 'find' | 'replace' | 'publish' | 'stamp'>;
  readonly tag: (text: { readonly title: string; readonly summary: string }) => Tags;
  readonly taxonomyVersion: number;
  readonly spend: Spend;
  readonly log: Log;
}

/** A story of the batch with what is to become of it. */
interface Plan {
  readonly stored: StoredStory;
  readonly decision: RetagDecision;
}

/**
 * A batch that was read and decided and of which nothing is written yet: how many stories, what is to be written, its
 * share of the summary (less what was counted before), and where it ends; `last` null: there was nothing left; `isEnd`:
 * nothing is older.
 */
export interface RetagBatch {
  readonly size: number;
  readonly plans: readonly Plan[];
  readonly summary: RetagSummary;
  readonly last: Position | null;
  readonly isEnd: boolean;
}

/** Reads at once; enough to hide the store's latency, few beside the readers of the wire. */
const readsMax = 20;

/** One story that cannot be read does not stop the walk; more than this many of a batch are the store's fault, and do. */
const failuresMax = 3;

/** An ingest and a re-tag of one story settle within a round each; more than this means the store misbehaves. */
const attemptsMax = 5;

/**
 * Reads the next stories below the cursor, at most `storiesMax`, each by its id (listings hold cut texts), and decides.
 * Writes nothing. Throws when the store fails more than a few of them.
 */
export async function planBatch(
  deps: RetagBatchDeps,
  progress: RetagProgress,
  storiesMax: number,
): Promise<RetagBatch> {
  const { lines, next } = await deps.reader.page({
    tags: [wireTag],
    limit: storiesMax,
    after: progress.cursor,
    since: progress.since,
    until: null,
    rowsMax: storiesMax,
    accepts: () => true,
  });
  const plans: Plan[] = [];
  let summary = emptySummary;
  let failures = 0;
  for (let at = 0; at < lines.length; at += readsMax) {
    const group = lines.slice(at, at + readsMax);
    const found = await Promise.allSettled(group.map(({ id }) => planStory(deps, id)));
    for (const [position, result] of found.entries()) {
      const line = group[position];
      if (line === undefined) continue;
      if (result.status === 'rejected') {
        failures += 1;
        if (failures > failuresMax) throw result.reason;
        deps.log.error('retag.story-failed', { story: line.id, error: result.reason });
      }
      const plan = result.status === 'fulfilled' ? result.value : null;
      if (plan !== null) plans.push(plan);
      if (isCounted(line, progress.counted)) continue;
      const share = plan === null ? skippedSummary : storySummary(plan.stored.story, plan.decision);
      summary = mergeSummaries(summary, share);
      if (result.status === 'rejected') summary = mergeSummaries(summary, failedSummary);
    }
  }
  const end = lines.at(-1);
  const last = end === undefined ? next : { sortTime: end.sortTime, id: end.id };
  return { size: lines.length, plans, summary, last, isEnd: next === null };
}

/** The story as it is stored and what the rules mean for it; null when it is gone. */
async function planStory(deps: RetagBatchDeps, id: string): Promise<Plan | null> {
  const stored = await deps.stories.find(id);
  return stored === null ? null : planOf(deps, stored);
}

function planOf({ tag, taxonomyVersion }: RetagBatchDeps, stored: StoredStory): Plan {
  const { story } = stored;
  return { stored, decision: decideRetag(story, tag(story), taxonomyVersion) };
}

/**
 * Writes what was planned, story by story, each so that a reader sees the old one or the new one; stops between two
 * stories when `isStopped` says so. Gives how many could not be written; throws when those are more than a few.
 */
export async function applyBatch(
  deps: RetagBatchDeps,
  { plans }: RetagBatch,
  isStopped: () => boolean,
): Promise<number> {
  let failures = 0;
  for (const plan of plans) {
    if (isStopped()) return failures;
    try {
      await applyPlan(deps, plan);
    } catch (error) {
      failures += 1;
      if (failures > failuresMax) throw error;
      deps.log.error('retag.story-failed', { story: plan.stored.story.id, error });
    }
  }
  return failures;
}

/** Heals what a crash left, writes what was decided, and decides anew when another writer was faster. */
async function applyPlan(deps: RetagBatchDeps, first: Plan): Promise<void> {
  const { id } = first.stored.story;
  let plan: Plan | null = first;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (plan === null || (await isWritten(deps, plan))) return;
    plan = await planStory(deps, id);
  }
  throw new Error(`Expected to re-tag ${id} within ${attemptsMax} attempts, got a conflict at each`);
}

async function isWritten({ stories, spend, log }: RetagBatchDeps, plan: Plan): Promise<boolean> {
  const { stored, decision } = plan;
  if (!stored.complete) {
    await spend(1 + listedTags(stored.story).length);
    await stories.publish(stored);
    log.warn('story.healed', { story: stored.story.id });
  }
  if (decision.kind === 'unchanged') return true;
  if (decision.kind === 'stamped') {
    await spend(1);
    return (await stories.stamp(decision.story, stored)) === 'stamped';
  }
  const listings = new Set([...listedTags(stored.story), ...listedTags(decision.story)]);
  await spend(1 + listings.size);
  return (await stories.replace(decision.story, stored.story)) === 'replaced';
}
