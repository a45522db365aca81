import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marginOf, supportVectorWeights } from '../../../bin/train/support-vectors.ts';
import type { Example } from '../../../bin/train/support-vectors.ts';

const example = (columns: readonly number[], offset = 0): Example => {
  const values = [...columns.map(() => 1), 1];
  return {
    columns: Int32Array.from([...columns, 4]),
    values: Float64Array.from(values),
    offsets: Float64Array.from([offset]),
  };
};
const cost = { yes: 1, no: 1 };
const learn = (examples: readonly Example[], labels: readonly number[]) =>
  supportVectorWeights(examples, { output: 0, labels: Int8Array.from(labels), columnCount: 5, cost });

describe('supportVectorWeights', () => {
  test('puts each side of what can be told apart on its side', () => {
    const examples = [example([0, 2]), example([0, 3]), example([1, 2]), example([1, 3])];
    const weights = learn(examples, [1, 1, -1, -1]);
    const margins = examples.map((one) => marginOf(one, weights, 0));
    expect(margins.map(Math.sign)).toEqual([1, 1, -1, -1]);
  });

  test('learns only what the offsets do not know already', () => {
    const known = learn([example([0], 2), example([1], -2)], [1, -1]);
    expect([...known].every((weight) => weight === 0)).toBe(true);
  });

  test('leaves out examples without a label', () => {
    const examples = [example([0]), example([1]), example([2])];
    expect(learn(examples, [1, -1, 0])[2]).toBe(0);
  });

  test('a mirrored task has mirrored weights', () => {
    const labels = fc.array(fc.constantFrom(1, -1), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(labels, (signs) => {
        const examples = [example([0]), example([1]), example([0, 2]), example([1, 3])];
        const mirrored = learn(
          examples,
          signs.map((sign) => -sign),
        );
        learn(examples, signs).forEach((weight, column) => {
          expect(mirrored[column]).toBeCloseTo(-weight, 10);
        });
      }),
    );
  });
});
