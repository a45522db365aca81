import path from 'node:path';
import { createDynamoRetagProgress } from '../../../lambdas/adapters/aws/dynamodb-retag-progress.ts';
import { createDynamoStoryReader } from '../../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../../lambdas/adapters/aws/dynamodb-table.ts';
import { startEmbeddedEngine } from '../../../lambdas/adapters/local/embedded-engine.ts';
import { createFileLog } from '../../../lambdas/adapters/local/file-log.ts';
import {
  openProgress,
  type RetagMode,
  type RetagProgress,
} from '../../../lambdas/core/retag/retag-progress.ts';
import { rulesFingerprint } from '../../../lambdas/core/retag/rules-fingerprint.ts';
import type { TaggingRules } from '../../../lambdas/core/tag/rules.ts';
import { createTagger } from '../../../lambdas/core/tag/tag.ts';
import { isoTime } from '../../../lambdas/core/words/time.ts';
import type { Clock, Log } from '../../../lambdas/ports.ts';
import { unpaced } from '../../../lambdas/retag/pace.ts';
import { type WalkEnd, walkHistory } from '../../../lambdas/retag/walk-history.ts';
import { claimDataDirectory } from '../../local/data-directory.ts';
import { tableName } from '../../local/table-name.ts';
import { memoryProgress } from './memory-progress.ts';

export interface LocalRetag {
  readonly mode: RetagMode;
  readonly directory: string;
  readonly rules: TaggingRules;
  /** ISO 8601 UTC; null: all of history. */
  readonly since: string | null;
  readonly storiesMax: number;
  readonly restart: boolean;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly onBatch: (progress: RetagProgress) => void;
  /** Told what a person should know and the run survives, one line each. */
  readonly complain: (problem: string) => void;
}

/**
 * Re-tags the wire in a data directory, on its engine, which is started for it and stopped again. Throws when another
 * process holds the directory (a local run, most likely). How the directory's last run ended stays on record.
 */
export async function retagLocally(asked: LocalRetag): Promise<WalkEnd> {
  const { directory, clock } = asked;
  const claimed = claimDataDirectory(directory, clock());
  try {
    const engine = await startEmbeddedEngine({ directory });
    try {
      const log = createFileLog({
        path: path.join(directory, 'sitrep.log'),
        clock,
        complain: asked.complain,
      });
      try {
        // Local runs keep stories for ever (bin/local/run-local.ts).
        const table = { client: engine.client, name: tableName, clock, retentionDays: 0 };
        return await walkTable(asked, { table, log });
      } finally {
        log.close();
      }
    } finally {
      await engine.stop();
    }
  } finally {
    claimed.abandon();
  }
}

async function walkTable(asked: LocalRetag, { table, log }: { table: Table; log: Log }): Promise<WalkEnd> {
  const { mode, rules, clock, since, restart } = asked;
  const progress = mode === 'dry-run' ? memoryProgress() : createDynamoRetagProgress(table);
  const [fingerprint, taxonomyVersion] = [rulesFingerprint(rules), rules.version];
  const now = isoTime(clock());
  const wish = { mode, fingerprint, taxonomyVersion, since, restart, now };
  const opened = openProgress(await progress.load(mode), wish);
  if (opened.cursor !== null)
    asked.complain(`Going on with the run of ${opened.startedAt}, from ${opened.cursor.sortTime} back.`);
  log.info('retag.started', { mode, trace: opened.run, fingerprint, since, goesOn: opened.cursor !== null });
  const walkDeps = {
    reader: createDynamoStoryReader(table),
    stories: createDynamoStoryWriter(table),
    tag: createTagger(rules),
    taxonomyVersion,
    spend: unpaced,
    progress,
    clock,
    log,
    onBatch: asked.onBatch,
  };
  const { storiesMax, stop } = asked;
  const ended = await walkHistory(walkDeps, opened, { storiesMax, msMax: Number.POSITIVE_INFINITY, stop });
  const { read, changed, refined, unchanged } = ended.progress.summary;
  log.info('retag.finished', { mode, trace: opened.run, end: ended.end, read, changed, refined, unchanged });
  return ended;
}
