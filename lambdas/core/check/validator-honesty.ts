import type { FetchResult } from '../fetch/fetch-result.ts';
import type { Validators } from '../fetch/conditional-get.ts';

/**
 * What becomes of "anything new since?": `honest`: a 304 came back; `none`: the feed gives nothing to ask with;
 * `ignored`: the whole document came again, with the same validators; `lying`: the validators changed and the document
 * did not, or the other way round; `untested`: the second request told nothing.
 */
export type ValidatorHonesty = 'honest' | 'none' | 'ignored' | 'lying' | 'untested';

/** A verdict, and in words what was seen. */
export interface ValidatorVerdict {
  readonly validators: ValidatorHonesty;
  readonly reason: string;
}

type Response = Extract<FetchResult, { kind: 'response' }>;

/**
 * Judges a feed's validators by two requests in a row, the second with the validators of the first (`given`); null: not
 * asked. Never throws. Source: RFC 9110 §8.8 (what validators promise), §13.1 (what a server does with them).
 */
export function validatorVerdict(
  given: Pick<Validators, 'etag' | 'lastModified'>,
  first: Response,
  second: FetchResult | null,
): ValidatorVerdict {
  if (given.etag === null && given.lastModified === null)
    return verdict('none', 'no ETag or Last-Modified that may be used');
  if (second === null) return verdict('untested', 'not asked a second time');
  if (second.kind === 'failure') return verdict('untested', `the second request failed: ${second.reason}`);
  if (second.status === 304) return verdict('honest', 'the second request was answered with 304');
  if (second.status !== 200) return verdict('untested', `the second answer was ${second.status}`);
  const sameBody = Buffer.compare(first.body, second.body) === 0;
  if (!sameBody) return changedVerdict(given, second);
  return sameValidators(given, second)
    ? verdict('ignored', 'the same document came again instead of a 304')
    : verdict('lying', 'the validators changed, the document did not');
}

/** A weak ETag and a Last-Modified may stand for small differences; a strong ETag stands for every byte. */
function changedVerdict(
  given: Pick<Validators, 'etag' | 'lastModified'>,
  second: Response,
): ValidatorVerdict {
  if (!sameValidators(given, second))
    return verdict('untested', 'document and validators changed between the two requests');
  const isStrong = given.etag !== null && !/^w\//i.test(given.etag);
  return isStrong
    ? verdict('lying', 'the document changed and its strong ETag did not')
    : verdict('ignored', 'a changed document came with the same validators');
}

function sameValidators(given: Pick<Validators, 'etag' | 'lastModified'>, { headers }: Response): boolean {
  if (given.etag !== null) return headers.get('etag') === given.etag;
  return headers.get('last-modified') === given.lastModified;
}

const verdict = (validators: ValidatorHonesty, reason: string): ValidatorVerdict => ({ validators, reason });
