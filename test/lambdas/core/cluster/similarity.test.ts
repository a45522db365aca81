import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evidenceNames } from '../../../../lambdas/core/cluster/evidence.ts';
import { signatureOf } from '../../../../lambdas/core/cluster/signature.ts';
import { evidenceShares, never, similarity } from '../../../../lambdas/core/cluster/similarity.ts';
import { WordWeights } from '../../../../lambdas/core/cluster/weights.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine, ownWeights } from './made-lines.ts';

const weights = ownWeights();
const words = new WordWeights(weights);
const signed = (fields: Partial<StoryLine> & { readonly id: string }) => signatureOf(madeLine(fields), words);
const score = (one: Partial<StoryLine>, other: Partial<StoryLine>): number =>
  similarity(signed({ id: 'a', ...one }), signed({ id: 'b', ...other }), weights);

const crash: Partial<StoryLine> = {
  title: 'Two Norwegian helicopters collide over Tromso fjord',
  summary: 'Four crew of the helicopters are missing after the collision during an exercise.',
  countries: ['NO'],
};

describe('the similarity of two stories', () => {
  it('is high for two reports of one accident', () => {
    const other = {
      title: 'Norway: search for four crew after military helicopters crash near Tromso',
      summary: 'Rescuers look for survivors in the fjord after the two helicopters collided.',
      countries: ['NO'],
    };
    expect(score(crash, other)).toBeGreaterThan(0);
  });

  it('is low for accidents of one kind in two countries', () => {
    const other = {
      title: 'Two Kenyan helicopters collide over Mombasa',
      summary: 'Six crew of the helicopters died in the collision during a parade.',
      countries: ['KE'],
    };
    expect(score(crash, other)).toBeLessThan(0);
  });

  it('falls with time', () => {
    const hours = [0, 6, 24, 48].map((hour) => {
      const sortTime = new Date(Date.UTC(2026, 2, 2, 6 + hour)).toISOString();
      const shares = evidenceShares(
        signed({ id: 'a', ...crash }),
        signed({ id: 'b', ...crash, sortTime }),
        weights,
      );
      return shares.reduce((sum, { adds }) => sum + adds, 0);
    });
    expect(hours).toEqual([...hours].sort((one, other) => other - one));
    expect(new Set(hours).size).toBe(4);
  });

  it('is that of strangers a week apart, and in two languages', () => {
    expect(score(crash, { ...crash, sortTime: '2026-03-10T06:00:00.000Z' })).toBe(never);
    expect(score(crash, { ...crash, lang: 'no' })).toBe(never);
    expect(score(crash, { ...crash, lang: 'en-GB' })).toBeGreaterThan(0);
  });

  it('takes a day without an hour for the hour that fits', () => {
    const day = '2026-03-02T00:00:00.000Z';
    const evening = { ...crash, published: '2026-03-02T21:00:00.000Z' };
    const apart = evidenceShares(
      signed({ id: 'a', ...crash, published: day }),
      signed({ id: 'b', ...evening }),
      weights,
    );
    expect(apart.find(({ name }) => name === 'hours')?.value).toBe(0);
  });

  it('shows a share for each piece of evidence', () => {
    const shares = evidenceShares(signed({ id: 'a', ...crash }), signed({ id: 'b', ...crash }), weights);
    expect(shares.map(({ name }) => name)).toEqual([...evidenceNames]);
    expect(shares.find(({ name }) => name === 'text')?.value).toBeCloseTo(1);
    expect(weights.evidence).toHaveLength(evidenceNames.length);
  });

  it('is finite and the same both ways for any two texts', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 20 }));
    const story = fc.record({ title: text, summary: text });
    fc.assert(
      fc.property(story, story, (one, other) => {
        const there = score(one, other);
        expect(Number.isFinite(there)).toBe(true);
        expect(score(other, one)).toBeCloseTo(there, 9);
      }),
    );
  });
});
