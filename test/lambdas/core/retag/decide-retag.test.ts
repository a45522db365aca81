import { describe, expect, it } from 'vitest';
import { decideRetag } from '../../../../lambdas/core/retag/decide-retag.ts';
import type { Tags } from '../../../../lambdas/core/words/story.ts';
import { storyAt, tagsOf } from '../../../support/stories.ts';

const story = storyAt(1, '2026-11-19T10:00:00.000Z', {
  revision: 3,
  version: 7,
  updated: '2026-11-19T12:00:00.000Z',
  tags: tagsOf(['sea.submarines'], ['NO']),
});

describe('decideRetag', () => {
  it('leaves a story that has the tags of the rules and the version of the taxonomy', () => {
    expect(decideRetag(story, tagsOf(['sea.submarines'], ['NO']), 1)).toEqual({ kind: 'unchanged' });
  });

  it('gives other tags to the next version of the story and touches nothing that an edit would', () => {
    const tags = tagsOf(['air.drones'], ['NO', 'SE']);
    const decision = decideRetag(story, tags, 2);
    expect(decision).toMatchObject({
      kind: 'retagged',
      story: { ...story, tags, taxonomyVersion: 2, version: 8 },
    });
    if (decision.kind !== 'retagged') throw new Error('Expected it to be re-tagged');
    expect(decision.change.topics).toEqual({ gained: ['air.drones'], lost: ['sea.submarines'] });
    expect(decision.change.names.countries).toEqual({ gained: ['SE'], lost: [] });
  });

  it('notes another taxonomy version, up or down, without a new version of the story', () => {
    for (const taxonomyVersion of [0, 2]) {
      const decision = decideRetag(story, tagsOf(['sea.submarines'], ['NO']), taxonomyVersion);
      expect(decision).toEqual({ kind: 'stamped', story: { ...story, taxonomyVersion } });
    }
  });

  it('takes another score, piece of evidence or order for another tag', () => {
    const tags = tagsOf(['sea.submarines', 'air.drones'], ['NO']);
    const stored = { ...story, tags };
    const [first, second] = tags.topics;
    if (first === undefined || second === undefined) throw new Error('Expected two topics');
    const others: readonly Tags[] = [
      { ...tags, topics: [{ ...first, score: 0.91 }, second] },
      { ...tags, topics: [second, first] },
      { ...tags, topics: [{ ...first, evidence: [] }, second] },
      { ...tags, countries: [{ name: 'NO', evidence: [{ field: 'summary', words: 'NO', at: 0 }] }] },
    ];
    for (const other of others) expect(decideRetag(stored, other, 1).kind).toBe('retagged');
  });

  it('does not mind in which order the fields of a value were written', () => {
    const { topics, relevance, operations, systems, people, organisations, countries } = story.tags;
    const turned = { operations, systems, people, organisations, countries, topics, relevance };
    expect(decideRetag(story, turned, 1)).toEqual({ kind: 'unchanged' });
  });

  it('finds nothing left to do in what it decided', () => {
    const tags = tagsOf(['air.drones']);
    const decision = decideRetag(story, tags, 2);
    if (decision.kind !== 'retagged') throw new Error('Expected it to be re-tagged');
    expect(decideRetag(decision.story, tags, 2)).toEqual({ kind: 'unchanged' });
  });
});
