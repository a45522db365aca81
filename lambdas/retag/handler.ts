import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSqsHandler } from '../adapters/aws/sqs-handler.ts';
import { readTimeBound, timeBoundsAllowed } from '../core/query/query-time.ts';
import { RetagCommand, RetagRequest } from '../core/retag/retag-messages.ts';
import { openProgress, type RetagMode, type RetagProgress } from '../core/retag/retag-progress.ts';
import { isoTime } from '../core/words/time.ts';
import type { Pause, Queue } from '../ports.ts';
import { createPace } from './pace.ts';
import { type WalkDeps, walkHistory } from './walk-history.ts';

export interface RetagDeps extends Omit<WalkDeps, 'onBatch' | 'spend'> {
  readonly queue: Queue<RetagRequest>;
  /** Names the rules this function has (rulesFingerprint). */
  readonly fingerprint: string;
  readonly pause: Pause;
}

/** How long one invocation walks before it hands on to the next; the function has five minutes (lib/retag.ts). */
const walkMsMax = 200_000;

/**
 * An eighth of what a new on-demand table takes, and about forty a second for any one partition, which take a thousand: news
 * is never throttled for the sake of history. Source: DynamoDB, on-demand capacity mode and partition limits.
 */
const writeUnitsPerSecondMax = 500;

/**
 * The re-tagging function. A person starts a walk, or asks how far it has come; from then on each invocation does a
 * bounded part of it and sends itself a message for the next. Both modes can be under way at once; a second walk of one
 * mode ends the first. A store fault fails the message, which is delivered again and goes on where the row says.
 */
export function createRetagHandler(
  deps: RetagDeps,
): (event: unknown) => Promise<SQSBatchResponse | RetagProgress | null> {
  const { clock, pause } = deps;
  const spend = createPace({ clock, pause, unitsPerSecondMax: writeUnitsPerSecondMax });
  const walkDeps = { ...deps, spend, onBatch: (progress: RetagProgress) => logBatch(deps, progress) };
  const fromQueue = createSqsHandler({
    schema: RetagRequest,
    log: deps.log,
    handle: (request) => goOn(deps, request, walkDeps),
  });
  return async (event) => (isSqsEvent(event) ? fromQueue(event) : obey(deps, RetagCommand.parse(event)));
}

/** Lambda tells a batch from a person's command by its records alone. */
const isSqsEvent = (event: unknown): event is SQSEvent =>
  typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);

/** Carries out a command and gives the progress as it now stands; null when that mode never ran. */
async function obey(deps: RetagDeps, command: RetagCommand): Promise<RetagProgress | null> {
  if ('status' in command) return deps.progress.load(command.status);
  const { start: mode, since, restart = false } = command;
  const now = deps.clock();
  const bound = since === undefined ? null : readTimeBound(since, now);
  if (since !== undefined && bound === null)
    throw new Error(`Expected since to be ${timeBoundsAllowed}, got ${JSON.stringify(since)}`);
  return begin(deps, mode, { since: bound?.at ?? null, restart });
}

/** Opens a walk under the rules of this function, saves that it is under way and sends the first message. */
async function begin(
  deps: RetagDeps,
  mode: RetagMode,
  asked: { readonly since: string | null; readonly restart: boolean },
): Promise<RetagProgress> {
  const { fingerprint, taxonomyVersion } = deps;
  const stored = await deps.progress.load(mode);
  const now = isoTime(deps.clock());
  const opened = openProgress(stored, { ...asked, mode, fingerprint, taxonomyVersion, now });
  const progress = { ...opened, updatedAt: now, version: opened.version + 1 };
  if (!(await deps.progress.save(progress, opened.version)))
    throw new Error(
      `Expected to start re-tagging (${mode}), got another start at the same moment; ask again`,
    );
  const { run, since, cursor } = progress;
  deps.log.info('retag.started', { mode, trace: run, fingerprint, since, goesOn: cursor !== null });
  await deps.queue.send([{ body: { v: 1, mode, run } }]);
  return progress;
}

async function goOn(deps: RetagDeps, { mode, run }: RetagRequest, walkDeps: WalkDeps): Promise<void> {
  const progress = await deps.progress.load(mode);
  if (progress === null || progress.run !== run || progress.finishedAt !== null) {
    deps.log.info('retag.stale-request', { mode, trace: run });
    return;
  }
  if (progress.fingerprint !== deps.fingerprint) {
    // Deployed anew in between: what was written so far went by other rules, so the walk begins again under these.
    await begin(deps, mode, { since: progress.since, restart: true });
    return;
  }
  const ended = await walkHistory(walkDeps, progress, {
    storiesMax: Number.POSITIVE_INFINITY,
    msMax: walkMsMax,
    stop: neverStopped,
  });
  if (ended.end === 'overtaken') deps.log.warn('retag.overtaken', { mode, trace: run });
  else if (ended.end === 'finished') logEnd(deps, ended.progress);
  else await deps.queue.send([{ body: { v: 1, mode, run } }]);
}

const neverStopped = new AbortController().signal;

const countsOf = ({ mode, run, summary }: RetagProgress) => {
  const { read, changed, refined, unchanged, skipped, failed } = summary;
  return { mode, trace: run, read, changed, refined, unchanged, skipped, failed };
};

function logBatch({ log }: RetagDeps, progress: RetagProgress): void {
  log.info('retag.batch', { ...countsOf(progress), at: progress.cursor?.sortTime ?? null });
}

/** The counts of every topic; the examples are in the progress row. */
function logEnd({ log }: RetagDeps, progress: RetagProgress): void {
  const topics = progress.summary.topics.map(({ name, gained, lost }) => ({ name, gained, lost }));
  const line = { ...countsOf(progress), topics };
  if (progress.summary.failed > 0) log.warn('retag.finished', line);
  else log.info('retag.finished', line);
}
