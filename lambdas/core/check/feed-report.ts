import type { FetchResult } from '../fetch/fetch-result.ts';
import type { ParseProblem } from '../words/entry.ts';
import type { PollOutcome } from '../poll/poll-outcome.ts';
import { paceWords } from './amounts.ts';
import type { CheckedFeed, CheckFindings } from './check-findings.ts';
import { adviceOf } from './feed-advice.ts';
import type { FeedLink } from './feed-links.ts';
import type { ValidatorVerdict } from './validator-honesty.ts';

/** A repair the parser made: how many entries (or the document) needed it, and its first message. */
export interface Repair {
  readonly code: string;
  readonly count: number;
  readonly message: string;
}

/**
 * The report on one feed, as `sitrep feeds check --json` prints it. Times are ISO 8601 UTC, ages and gaps hours; null is
 * "not known". `redirect`: `permanent` when every hop was (301, 308). `needsAction`: `advice` says what to do.
 */
export interface FeedReport {
  readonly feed: string;
  readonly title: string;
  readonly url: string;
  readonly outcome: PollOutcome | 'ok';
  readonly needsAction: boolean;
  readonly advice: string;
  readonly detail: string;
  readonly status: number | null;
  readonly finalUrl: string | null;
  readonly redirect: 'none' | 'temporary' | 'permanent' | null;
  readonly contentType: string | null;
  readonly format: string | null;
  readonly charset: string | null;
  readonly entries: number | null;
  readonly rejected: number | null;
  readonly cadence: string | null;
  readonly medianGapHours: number | null;
  readonly newest: string | null;
  readonly newestAgeHours: number | null;
  readonly wireBytes: number;
  readonly decodedBytes: number | null;
  readonly validators: ValidatorVerdict['validators'];
  readonly validatorsReason: string;
  readonly repairs: readonly Repair[];
  readonly suggestions: readonly FeedLink[];
}

/** Puts findings into a report. Pure; never throws. */
export function feedReport(feed: CheckedFeed, findings: CheckFindings): FeedReport {
  const { response, document, outcome } = findings;
  const cadence = document?.cadence ?? null;
  const answered = response.kind === 'response' ? response : null;
  const redirect = answered === null ? null : redirectOf(feed.url, answered);
  return {
    feed: feed.id,
    title: feed.title,
    url: feed.url,
    outcome,
    ...adviceOf(findings),
    detail: findings.detail,
    status: answered?.status ?? null,
    finalUrl: answered?.url ?? null,
    redirect,
    contentType: answered?.headers.get('content-type')?.slice(0, 200) ?? null,
    format: document?.format ?? null,
    charset: document?.charset ?? null,
    entries: document?.entries ?? null,
    rejected: document?.rejected ?? null,
    cadence: cadence?.medianGapMs == null ? null : paceWords(cadence.medianGapMs),
    medianGapHours: hours(cadence?.medianGapMs ?? null),
    newest: cadence?.newest ?? null,
    newestAgeHours: hours(cadence?.newestAgeMs ?? null),
    wireBytes: response.wireBytes,
    decodedBytes: answered?.body.byteLength ?? null,
    validators: findings.validators.validators,
    validatorsReason: findings.validators.reason,
    repairs: repairsOf(document?.problems ?? []),
    suggestions: findings.suggestions,
  };
}

function redirectOf(
  asked: string,
  { url, movedTo }: Extract<FetchResult, { kind: 'response' }>,
): FeedReport['redirect'] {
  if (movedTo !== null) return 'permanent';
  const start = new URL(asked);
  start.hash = '';
  start.hostname = start.hostname.replace(/\.$/, '');
  return url === start.href ? 'none' : 'temporary';
}

const hours = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : Math.round(milliseconds / 36_000) / 100;

function repairsOf(problems: readonly ParseProblem[]): readonly Repair[] {
  const byCode = new Map<string, Repair>();
  for (const { code, message } of problems) {
    const known = byCode.get(code) ?? { code, count: 0, message };
    byCode.set(code, { ...known, count: known.count + 1 });
  }
  return [...byCode.values()];
}
