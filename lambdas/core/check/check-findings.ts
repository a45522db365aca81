import type { FetchResult } from '../fetch/fetch-result.ts';
import type { PollOutcome } from '../poll/poll-outcome.ts';
import type { ParseProblem } from '../words/entry.ts';
import type { Feed } from '../words/feed.ts';
import type { Cadence } from './cadence.ts';
import type { FeedLink } from './feed-links.ts';
import type { ValidatorVerdict } from './validator-honesty.ts';

/** What a check asks of a feed: an entry of the catalogue, or an address alone. */
export type CheckedFeed = Pick<Feed, 'id' | 'url' | 'title'>;

/** What a readable document says. */
export interface CheckedDocument {
  readonly format: string;
  readonly charset: string;
  readonly entries: number;
  readonly rejected: number;
  readonly cadence: Cadence;
  readonly problems: readonly ParseProblem[];
}

/** What was found out about a feed; `outcome` is `ok` or a poll's word for the failure. */
export interface CheckFindings {
  readonly outcome: PollOutcome | 'ok';
  readonly detail: string;
  readonly response: FetchResult;
  readonly document: CheckedDocument | null;
  readonly validators: ValidatorVerdict;
  readonly suggestions: readonly FeedLink[];
}
