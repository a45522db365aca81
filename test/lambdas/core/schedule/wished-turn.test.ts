import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intervalClassesMinutes, isDue } from '../../../../lambdas/core/schedule/due-feeds.ts';
import { waitForWish } from '../../../../lambdas/core/schedule/wished-turn.ts';

it('waits for the first turn that keeps to the wish, and for none where the next one does', () => {
  const interval = fc.constantFrom(...intervalClassesMinutes);
  const at = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
  const id = fc.string({ minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(
      id,
      interval,
      at,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (feedId, minutes, now, part) => {
        const wishMinutes = minutes * part;
        const notBefore = waitForWish({ feedId, now, wishMinutes, intervalMinutes: minutes });
        const row = { feedId, intervalMinutes: minutes, notBefore };
        let tick = Math.floor(now / 60_000) + 1;
        while (!isDue({ feedId, row, lastTick: tick - 1, tick })) tick += 1;
        const waitedMs = tick * 60_000 - now;
        expect(waitedMs).toBeGreaterThanOrEqual(wishMinutes * 60_000 - 90_000);
        expect(waitedMs).toBeLessThanOrEqual((wishMinutes + minutes + 1) * 60_000);
        // The wait ends at a turn of its own, so it costs no poll more.
        expect(isDue({ feedId, row: { ...row, notBefore: 0 }, lastTick: tick - 1, tick })).toBe(true);
      },
    ),
  );
});

it('does not slip a turn for the seconds a poll begins after its tick', () => {
  const tick = 30_000_000;
  for (let late = 0; late <= 60_000; late += 15_000) {
    const turn = { feedId: 'f', wishMinutes: 60, intervalMinutes: 60 };
    let own = tick;
    while (!isDue({ feedId: 'f', row: { ...turn, notBefore: 0 }, lastTick: own - 1, tick: own })) own += 1;
    expect(waitForWish({ ...turn, now: own * 60_000 + late })).toBe(0);
  }
});
