import { requestValidators, validatorsFrom } from '../../../lambdas/core/fetch/conditional-get.ts';
import type { FetchResult } from '../../../lambdas/core/fetch/fetch-result.ts';
import { decodeDocument } from '../../../lambdas/core/parse/decode.ts';
import { parseFeed } from '../../../lambdas/core/parse/parse.ts';
import { classifyResponse, classifyUnparsable } from '../../../lambdas/core/poll/poll-classify.ts';
import { pageKind } from '../../../lambdas/core/poll/page-kind.ts';
import type { ParsedFeed } from '../../../lambdas/core/words/entry.ts';
import type { Clock, FeedFetcher } from '../../../lambdas/ports.ts';
import { cadenceOf } from '../../../lambdas/core/check/cadence.ts';
import type {
  CheckedDocument,
  CheckedFeed,
  CheckFindings,
} from '../../../lambdas/core/check/check-findings.ts';
import { formatName } from '../../../lambdas/core/check/document-format.ts';
import { type FeedLink, feedLinks } from '../../../lambdas/core/check/feed-links.ts';
import { type FeedReport, feedReport } from '../../../lambdas/core/check/feed-report.ts';
import { type ValidatorVerdict, validatorVerdict } from '../../../lambdas/core/check/validator-honesty.ts';

type Response = Extract<FetchResult, { kind: 'response' }>;

/** How a check is made: `ask` fetches under a guard, in its host's turn, and never throws. */
export interface CheckMeans {
  readonly ask: FeedFetcher['fetch'];
  readonly clock: Clock;
}

/** A report, and what the document said where it was a feed. */
export interface Checked {
  readonly report: FeedReport;
  readonly parsed: ParsedFeed | null;
}

/**
 * Checks one feed: an unconditional request, and when a feed came with validators a second one that uses them. Reads the
 * document as a poll would; for a page, looks for the feeds it names. Everything that goes wrong is in the report.
 */
export async function checkFeed(feed: CheckedFeed, means: CheckMeans): Promise<Checked> {
  const response = await means.ask({ url: feed.url });
  const classified = classifyResponse(response, false);
  const untested: ValidatorVerdict = { validators: 'untested', reason: 'no document to test them with' };
  if (classified.kind === 'outcome' || response.kind === 'failure') {
    const { outcome, detail } =
      classified.kind === 'outcome' ? classified : { outcome: 'protocol' as const, detail: '' };
    const suggestions = suggestionsOf(feed, response);
    return unread(feed, { outcome, detail, response, validators: untested, suggestions });
  }
  const contentType = response.headers.get('content-type') ?? null;
  const result = await parseFeed({ bytes: response.body, contentType, base: response.url });
  if (!result.ok) {
    const outcome = classifyUnparsable(result.code, response.body);
    const suggestions = outcome === 'parse-failed' ? [] : suggestionsOf(feed, response);
    return unread(feed, { outcome, detail: result.message, response, validators: untested, suggestions });
  }
  const { parsed } = result;
  const validators = await testValidators(feed, response, means);
  const document = checkedDocument(parsed, response, means.clock());
  const findings = { outcome: 'ok' as const, detail: '', response, document, validators, suggestions: [] };
  return { report: feedReport(feed, findings), parsed };
}

const unread = (feed: CheckedFeed, findings: Omit<CheckFindings, 'document'>): Checked => ({
  report: feedReport(feed, { ...findings, document: null }),
  parsed: null,
});

async function testValidators(
  feed: CheckedFeed,
  first: Response,
  { ask }: CheckMeans,
): Promise<ValidatorVerdict> {
  const given = validatorsFrom(first, { validatorsUrl: null, etag: null, lastModified: null });
  if (given.etag === null && given.lastModified === null) return validatorVerdict(given, first, null);
  const second = await ask({ url: feed.url, ...requestValidators(given, feed.url) });
  return validatorVerdict(given, first, second);
}

function checkedDocument(parsed: ParsedFeed, response: Response, now: number): CheckedDocument {
  const { feed, entries, rejected, problems } = parsed;
  const format = formatName(beginningOf(response, 64 * 1024), feed.format);
  return {
    format,
    charset: feed.charset,
    entries: entries.length,
    rejected,
    cadence: cadenceOf(entries, now),
    problems,
  };
}

/** Pages of every status may name their feeds, an error page of a publisher as well; a bot check names none of use. */
function suggestionsOf({ url }: CheckedFeed, response: FetchResult): readonly FeedLink[] {
  if (response.kind === 'failure' || !['page', 'login'].includes(pageKind(response.body))) return [];
  const links = feedLinks(beginningOf(response, 1_000_000), response.url);
  return links.filter((link) => link.url !== url && link.url !== response.url);
}

/** The first so many bytes as text; bytes of an unknown encoding stand for themselves. */
function beginningOf({ body, headers }: Response, bytesMax: number): string {
  const bytes = body.subarray(0, bytesMax);
  const decoded = decodeDocument(bytes, headers.get('content-type') ?? null);
  return 'text' in decoded ? decoded.text : Buffer.from(bytes).toString('latin1');
}
