import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { announcedMax, askedMax, blockingKeys, keySignNames } from '../../../../lambdas/core/cluster/keys.ts';
import { signatureOf } from '../../../../lambdas/core/cluster/signature.ts';
import { WordWeights } from '../../../../lambdas/core/cluster/weights.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine, ownWeights } from './made-lines.ts';

const weights = ownWeights();
const words = new WordWeights(weights);
const keys = (fields: Partial<StoryLine>) =>
  blockingKeys(signatureOf(madeLine({ id: 'a', ...fields }), words), words, weights);

describe('blocking keys', () => {
  it('let two reports of one event find each other', () => {
    const one = keys({
      title: 'Frigate rams tanker near Bergen',
      summary: 'The frigate was beached.',
      countries: ['NO'],
    });
    const other = keys({
      title: 'Norway beaches frigate after collision',
      summary: 'It hit a tanker.',
      countries: ['NO'],
    });
    expect(one.announced.some((key) => other.asked.includes(key))).toBe(true);
    expect(other.announced.some((key) => one.asked.includes(key))).toBe(true);
  });

  it('are no words that stand in every other story', () => {
    const { asked } = keys({
      title: 'US military says defence ministry',
      summary: 'The army and the military.',
    });
    expect(asked).toEqual([]);
  });

  it('do not announce one country twice when there is something else to say', () => {
    const topics = [{ topic: 'sea.mine-warfare', score: 1, evidence: [] }];
    const { announced } = keys({
      title: 'Hjeltefjord tanker',
      summary: 'Hjeltefjord.',
      countries: ['NO'],
      topics,
    });
    expect(announced.filter((key) => key.startsWith('@no'))).toHaveLength(1);
  });

  it('stay within their bounds, do not repeat, and announce only what they ask', () => {
    const text = fc.oneof(fc.lorem({ maxCount: 60 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, text, (title, summary) => {
        const { announced, asked } = keys({ title, summary, countries: ['NO', 'SE', 'FI'] });
        expect(announced.length).toBeLessThanOrEqual(announcedMax);
        expect(asked.length).toBeLessThanOrEqual(askedMax);
        expect(new Set(asked).size).toBe(asked.length);
        for (const key of announced) expect(asked).toContain(key);
      }),
    );
  });

  it('have a weight for every sign', () => {
    expect(weights.keySigns).toHaveLength(keySignNames.length);
  });
});
