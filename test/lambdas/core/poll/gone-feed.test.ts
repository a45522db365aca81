import { expect, it } from 'vitest';
import { type GoneNote, goneAfter } from '../../../../lambdas/core/poll/gone-feed.ts';

const hour = 3_600_000;
const after = (hours: readonly number[]): GoneNote | undefined =>
  hours.reduce<GoneNote | undefined>((note, at) => goneAfter(note, at * hour), undefined);

it('believes that a feed is gone after three times over two days, and keeps to when it did', () => {
  expect(after([0, 1, 47])?.disabledAt).toBeNull();
  expect(after([0, 48])?.disabledAt).toBeNull();
  expect(after([0, 24, 48])).toEqual({ firstAt: 0, sightings: 3, disabledAt: 48 * hour });
  expect(after([0, 24, 48, 216])).toEqual({ firstAt: 0, sightings: 4, disabledAt: 48 * hour });
});
