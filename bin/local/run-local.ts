import type { AllowedHosts } from '../../lambdas/core/fetch/allowed-hosts.ts';
import type { Catalogue } from '../../lambdas/core/words/feed.ts';
import type { TaggingRules } from '../../lambdas/core/tag/rules.ts';
import type { TopicTree } from '../../lambdas/core/words/topic.ts';
import type { Clock } from '../../lambdas/ports.ts';
import { startScheduler } from '../../lambdas/adapters/local/scheduler.ts';
import { endsWithin } from '../../lambdas/adapters/local/ends-within.ts';
import { claimDataDirectory } from './data-directory.ts';
import type { PollRow } from './ledger.ts';
import { drainMsMax, type Pipeline, startPipeline } from './pipeline.ts';
import { createScreen, type Screen } from './screen.ts';
import { startWireServer } from './wire-server.ts';

/** A local run, decided: which wire, where its files are, what is printed where. */
export interface LocalRun {
  readonly title: string;
  readonly catalogue: Catalogue;
  readonly rules: TaggingRules;
  readonly tree: TopicTree;
  readonly directory: string;
  readonly allowedHosts: AllowedHosts;
  /** Address that publishers see in the User-Agent; null when there is none. */
  readonly contactUrl: string | null;
  /** null: the usual port or, if that is busy, any free one. 0: any free one. */
  readonly port: number | null;
  readonly json: boolean;
  readonly clock: Clock;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly rows?: number };
  readonly stderr: NodeJS.WritableStream;
}

/** How often the screen looks whether polls have ended. */
const screenMs = 500;

interface Started {
  readonly pipeline: Pipeline;
  readonly noteDrained: () => void;
  /**
   * Ends the pipeline beside what else has to end and uses it, within eight seconds whatever that other does, and gives
   * the directory back; says so when work had to be left behind.
   */
  readonly stop: (alongside?: Promise<unknown>) => Promise<void>;
}

async function start(run: LocalRun, onFault: (error: unknown) => void): Promise<Started> {
  const directory = claimDataDirectory(run.directory, run.clock());
  try {
    const { catalogue, rules, allowedHosts, clock } = run;
    const { path, uncleanSinceDay } = directory;
    if (uncleanSinceDay !== null)
      run.stderr.write('The last run did not end cleanly; its last entries are read again.\n');
    const complain = (problem: string): unknown => run.stderr.write(`${problem}\n`);
    const options = { catalogue, rules, allowedHosts, clock, directory: path, uncleanSinceDay };
    const { contactUrl } = run;
    const pipeline = await startPipeline({ ...options, contactUrl, retentionDays: 0, onFault, complain });
    const stop = async (alongside: Promise<unknown> = Promise.resolve()): Promise<void> => {
      const [clean] = await Promise.all([pipeline.drain(), endsWithin(drainMsMax, alongside)]);
      await pipeline.close();
      if (clean) directory.release();
      else run.stderr.write('Stopped with work left in hand; the next start takes it up again.\n');
    };
    return { pipeline, stop, noteDrained: () => directory.noteDrained(clock()) };
  } catch (error) {
    directory.abandon();
    throw error;
  }
}

const whenAborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });

/**
 * Polls every feed once, waits until everything is stored, prints the summary. Exit code 0; 1 when interrupted. Throws
 * the fault when delivery ends with one.
 */
export async function runOnce(run: LocalRun, interrupted: AbortSignal): Promise<number> {
  // A fault is what `pollAll` rejects with, so there is nothing more to do about it.
  const { pipeline, stop } = await start(run, () => undefined);
  try {
    const polls = await Promise.race([pipeline.pollAll(), whenAborted(interrupted)]);
    if (polls !== null) await printSummary(run, pipeline, polls);
    return polls === null ? 1 : 0;
  } finally {
    await stop();
  }
}

async function printSummary(run: LocalRun, pipeline: Pipeline, polls: readonly PollRow[]): Promise<void> {
  if (run.json) {
    run.stdout.write(`${JSON.stringify({ polls })}\n`);
    return;
  }
  const { stories } = await pipeline.stories.totals();
  const footer = [`${polls.length} feeds polled; ${stories} stories on the wire.`];
  const screen = createScreen({ output: run.stdout, feeds: run.catalogue.feeds, footer });
  screen.polls(polls, await pipeline.states.scheduleRows(), run.clock());
}

/** Polls and serves until interrupted, then ends within ten seconds with nothing lost. Exit code 0; 1 after a fault. */
export async function runServer(run: LocalRun, interrupted: AbortSignal): Promise<number> {
  const faults: unknown[] = [];
  const faulted = new AbortController();
  const onFault = (error: unknown): void => {
    faults.push(error);
    faulted.abort();
  };
  const { pipeline, stop, noteDrained } = await start(run, onFault);
  const server = await startWireServer(run, pipeline, noteDrained).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const screen = openingScreen(run, pipeline, server.url);
  const scheduler = startScheduler({
    handler: pipeline.schedule,
    clock: run.clock,
    onError: (error) => run.stderr.write(`schedule: ${String(error)}\n`),
  });
  const watch = watcher(run, pipeline, screen, noteDrained);
  const watching = setInterval(() => watch().catch(onFault), screenMs);
  await Promise.race([whenAborted(interrupted), whenAborted(faulted.signal)]);
  clearInterval(watching);
  run.stderr.write('Stopping: finishing what is in hand …\n');
  await stop(Promise.all([scheduler.stop(), server.close()]));
  for (const fault of faults) run.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`);
  return faults.length === 0 ? 0 : 1;
}

function openingScreen(run: LocalRun, pipeline: Pipeline, url: string): Screen | null {
  if (run.json) {
    run.stdout.write(`${JSON.stringify({ url })}\n`);
    return null;
  }
  run.stdout.write(`${run.title}\nengine ${pipeline.engine}, files in ${run.directory}\nserving ${url}\n\n`);
  // Each line fits 80 columns with a port of five digits.
  const footer = [
    `Open   ${url}/`,
    `Read   ${url}/feed.rss?topic=sea   (also .atom, .json)`,
    `       ${url}/topics/sea.submarines.rss`,
    `Query  ${url}/api/stories?topic=air&country=US&since=24h`,
    `More   ${url}/docs  /api/topics  /api/sources  /opml`,
    'New stories arrive while this runs. Ctrl-C stops; the next start goes on.',
  ];
  return createScreen({ output: run.stdout, feeds: run.catalogue.feeds, footer });
}

/** The first table waits for the first polls, but not longer than this for slow publishers. */
const firstTableMsMax = 15_000;

/** Looks for polls that have ended and shows them; the first ones together, so that the first table is a whole one. */
function watcher(run: LocalRun, pipeline: Pipeline, screen: Screen | null, noteDrained: () => void) {
  const since = run.clock();
  let held: PollRow[] = [];
  let shown = false;
  return async (): Promise<void> => {
    const { polls, idle } = pipeline.takeFinished();
    if (idle) noteDrained();
    held.push(...polls);
    const complete = idle && held.length >= run.catalogue.feeds.length;
    if (held.length === 0 || (!shown && !complete && run.clock() - since < firstTableMsMax)) return;
    const rows = held;
    held = [];
    shown = true;
    if (screen !== null) screen.polls(rows, await pipeline.states.scheduleRows(), run.clock());
    else for (const row of rows) run.stdout.write(`${JSON.stringify(row)}\n`);
  };
}
