import { describe, expect, it } from 'vitest';
import {
  isCounted,
  openProgress,
  type RetagProgress,
  type RetagWish,
} from '../../../../lambdas/core/retag/retag-progress.ts';

const wish: RetagWish = {
  mode: 'apply',
  fingerprint: '0123456789abcdef',
  taxonomyVersion: 2,
  since: null,
  restart: false,
  now: '2026-11-20T12:00:00.000Z',
};
const half: RetagProgress = {
  ...openProgress(null, wish),
  cursor: { sortTime: '2026-11-01T00:00:00.000Z', id: 'b' },
  counted: { sortTime: '2026-10-30T00:00:00.000Z', id: 'b' },
  version: 9,
};

describe('openProgress', () => {
  it('begins at the newest story when nothing was saved', () => {
    const { run, startedAt, ...opened } = openProgress(null, wish);
    expect(opened).toMatchObject({ cursor: null, counted: null, finishedAt: null, version: 0 });
    expect([run, startedAt]).toEqual([expect.stringMatching(/^r-\w+-0123$/), wish.now]);
  });

  it('goes on with an unfinished walk under the same rules over the same stretch', () => {
    expect(openProgress(half, { ...wish, now: '2026-12-01T00:00:00.000Z' })).toBe(half);
  });

  it.each<[string, RetagProgress, RetagWish]>([
    ['that is finished', { ...half, finishedAt: '2026-11-20T11:00:00.000Z' }, wish],
    ['of other rules', half, { ...wish, fingerprint: 'fedcba9876543210' }],
    ['over another stretch', half, { ...wish, since: '2026-11-01T00:00:00.000Z' }],
    ['when told to begin anew', half, { ...wish, restart: true }],
  ])('begins anew after a walk %s, and ends it by taking its version', (_which, stored, asked) => {
    const opened = openProgress(stored, asked);
    expect(opened).toMatchObject({ cursor: null, counted: null, version: 9, summary: { read: 0 } });
    expect(opened.fingerprint).toBe(asked.fingerprint);
  });
});

describe('isCounted', () => {
  it('tells what lies at or above a place of the listing', () => {
    const at = { sortTime: '2026-11-01T00:00:00.000Z', id: 'm' };
    expect(isCounted(at, null)).toBe(false);
    expect(isCounted(at, at)).toBe(true);
    expect(isCounted({ ...at, id: 'z' }, at)).toBe(true);
    expect(isCounted({ ...at, id: 'a' }, at)).toBe(false);
    expect(isCounted({ sortTime: '2026-11-02T00:00:00.000Z', id: 'a' }, at)).toBe(true);
    expect(isCounted({ sortTime: '2026-10-31T00:00:00.000Z', id: 'z' }, at)).toBe(false);
  });
});
