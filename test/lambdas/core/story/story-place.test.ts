import { describe, expect, it } from 'vitest';
import { isPlaceable, placeOf, withStanding } from '../../../../lambdas/core/story/story-place.ts';
import { originalReference } from '../../../../lambdas/core/story/copy-references.ts';
import { storyAt } from '../../../support/stories.ts';

const time = '2026-11-19T10:00:00.000Z';

describe('where a story stands', () => {
  const story = storyAt(2, time);
  const original = originalReference(story, storyAt(1, time));

  it('is alone, with its own text, until it is placed', () => {
    expect(placeOf(story)).toEqual({ cluster: null, original: null });
    expect(withStanding(story, { cluster: null, original: null, copies: [] })).toBeNull();
  });

  it('is written into its next version and nothing else of it changes', () => {
    const placed = withStanding(story, { cluster: 'c', original, copies: [] });
    expect(placed).toEqual({ ...story, cluster: 'c', original, version: 2 });
    expect(placed === null ? null : placeOf(placed)).toEqual({ cluster: 'c', original: original.id });
    expect(placed === null || withStanding(placed, { cluster: 'c', original, copies: [] })).toBeNull();
  });

  it('loses its original without a trace', () => {
    const copy = { ...story, cluster: 'c', original };
    expect(withStanding(copy, { cluster: null, original: null, copies: [] })).toEqual({
      ...story,
      version: 2,
    });
  });
});

describe('whether a story may still find others', () => {
  const seen = (days: number, updated = time) =>
    isPlaceable({
      ...storyAt(1, time),
      firstSeen: new Date(Date.parse(time) + days * 86_400_000).toISOString(),
      updated,
    });

  it('is so for eight days from its place on the wire', () => {
    expect([seen(0), seen(8), seen(8.01), seen(400)]).toEqual([true, true, false, false]);
  });

  it('is no longer so when it is edited later than that', () => {
    expect(seen(0, '2026-11-28T10:00:00.000Z')).toBe(false);
  });
});
