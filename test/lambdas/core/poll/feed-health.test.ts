import { describe, expect, it } from 'vitest';
import { feedHealth, healthReport } from '../../../../lambdas/core/poll/feed-health.ts';
import type { FeedState } from '../../../../lambdas/core/poll/feed-state.ts';
import { firstFeedState } from '../../../../lambdas/core/poll/next-feed-state.ts';
import { pollOutcomes } from '../../../../lambdas/core/poll/poll-outcome.ts';
import { feedOf } from '../../../support/stories.ts';

const now = Date.parse('2026-11-22T12:00:30.000Z');
const dayMs = 86_400_000;
const feed = feedOf('harbour');
const rhythm = { at: now, days: 21, hours: [42, ...Array(23).fill(0)], weekdays: [42, 0, 0, 0, 0, 0, 0] };
/** A feed that brought something an hour ago, with what the test cares about put in. */
const state = (parts: Partial<FeedState> = {}): FeedState => ({
  ...firstFeedState(feed, { min: 10, max: 480 }),
  version: 3,
  lastOutcome: 'new-entries',
  intervalMinutes: 60,
  rhythm,
  lastPollAt: now - 3_600_000,
  lastSuccessAt: now - 3_600_000,
  lastNewAt: now - 3_600_000,
  ...parts,
});
const report = (parts: Partial<FeedState> = {}) => healthReport(feed, feedHealth(state(parts)), now);

describe('the health of a feed', () => {
  it('of a feed that brings something is healthy, with its times and its pace', () => {
    expect(report()).toMatchObject({
      state: 'healthy',
      advice: 'Nothing to do.',
      outcome: 'new-entries',
      failures: 0,
      checked: '2026-11-22T11:00:30.000Z',
      lastSuccess: '2026-11-22T11:00:30.000Z',
      lastNewEntry: '2026-11-22T11:00:30.000Z',
      intervalMinutes: 60,
    });
    expect(report().entriesPerDay).toBeCloseTo(2, 0);
  });

  it('names the next poll: a turn within the interval, or the end of a wait', () => {
    const next = Date.parse(report().nextPoll ?? '');
    expect(next).toBeGreaterThan(now);
    expect(next - now).toBeLessThanOrEqual(3_600_000);
    expect(report({ notBefore: now + 7 * 3_600_000 }).nextPoll).toBe('2026-11-22T19:01:00.000Z');
  });

  it('of a feed that failed last is failing, for every outcome that is a failure, with its advice', () => {
    for (const [outcome, { weight, advice }] of Object.entries(pollOutcomes)) {
      const found = report({ lastOutcome: outcome, failures: 2 });
      expect(found.state, outcome).toBe(weight === 'none' ? 'healthy' : 'failing');
      expect(found.advice).toBe(advice);
    }
  });

  it('of a feed that has gone or moved says so, and where to', () => {
    const gone = { firstAt: now - dayMs, sightings: 3, disabledAt: now };
    expect(report({ lastOutcome: 'gone', gone })).toMatchObject({ state: 'gone' });
    const moved = report({ movedTo: 'https://user:secret@new.example/feed?a=1#part' });
    expect(moved).toMatchObject({
      state: 'moved',
      advice: 'The feed has moved for good; put https://new.example/feed?a=1 in the catalogue.',
    });
  });

  it('is quiet after ten times the usual gap, not within three days and at the latest after thirty', () => {
    const silent = (days: number, parts: Partial<FeedState> = {}) =>
      report({ lastNewAt: now - days * dayMs, ...parts }).state;
    expect([silent(2.9), silent(6)]).toEqual(['healthy', 'quiet']);
    const slow = { rhythm: { ...rhythm, hours: [4, ...Array(23).fill(0)], weekdays: [4, 0, 0, 0, 0, 0, 0] } };
    expect([silent(29, slow), silent(31, slow)]).toEqual(['healthy', 'quiet']);
    expect(report({ lastNewAt: now - 40 * dayMs }).advice).toBe(
      'It answers but brings nothing new; look whether the publisher still uses it.',
    );
  });

  it('of a feed without a state, or with one for another address, is never polled', () => {
    const other = feedHealth(state({ url: 'https://old.example/feed' }));
    for (const health of [null, other]) {
      expect(healthReport(feed, health, now)).toMatchObject({
        state: 'never-polled',
        nextPoll: null,
        lastSuccess: null,
      });
    }
  });

  it('holds nothing that only the poller may know', () => {
    const told = JSON.stringify(
      feedHealth(state({ etag: 'etag-secret', lastModified: 'then', validatorsUrl: 'https://v.example' })),
    );
    expect(told).not.toMatch(/secret|v\.example|then/);
  });
});
