import type { FeedState } from './feed-state.ts';
import { type FailureWeight, type PollOutcome, pollOutcomes } from './poll-outcome.ts';

/** How serious a poll's end is and what an operator does next, in sentences. */
export interface OutcomeAdvice {
  readonly weight: FailureWeight;
  readonly advice: string;
}

/**
 * What to do about a poll's end; `state` (what is remembered of the feed) adds what one poll cannot tell: that the feed is
 * gone for good, has moved for good, or brings more between two polls than it lists. Total over the outcomes, pure.
 */
export function outcomeAdvice(
  outcome: PollOutcome,
  state: Pick<FeedState, 'movedTo' | 'gone' | 'overrun'> = {},
): OutcomeAdvice {
  const { weight, advice } = pollOutcomes[outcome];
  const { movedTo, gone, overrun } = state;
  const isDisabled = gone !== undefined && gone.disabledAt !== null;
  const sentences = [
    weight === 'none' && movedTo !== undefined ? [] : [advice],
    movedTo === undefined ? [] : [`The feed has moved for good; put ${movedTo} in the catalogue.`],
    isDisabled ? ['It is looked at once a week only, because its publisher said so again and again.'] : [],
    overrun === undefined
      ? []
      : [`Entries were lost between polls; allow \`every.min\` of ${overrun.minutes} minutes or less.`],
  ];
  return { weight, advice: sentences.flat().join(' ') };
}

/** The outcome of that name; null for any other text, so that stored or foreign text can be looked up. */
export const pollOutcomeNamed = (text: string): PollOutcome | null => (isOutcome(text) ? text : null);

const isOutcome = (text: string): text is PollOutcome => Object.hasOwn(pollOutcomes, text);
