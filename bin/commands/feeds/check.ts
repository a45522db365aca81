import { parsedUrl } from '../../../lambdas/core/words/parsed-url.ts';
import { closestWord } from '../../../lambdas/core/words/closest-word.ts';
import { isFeedAddress } from '../../../lambdas/core/catalogue/feed-address.ts';
import { feedAtAddress } from '../../../lambdas/core/catalogue/feed-proposal.ts';
import type { CheckedFeed } from '../../../lambdas/core/check/check-findings.ts';
import { type FeedReport, feedReport } from '../../../lambdas/core/check/feed-report.ts';
import { inHostTurns } from '../../../lambdas/core/check/host-order.ts';
import type { Catalogue } from '../../../lambdas/core/words/feed.ts';
import { type CommandIo, usageError } from '../../command.ts';
import { writeText } from '../../write-text.ts';
import { loadCatalogue } from './catalogue-file.ts';
import { checkFeed, type CheckMeans } from './check-feed.ts';
import { checkMeans, wholeNumber } from './check-means.ts';
import { checkSummary, checkTable } from './check-table.ts';
import type { FeedsCall } from './feeds-call.ts';

/** Feeds in hand at once; each may hold two documents in memory. */
const concurrencyUsual = 8;
const concurrencyMax = 32;

/** A check of the largest host of a catalogue takes minutes; whatever hangs longer than this has no end. */
const checkMsMax = 30 * 60_000;

/**
 * `sitrep feeds check`: asks each feed, or those named by id or address, and prints what was found. Gives the exit code: 0
 * when all are fine, 1 when some need action or were not reached before Ctrl-C. Throws a usage error for an unknown feed.
 */
export async function checkFeeds(call: FeedsCall): Promise<number> {
  const { io, values } = call;
  const means = checkMeans(call);
  const concurrency = wholeNumber(values.concurrency, {
    name: '--concurrency',
    usual: concurrencyUsual,
    max: concurrencyMax,
  });
  const feeds = chosenFeeds(loadCatalogue(call), call.operands);
  const stop = AbortSignal.any([io.interrupted, AbortSignal.timeout(checkMsMax)]);
  const found = await checkAll({ feeds, means, concurrency, stop, stderr: io.stderr });
  const reports = feeds.flatMap((feed) => found.get(feed) ?? []);
  if (values.json) await writeText(io.stdout, `${JSON.stringify(reports, null, 2)}\n`);
  else {
    const width = io.stdout.isTTY ? io.stdout.columns || 80 : null;
    await writeText(io.stdout, checkTable(reports, width));
    await writeText(io.stdout, `\n${checkSummary(reports, feeds.length)}\n`);
  }
  if (reports.length < feeds.length)
    io.stderr.write(`Stopped early: ${feeds.length - reports.length} feeds were not checked\n`);
  return reports.length === feeds.length && reports.every((report) => !report.needsAction) ? 0 : 1;
}

/** The feeds that were named, each once, in the order of the catalogue; without names all of them. */
function chosenFeeds(catalogue: Catalogue, names: readonly string[]): readonly CheckedFeed[] {
  if (names.length === 0) return catalogue.feeds;
  const chosen = new Set<string>();
  const others = new Map<string, CheckedFeed>();
  for (const name of names) {
    const feed = catalogue.feeds.find(({ id }) => id === name) ?? feedAtAddress(catalogue, name);
    if (feed !== null) chosen.add(feed.id);
    else if (isFeedAddress(name)) others.set(name, { id: hostName(name), url: name, title: '' });
    else throw usageError(unknownFeed(catalogue, name));
  }
  return [...catalogue.feeds.filter(({ id }) => chosen.has(id)), ...others.values()];
}

const hostName = (address: string): string => parsedUrl(address)?.host ?? address;

function unknownFeed({ feeds }: Catalogue, name: string): string {
  const near = closestWord(
    name,
    feeds.map(({ id }) => id),
  );
  const hint = near === null ? 'see `sitrep feeds list`' : `did you mean ${near}?`;
  return `Expected the id or address of a feed, got ${name.slice(0, 80)}; ${hint}`;
}

interface CheckRun {
  readonly feeds: readonly CheckedFeed[];
  readonly means: CheckMeans;
  readonly concurrency: number;
  /** From then on nothing is asked any more, and what is under way is not waited for. */
  readonly stop: AbortSignal;
  readonly stderr: CommandIo['stderr'];
}

/** The reports by feed, of all feeds or of those that were done when it was stopped. */
async function checkAll(run: CheckRun): Promise<ReadonlyMap<CheckedFeed, FeedReport>> {
  const { feeds, means, concurrency, stop } = run;
  const found = new Map<CheckedFeed, FeedReport>();
  const waiting = inHostTurns(feeds);
  const work = async (): Promise<void> => {
    for (let feed = waiting.shift(); feed !== undefined && !stop.aborted; feed = waiting.shift()) {
      const report = await reportOf(feed, means);
      // What comes after the stop would change the answer while it is printed.
      if (stop.aborted) return;
      found.set(feed, report);
      showProgress(run, `${found.size} of ${feeds.length} checked: ${feed.id}`);
    }
  };
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  showProgress(run, `checking ${feeds.length} feeds …`);
  await Promise.race([Promise.all(Array.from({ length: concurrency }, work)), stopped]);
  showProgress(run, '');
  return found;
}

/** A fault of ours with one document must not cost the report on the others. */
async function reportOf(feed: CheckedFeed, means: CheckMeans): Promise<FeedReport> {
  try {
    return (await checkFeed(feed, means)).report;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return feedReport(feed, {
      outcome: 'failed',
      detail,
      response: { kind: 'failure', reason: 'protocol', detail, wireBytes: 0, requests: 0 },
      document: null,
      validators: { validators: 'untested', reason: 'the check failed' },
      suggestions: [],
    });
  }
}

/** One line of the terminal, drawn over; nothing where stderr is none. */
function showProgress({ stderr }: CheckRun, text: string): void {
  if (stderr.isTTY) stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns || 80) - 1)}`);
}
