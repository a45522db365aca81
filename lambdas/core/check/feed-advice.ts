import { pollOutcomes } from '../poll/poll-outcome.ts';
import { durationWords } from './amounts.ts';
import type { CheckFindings } from './check-findings.ts';

/** A feed whose newest entry is older than this has most likely moved without a word. */
const dormantMsMin = 365 * 86_400_000;

/** Outcomes for which a feed link of the page that came instead is the answer. */
const pageOutcomes: ReadonlySet<string> = new Set([
  'not-a-feed',
  'login-page',
  'not-found',
  'gone',
  'redirected',
]);

/** What somebody should do about a feed, in a sentence, and whether there is anything to do. Pure. */
export function adviceOf(
  findings: Pick<CheckFindings, 'outcome' | 'response' | 'document' | 'suggestions'>,
): {
  readonly needsAction: boolean;
  readonly advice: string;
} {
  const advice = neededAction(findings);
  return { needsAction: advice !== null, advice: advice ?? pollOutcomes.unchanged.advice };
}

function neededAction({
  outcome,
  response,
  document,
  suggestions,
}: Pick<CheckFindings, 'outcome' | 'response' | 'document' | 'suggestions'>): string | null {
  const [suggestion] = suggestions;
  if (outcome !== 'ok') {
    return suggestion !== undefined && pageOutcomes.has(outcome)
      ? `A page came instead of a feed; it names ${suggestion.url}${more(suggestions.length - 1)}. Put that in the catalogue.`
      : // A poll waits and sees; whoever runs a check wants to know what to do.
        pollOutcomes[outcome].advice.replace(/^Nothing at first; /, 'Check again later; ');
  }
  if (response.kind === 'response' && response.movedTo !== null)
    return `Moved for good: put ${response.movedTo} in the catalogue.`;
  if (document === null) return null;
  if (document.problems.some(({ code }) => code === 'truncated'))
    return 'The document is cut off: check again, and tell the publisher if it stays.';
  if (document.entries === 0) return 'The feed is empty: look whether the publisher still uses it.';
  const age = document.cadence.newestAgeMs;
  return age !== null && age > dormantMsMin
    ? `The newest entry is ${durationWords(age)} old: find the feed’s successor or remove it.`
    : null;
}

const more = (count: number): string => (count === 0 ? '' : ` (and ${count} more)`);
