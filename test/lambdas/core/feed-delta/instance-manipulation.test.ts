import { describe, expect, it } from 'vitest';
import { wantsFeedDelta } from '../../../../lambdas/core/feed-delta/instance-manipulation.ts';

describe('wantsFeedDelta', () => {
  it.each([
    'feed',
    'FEED',
    ' feed ',
    'gzip, feed',
    'feed;q=0.5',
    'feed ; q=1.000',
    'feed; Q = 0.001',
    'vcdiff,feed,gzip',
  ])('is true for A-IM: %s', (field) => {
    expect(wantsFeedDelta(field)).toBe(true);
  });

  it.each([
    null,
    '',
    'gzip',
    'feeds',
    'feed;q=0',
    'feed;q=0.000',
    'feed;q=2',
    'feed;q=',
    'feed;q=x',
    '*',
    'diffe, vcdiff',
  ])('is false for A-IM: %s', (field) => {
    expect(wantsFeedDelta(field)).toBe(false);
  });

  it('reads a bounded number of members', () => {
    expect(wantsFeedDelta(`${'gzip,'.repeat(100_000)}feed`)).toBe(false);
  });
});
