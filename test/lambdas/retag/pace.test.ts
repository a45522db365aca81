import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace } from '../../../lambdas/retag/pace.ts';

/** A pace on a clock that only moves while it waits, or when the test says so. */
function paced(unitsPerSecondMax: number) {
  const time = { now: 1_000_000 };
  const waits: number[] = [];
  const pause = async (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    time.now += milliseconds;
  };
  return { time, waits, spend: createPace({ clock: () => time.now, pause, unitsPerSecondMax }) };
}

describe('the pace of writes', () => {
  it('lets the first story through at once and the next when it is paid for', async () => {
    const { waits, spend } = paced(100);
    await spend(20);
    await spend(10);
    await spend(10);
    expect(waits).toEqual([200, 100]);
  });

  it('waits for nothing when the work itself takes longer, and saves up nothing either', async () => {
    const { time, waits, spend } = paced(100);
    await spend(10);
    time.now += 60_000;
    await spend(10);
    await spend(10);
    expect(waits).toEqual([100]);
  });

  it('never lets more through than the rate, on the mean', async () => {
    const steps = fc.array(fc.record({ units: fc.integer({ min: 1, max: 30 }), ms: fc.nat(500) }), {
      minLength: 2,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 1_000 }), async (of, rate) => {
        const { time, spend } = paced(rate);
        const start = time.now;
        let before = 0;
        for (const { units, ms } of of) {
          await spend(units);
          expect(before).toBeLessThanOrEqual(((time.now - start) * rate) / 1_000 + 1e-6);
          before += units;
          time.now += ms;
        }
      }),
    );
  });
});
