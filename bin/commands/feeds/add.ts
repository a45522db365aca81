import { renderCatalogue } from '../../../lambdas/core/catalogue/catalogue-yaml.ts';
import { isFeedAddress } from '../../../lambdas/core/catalogue/feed-address.ts';
import {
  feedAtAddress,
  type FeedProposal,
  proposedFeed,
} from '../../../lambdas/core/catalogue/feed-proposal.ts';
import type { Catalogue, Source } from '../../../lambdas/core/words/feed.ts';
import { closestWord } from '../../../lambdas/core/words/closest-word.ts';
import { usageError } from '../../command.ts';
import { writeText } from '../../write-text.ts';
import { addToCatalogue, openCatalogue } from './catalogue-file.ts';
import { type Checked, checkFeed, type CheckMeans } from './check-feed.ts';
import { checkMeans } from './check-means.ts';
import { expectOperands, type FeedsCall } from './feeds-call.ts';

/**
 * `sitrep feeds add`: checks an address, follows a page to the feed it names, proposes the entry and appends it to the
 * catalogue. Gives the exit code: 1 when there is no feed, or the catalogue has it. Throws a usage error for a wrong
 * option, and what goes wrong with the catalogue file, which then is as it was.
 */
export async function addFeed(call: FeedsCall): Promise<number> {
  expectOperands(call, 1, 'one address');
  const { io, values } = call;
  const [address = ''] = call.operands;
  if (!isFeedAddress(address))
    throw usageError(`Expected an http or https address without user and password, got ${address}`);
  const means = checkMeans(call);
  const opened = openCatalogue(call, false);
  const asked = askedFor(call, opened.catalogue);
  expectNew(opened.catalogue, address);
  const found = await unlessInterrupted(io.interrupted, feedBehind(address, means, io.stderr));
  const { report, parsed } = found;
  if (parsed === null) throw new Error(noFeed(found));
  // A publisher who moved the feed for good wants the new address asked; a temporary detour may change any day.
  const url = (report.redirect === 'permanent' ? report.finalUrl : null) ?? report.url;
  expectNew(opened.catalogue, url);
  const { title, link, language } = parsed.feed;
  const proposal = proposedFeed(opened.catalogue, { url, title, link, language, ...asked });
  const added = {
    sources: proposal.newSource === null ? [] : [proposal.newSource],
    feeds: [proposal.feed],
  };
  const dryRun = values['dry-run'] === true;
  if (!dryRun) addToCatalogue(call, opened, added);
  const output = values.json ? `${JSON.stringify({ dryRun, ...added, report })}\n` : renderCatalogue(added);
  await writeText(io.stdout, output);
  io.stderr.write(`${summary(proposal, found, dryRun)}\n`);
  return 0;
}

interface Asked {
  readonly id: string | null;
  readonly source: Source | null;
}

/** What --id and --source ask for. Throws a usage error when the source is unknown or the id is none or taken. */
function askedFor({ values }: FeedsCall, { sources, feeds }: Catalogue): Asked {
  const { id = null, source: sourceId } = values;
  if (id !== null && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id))
    throw usageError(`Expected --id to be 1 to 64 letters, digits, dots and hyphens, got ${id.slice(0, 80)}`);
  const holder = feeds.find((feed) => feed.id === id);
  if (holder !== undefined) throw usageError(`Expected --id to be free, got ${id}, which is ${holder.url}`);
  if (sourceId === undefined) return { id, source: null };
  const source = sources.find((known) => known.id === sourceId);
  if (source !== undefined) return { id, source };
  const near = closestWord(
    sourceId,
    sources.map((known) => known.id),
  );
  const hint = near === null ? '' : `; did you mean ${near}?`;
  throw usageError(
    `Expected --source to be the id of a source of the catalogue, got ${sourceId.slice(0, 80)}${hint}`,
  );
}

function expectNew(catalogue: Catalogue, address: string): void {
  const known = feedAtAddress(catalogue, address);
  if (known === null) return;
  throw new Error(
    `Expected a feed that the catalogue lacks, got ${address}, which it has as ${known.id} (${known.url})`,
  );
}

/** The check of an address, or of the first feed it names when it is a page. */
async function feedBehind(
  address: string,
  means: CheckMeans,
  stderr: NodeJS.WritableStream,
): Promise<Checked> {
  const checked = await checkFeed({ id: 'new', url: address, title: '' }, means);
  const [first, ...others] = checked.report.suggestions;
  if (checked.parsed !== null || first === undefined) return checked;
  stderr.write(`A page; it names the feed ${first.url}\n`);
  for (const other of others) stderr.write(`  and also ${other.url}\n`);
  return checkFeed({ id: 'new', url: first.url, title: '' }, means);
}

function noFeed({ report }: Checked): string {
  const { url, outcome, detail, advice } = report;
  return `Expected a feed, got ${outcome} from ${url}${detail === '' ? '' : ` (${detail})`}. ${advice}`;
}

function summary({ feed, newSource, assumed }: FeedProposal, { report }: Checked, dryRun: boolean): string {
  const source = newSource === null ? `source ${feed.source}` : `a new source ${feed.source}`;
  const what = `${feed.id} under ${source}: ${report.format}, ${report.entries} entries, ${report.cadence ?? 'no cadence yet'}`;
  const look = assumed.length === 0 ? '' : `\nLook over what could not be known: ${assumed.join(', ')}`;
  return `${dryRun ? 'Would add' : 'Added'} ${what}${look}${report.needsAction ? `\n${report.advice}` : ''}`;
}

async function unlessInterrupted<Result>(interrupted: AbortSignal, work: Promise<Result>): Promise<Result> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Error('Interrupted; nothing was added'));
    if (interrupted.aborted) stop();
    interrupted.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, stopped]);
}
