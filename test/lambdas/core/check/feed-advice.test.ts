import { expect, test } from 'vitest';
import { adviceOf } from '../../../../lambdas/core/check/feed-advice.ts';
import { pollOutcomes } from '../../../../lambdas/core/poll/poll-outcome.ts';

const day = 86_400_000;
const response = {
  kind: 'response' as const,
  status: 200,
  url: 'https://a.example/f',
  movedTo: null,
  headers: new Map<string, string>(),
  body: new Uint8Array(),
  wireBytes: 0,
  requests: 1,
};
const cadence = { dated: 3, future: 0, newest: null, newestAgeMs: day, medianGapMs: null };
const document = { format: 'RSS 2.0', charset: 'utf-8', entries: 3, rejected: 0, cadence, problems: [] };
const fine = { outcome: 'ok' as const, response, document, suggestions: [] };
const suggestion = { url: 'https://a.example/feed', type: '', title: '' };

test('a readable, living feed at its own address needs nothing', () => {
  expect(adviceOf(fine)).toEqual({ needsAction: false, advice: 'Nothing to do.' });
  const undated = { ...document, cadence: { ...cadence, newestAgeMs: null } };
  expect(adviceOf({ ...fine, document: undated }).needsAction).toBe(false);
});

test.each([
  [
    'moved for good',
    { response: { ...response, movedTo: 'https://b.example/f' } },
    'put https://b.example/f',
  ],
  ['without entries', { document: { ...document, entries: 0 } }, 'empty'],
  ['dormant', { document: { ...document, cadence: { ...cadence, newestAgeMs: 800 * day } } }, '2 y old'],
  ['cut off', { document: { ...document, problems: [{ code: 'truncated', message: '' }] } }, 'cut off'],
  [
    'turned into a page',
    { outcome: 'not-a-feed' as const, suggestions: [suggestion, suggestion] },
    'https://a.example/feed (and 1 more)',
  ],
])('a feed that is %s says so', (_, change, words) => {
  const { needsAction, advice } = adviceOf({ ...fine, ...change });
  expect(needsAction).toBe(true);
  expect(advice).toContain(words);
});

test('other failures have the advice of a poll, worded for somebody who looks now', () => {
  expect(adviceOf({ ...fine, outcome: 'timeout', document: null })).toMatchObject({
    needsAction: true,
    advice: expect.stringMatching(/^Check again later/),
  });
  // A bot check is a page too, and its links are of no use.
  const { advice } = adviceOf({ ...fine, outcome: 'blocked', suggestions: [suggestion] });
  expect(advice).toBe(pollOutcomes.blocked.advice);
});
