import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedUrl,
  sameWhereabouts,
  type Whereabouts,
  whereaboutsAfter,
} from '../../../../lambdas/core/poll/moved-address.ts';

const url = 'https://old.example/feed';
const to = 'https://new.example/feed';
const hour = 3_600_000;

/** The whereabouts after polls at these hours, each with where it was led. */
function seenAfter(
  polls: readonly (readonly [number, string | null])[],
  from: Whereabouts = {},
): Whereabouts {
  let at = from;
  for (const [hours, target] of polls) at = whereaboutsAfter({ ...at, url }, { target, now: hours * hour });
  return at;
}

describe('a permanent move', () => {
  it('is believed after three identical sightings over a day, and not before', () => {
    expect(
      seenAfter([
        [0, to],
        [12, to],
      ]).movedTo,
    ).toBeUndefined();
    expect(
      seenAfter([
        [0, to],
        [1, to],
        [23, to],
      ]).movedTo,
    ).toBeUndefined();
    expect(
      seenAfter([
        [0, to],
        [24, to],
      ]).movedTo,
    ).toBeUndefined();
    expect(
      seenAfter([
        [0, to],
        [12, to],
        [24, to],
      ]),
    ).toEqual({ movedTo: to, movedAt: 24 * hour });
  });

  it('P18, F11: is forgotten when the feed answers at its own address again, or leads elsewhere', () => {
    const flips = seenAfter([
      [0, to],
      [8, null],
      [16, to],
      [24, to],
    ]);
    expect(flips).toMatchObject({ move: { to, sightings: 2 } });
    const elsewhere = seenAfter([
      [0, to],
      [12, to],
      [24, 'https://other.example/'],
    ]);
    expect(elsewhere).toEqual({ move: { to: 'https://other.example/', sightings: 1, firstAt: 24 * hour } });
  });

  it('is written a few times only, however often the target changes', () => {
    let at: Whereabouts = {};
    let writes = 0;
    for (let poll = 0; poll < 72; poll += 1) {
      const target = poll % 3 === 0 ? null : `https://new.example/feed?session=${poll}`;
      const next = whereaboutsAfter({ ...at, url }, { target, now: poll * 20 * 60_000 });
      if (!sameWhereabouts(at, next)) writes += 1;
      at = next;
    }
    expect(writes).toBeLessThanOrEqual(10);
  });

  it('leads on from an address that was learnt, and back to the catalogue’s', () => {
    const moved = { movedTo: to };
    const third = 'https://third.example/feed';
    const onwards = [0, 12, 24].map((hours) => [hours, third] as const);
    expect(seenAfter(onwards, moved)).toEqual({ movedTo: third, movedAt: 24 * hour });
    const back = [0, 12, 24].map((hours) => [hours, url] as const);
    expect(seenAfter(back, moved)).toEqual({});
    expect(askedUrl({ url, movedTo: to })).toBe(to);
    expect(askedUrl({ url })).toBe(url);
  });

  it('is forgotten after thirty days, so that one taken back is noticed', () => {
    const moved = { movedTo: to, movedAt: 0 };
    expect(seenAfter([[29 * 24, null]], moved)).toEqual(moved);
    expect(seenAfter([[30 * 24, null]], moved)).toEqual({});
  });

  it('is never believed within a day, whatever polls there are', () => {
    const poll = fc.tuple(
      fc.double({ min: 0, max: 23.9, noNaN: true }),
      fc.constantFrom(to, 'https://x.example/', null),
    );
    fc.assert(
      fc.property(fc.array(poll, { maxLength: 40 }), (polls) => {
        const inOrder = [...polls].sort(([one], [other]) => one - other);
        expect(seenAfter(inOrder).movedTo).toBeUndefined();
      }),
    );
  });
});
