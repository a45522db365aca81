import { describe, expect, it } from 'vitest';
import {
  firstFeedState,
  type PollSuccess,
  stateAfterFailure,
  stateAfterSuccess,
  stateToPoll,
} from '../../../../lambdas/core/poll/next-feed-state.ts';
import { feedOf } from '../../../support/stories.ts';

const first = firstFeedState(feedOf('f'), { min: 10, max: 480 });
const validators = { validatorsUrl: 'https://a.example/feed', etag: '"1"', lastModified: null };
const document = {
  bodyHash: 'b1',
  counts: { entries: 1, rejected: 0 },
  window: [],
  intervalMinutes: 40,
  news: true,
};
const success = (parts: Partial<PollSuccess> = {}): PollSuccess => ({
  now: 1e6,
  outcome: 'new-entries',
  validators,
  unconditional: false,
  movedTo: null,
  document,
  ...parts,
});
const read = stateAfterSuccess(first, success());
if (read === null) throw new Error('expected a first state');

describe('stateAfterSuccess', () => {
  it('writes the first state even when the feed is empty', () => {
    expect(stateAfterSuccess(first, success({ document: { ...document, news: false } }))?.version).toBe(1);
  });

  it('has nothing to write when nothing changed, by body or by 304', () => {
    expect(
      stateAfterSuccess(read, success({ outcome: 'unchanged', document: { ...document, news: false } })),
    ).toBeNull();
    expect(stateAfterSuccess(read, success({ outcome: 'not-modified', document: null }))).toBeNull();
  });

  it('writes when the validators changed, a failure is over or the daily full read is done', () => {
    const changed = { ...validators, etag: '"2"' };
    const quiet = { outcome: 'not-modified', document: null } as const;
    const anHourOn = read.lastPollAt + 3_600_000;
    const lasting = success({ ...quiet, now: anHourOn, validators: changed });
    expect(stateAfterSuccess(read, lasting)?.etag).toBe('"2"');
    expect(stateAfterSuccess(read, success({ ...quiet, now: anHourOn - 1, validators: changed }))).toBeNull();
    expect(stateAfterSuccess({ ...read, failures: 2, notBefore: 9 }, success(quiet))).toMatchObject({
      failures: 0,
      notBefore: 0,
    });
    expect(stateAfterSuccess(read, success({ ...quiet, unconditional: true }))?.unconditionalAt).toBe(
      1_000_000,
    );
  });

  it('raises the version by one with each write', () => {
    expect(stateAfterSuccess(read, success())?.version).toBe(read.version + 1);
  });
});

describe('stateToPoll', () => {
  const bounds = { min: 10, max: 480 };

  it('starts a first poll without waits when the address changed, and remembers what was handed on', () => {
    const window = [{ key: 'k', hash: 'h', seenDay: 1, leftDay: null }];
    const waiting = { ...read, window, failures: 3, notBefore: 9e15, retryAt: 9e15 };
    const moved = feedOf('f', { url: 'https://new.example/feed' });
    expect(stateToPoll(waiting, moved, bounds)).toMatchObject({
      etag: null,
      failures: 0,
      notBefore: 0,
      retryAt: 0,
      lastSuccessAt: null,
      version: read.version,
      window,
      url: moved.url,
    });
    expect(stateToPoll(waiting, feedOf('f'), bounds)).toBe(waiting);
  });
});

describe('what a document taught of the pace', () => {
  const rhythm = { at: 1e6, days: 3, hours: Array(24).fill(1), weekdays: Array(7).fill(3) };
  const quiet = { intervalMinutes: 240, times: 0b111 };
  const paced = stateAfterSuccess(read, success({ document: { ...document, quiet, rhythm } }));
  if (paced === null) throw new Error('expected a paced state');

  it('is kept, also over answers without a document and over failures', () => {
    expect(paced).toMatchObject({ intervalMinutes: 40, quiet, rhythm });
    const full = success({ outcome: 'not-modified', document: null, unconditional: true });
    expect(stateAfterSuccess(paced, full)).toMatchObject({ quiet, rhythm });
    const failure = { now: 2e6, outcome: 'timeout', retryAfterMs: null, forgetValidators: false } as const;
    expect(stateAfterFailure(paced, failure)).toMatchObject({ quiet, rhythm });
  });

  it('takes quiet times away again when the next document shows none', () => {
    const next = stateAfterSuccess(paced, success({ document: { ...document, rhythm } }));
    expect(next).not.toHaveProperty('quiet');
    expect(next).toMatchObject({ rhythm });
  });
});

describe('stateAfterFailure', () => {
  const failure = {
    now: 2_000_000,
    outcome: 'not-found',
    retryAfterMs: null,
    forgetValidators: false,
  } as const;

  it('keeps everything learnt and waits longer with each failure, a day at the most', () => {
    let state = read;
    const waits: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      state = stateAfterFailure(state, failure);
      waits.push(state.notBefore - failure.now);
    }
    expect([...waits].sort((one, other) => one - other)).toEqual(waits);
    expect(waits[0]).toBe(40 * 60_000);
    expect(waits.at(-1)).toBe(86_400_000);
    expect(state).toMatchObject({ etag: '"1"', window: read.window, lastSuccessAt: read.lastSuccessAt });
  });

  it('lets a temporary failure weigh less than a hard one', () => {
    const temporary = stateAfterFailure(read, { ...failure, outcome: 'timeout' });
    const hard = stateAfterFailure(read, { ...failure, outcome: 'gone' });
    expect(temporary.failures).toBeLessThan(hard.failures);
  });

  it('honours Retry-After in full, apart from its own back-off', () => {
    const state = stateAfterFailure(read, {
      ...failure,
      outcome: 'rate-limited',
      retryAfterMs: 7 * 3_600_000,
    });
    expect(state.retryAt).toBe(failure.now + 7 * 3_600_000);
    expect(state.notBefore).toBe(state.retryAt);
  });

  it('forgets the validators of a document it could not read', () => {
    const state = stateAfterFailure(read, { ...failure, outcome: 'parse-failed', forgetValidators: true });
    expect(state).toMatchObject({ etag: null, lastModified: null, bodyHash: null });
  });
});
