import { describe, expect, it } from 'vitest';
import { placeStory, type PairRules } from '../../../../lambdas/core/cluster/place.ts';
import type { OriginalReference, StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine } from './made-lines.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2) + minute * 60_000).toISOString();
const line = (id: string, minute: number, fields: Partial<StoryLine> = {}): StoryLine =>
  madeLine({ id, published: at(minute), title: 'fire', cluster: 'wire', ...fields });

/** The same words are one event, the same summary is a copy. */
const rules: PairRules = {
  border: 0,
  score: (one, other) => (one.title === other.title ? 2 : -1),
  isCopy: (one, other) => one.summary !== '' && one.summary === other.summary,
};

const copyOf = (id: string): OriginalReference => ({
  id,
  source: `source-${id}`,
  kind: 'wire',
  lang: 'en',
  sortTime: at(0),
  lacks: [],
  adds: [],
});

const place = (story: StoryLine, members: readonly StoryLine[]) =>
  placeStory(
    {
      story,
      related: members,
      clusters: [{ id: 'wire', members, total: members.length, version: 1 }],
    },
    rules,
  );

describe('placing a story beside copies', () => {
  it('leaves a copy one whose original was edited since, so that no reader is shown it as new', () => {
    const wire = line('wire', 0, { summary: 'five killed' });
    const copy = line('copy', 1, { summary: 'three killed', original: copyOf('wire') });
    const placement = place(line('other', 9, { cluster: null }), [wire, copy]);
    expect(placement).toEqual({ own: { id: 'other', cluster: 'wire', original: null }, moves: [] });
  });

  it('keeps a copy with its original when their event falls in two', () => {
    const wire = line('wire', 0);
    const copy = line('copy', 1, { title: 'smoke', original: copyOf('wire') });
    const members = [wire, copy, line('drifted', 3, { title: 'flood' })];
    const placement = place(line('other', 9, { cluster: null }), members);
    expect(placement.moves).toEqual([{ id: 'drifted', cluster: null, original: null }]);
  });

  it('makes a copy of a copy one of the first text', () => {
    const [first, wire] = [line('first', 0, { summary: 'a' }), line('wire', 1, { summary: 'a' })];
    const copy = line('copy', 2, { summary: 'b', original: copyOf('wire') });
    const placement = place(line('other', 9, { cluster: null }), [first, wire, copy]);
    expect(placement.moves).toEqual([
      { id: 'wire', cluster: 'wire', original: 'first' },
      { id: 'copy', cluster: 'wire', original: 'first' },
    ]);
  });

  it('judges the story that is placed by its text, whatever it was a copy of', () => {
    const wire = line('wire', 0, { summary: 'five killed' });
    const story = line('story', 9, { summary: 'six killed', original: copyOf('wire') });
    expect(place(story, [wire]).own).toEqual({ id: 'story', cluster: 'wire', original: null });
  });
});
