import { describe, expect, test } from 'vitest';
import { comparableName, labelScores, scoreOf } from '../../bench/support/tag-scores.ts';

describe('labelScores', () => {
  test('counts all answers together and each label by itself', () => {
    const { micro, macroF1, labels } = labelScores([
      { wanted: ['a', 'b'], given: ['a'] },
      { wanted: ['a'], given: ['a', 'c'] },
    ]);
    expect(micro).toMatchObject({ right: 2, wrong: 1, missed: 1 });
    expect(micro.f1).toBeCloseTo(2 / 3);
    expect(labels.get('a')?.f1).toBe(1);
    // c was never wanted, so it has no part in the mean over labels.
    expect(macroF1).toBe(0.5);
  });

  test('scores nothing wanted and nothing given as nothing', () => {
    expect(labelScores([{ wanted: [], given: [] }])).toMatchObject({ macroF1: 0, micro: { f1: 0 } });
    expect(scoreOf({ right: 0, wrong: 3, missed: 0 })).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('comparableName', () => {
  test('ignores case, punctuation and the article, and knows spellings', () => {
    const spellings = new Map([['us navy', 'united states navy']]);
    expect(comparableName('The U.S.-Navy', spellings)).toBe('u s navy');
    expect(comparableName('US Navy', spellings)).toBe('united states navy');
    expect(comparableName('Société Générale', spellings)).toBe('société générale');
  });
});
