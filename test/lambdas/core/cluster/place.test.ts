import { describe, expect, it } from 'vitest';
import { placeStory } from '../../../../lambdas/core/cluster/place.ts';
import type { PairRules } from '../../../../lambdas/core/cluster/place.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine } from './made-lines.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2) + minute * 60_000).toISOString();
const line = (id: string, minute: number, fields: Partial<StoryLine> = {}): StoryLine =>
  madeLine({ id, published: at(minute), ...fields });

/** Stories whose titles have a word in common are of one event, those with the same summary are copies. */
const rules: PairRules = {
  border: 0,
  score: (one, other) =>
    one.title.split(' ').some((word) => other.title.split(' ').includes(word)) ? 2 : -2,
  isCopy: (one, other) => one.summary !== '' && one.summary === other.summary,
};

const cluster = (id: string, members: readonly StoryLine[]) => {
  return { id, members, total: members.length, version: 1 };
};

describe('placing a story', () => {
  it('leaves a story alone that nobody is related to', () => {
    const placement = placeStory({ story: line('x', 1), related: [], clusters: [] }, rules);
    expect(placement).toEqual({ own: { id: 'x', cluster: null, original: null }, moves: [] });
  });

  it('founds a cluster with the id of the first seen story', () => {
    const old = line('old', 1, { title: 'fire' });
    const placement = placeStory(
      { story: line('new', 2, { title: 'fire' }), related: [old], clusters: [] },
      rules,
    );
    expect(placement.own.cluster).toBe('old');
    expect(placement.moves).toEqual([{ id: 'old', cluster: 'old', original: null }]);
  });

  it('keeps the id of a cluster when an earlier story turns up late', () => {
    const members = ['a', 'b'].map((id, index) => line(id, 5 + index, { title: 'fire', cluster: 'a' }));
    const story = line('early', 1, { title: 'fire' });
    const placement = placeStory({ story, related: members, clusters: [cluster('a', members)] }, rules);
    expect(placement).toEqual({ own: { id: 'early', cluster: 'a', original: null }, moves: [] });
  });

  it('joins two clusters under the id of the older seed', () => {
    const first = ['a', 'b'].map((id, index) => line(id, index, { title: 'fire', cluster: 'a' }));
    const second = ['c', 'd'].map((id, index) => line(id, 5 + index, { title: 'smoke', cluster: 'c' }));
    const story = line('x', 9, { title: 'fire smoke' });
    const clusters = [cluster('c', second), cluster('a', first)];
    const kind: PairRules = { ...rules, score: () => 1 };
    const placement = placeStory({ story, related: [...second, ...first], clusters }, kind);
    expect(placement.own.cluster).toBe('a');
    expect(placement.moves.map(({ id, cluster: to }) => [id, to])).toEqual([
      ['c', 'a'],
      ['d', 'a'],
    ]);
  });

  it('lets a cluster that had drifted apart fall in two, and the part with the seed keeps its id', () => {
    const titles = { a: 'fire', b: 'fire', c: 'smoke', d: 'smoke' };
    const members = Object.entries(titles).map(([id, title], index) =>
      line(id, index, { title, cluster: 'a' }),
    );
    const story = line('x', 9, { title: 'smoke' });
    const placement = placeStory({ story, related: members, clusters: [cluster('a', members)] }, rules);
    expect(placement.own.cluster).toBe('c');
    expect(placement.moves.map(({ id, cluster: to }) => [id, to])).toEqual([
      ['c', 'c'],
      ['d', 'c'],
    ]);
  });

  it('moves nobody of clusters that the story does not join', () => {
    const members = [
      line('a', 1, { title: 'fire', cluster: 'a' }),
      line('b', 2, { title: 'smoke', cluster: 'a' }),
    ];
    const story = line('x', 9, { title: 'flood' });
    const placement = placeStory({ story, related: members, clusters: [cluster('a', members)] }, rules);
    expect(placement.moves).toEqual([]);
  });

  it('names the first seen as original, and puts a copy where its original is whatever they score', () => {
    const texts = [line('late', 3), line('early', 1), line('mid', 2)].map((each) => ({
      ...each,
      title: each.id,
      summary: 'the same text',
    }));
    const [late, early, mid] = texts;
    if (late === undefined || early === undefined || mid === undefined) throw new Error('Expected three');
    const placement = placeStory({ story: early, related: [late, mid], clusters: [] }, rules);
    expect(placement.own).toEqual({ id: 'early', cluster: 'early', original: null });
    expect(placement.moves).toEqual([
      { id: 'mid', cluster: 'early', original: 'early' },
      { id: 'late', cluster: 'early', original: 'early' },
    ]);
  });

  it('says the same of the same surroundings in any order', () => {
    const titles = ['fire', 'fire smoke', 'smoke', 'flood', 'fire'];
    const lines = titles.map((title, index) => line(`s${index}`, index, { title }));
    const story = line('x', 9, { title: 'fire' });
    const forth = placeStory({ story, related: lines, clusters: [] }, rules);
    expect(placeStory({ story, related: lines.toReversed(), clusters: [] }, rules)).toEqual(forth);
  });
});
