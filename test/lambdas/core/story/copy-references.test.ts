import { describe, expect, it } from 'vitest';
import {
  copiesAfter,
  copyReference,
  originalReference,
} from '../../../../lambdas/core/story/copy-references.ts';
import type { Move } from '../../../../lambdas/core/words/cluster.ts';
import { idOf, storyAt, tagsOf } from '../../../support/stories.ts';

const time = '2026-11-19T10:00:00.000Z';
const named = (name: string) => [{ name, evidence: [] }];
const move = (number: number, original: string | null): Move => ({
  id: idOf(number),
  from: { cluster: null, original: null },
  to: { cluster: 'c', original },
});

describe('what a copy says of its original', () => {
  it('has nothing to add when both are tagged alike', () => {
    const [copy, original] = [
      storyAt(2, time),
      storyAt(1, time, { source: 'other', lang: 'nb', kind: 'wire' }),
    ];
    expect(originalReference(copy, original)).toEqual({
      id: original.id,
      source: 'other',
      kind: 'wire',
      lang: 'nb',
      sortTime: time,
      lacks: [],
      adds: [],
    });
  });

  it('names the tags in which they differ by the names of filters, each kind of them', () => {
    const copy = storyAt(2, time, {
      tags: {
        ...tagsOf(['sea.submarines'], ['NO', 'GB']),
        people: named('A. Person'),
        systems: named('F-35'),
      },
    });
    const original = storyAt(1, time, {
      tags: {
        ...tagsOf(['sea.submarines', 'air.bombers'], ['GB']),
        organisations: named('Royal Navy'),
        operations: named('Aspides'),
      },
    });
    expect(originalReference(copy, original)).toMatchObject({
      lacks: ['country:NO', 'person:A. Person', 'system:F-35'],
      adds: ['topic:air.bombers', 'org:Royal Navy', 'operation:Aspides'],
    });
  });
});

describe('the copies that an original lists', () => {
  const original = storyAt(1, time);
  const lineOf = (id: string) =>
    [2, 3, 4].map((number) => storyAt(number, time)).find((story) => story.id === id);

  it('are those that moved to it, once each, after those it had', () => {
    const had = { ...original, copies: [copyReference(storyAt(3, time))] };
    const copies = copiesAfter(had, [move(2, original.id), move(3, original.id)], lineOf);
    expect(copies.map(({ id }) => id)).toEqual([idOf(3), idOf(2)]);
  });

  it('lose those that moved elsewhere, and keep those of whom nothing is said', () => {
    const had = { ...original, copies: [2, 3, 4].map((number) => copyReference(storyAt(number, time))) };
    const copies = copiesAfter(had, [move(2, null), move(3, idOf(9))], lineOf);
    expect(copies.map(({ id }) => id)).toEqual([idOf(4)]);
  });

  it('are described anew when they were edited', () => {
    const had = { ...original, copies: [copyReference(storyAt(2, time, { url: 'https://old.example/' }))] };
    expect(copiesAfter(had, [move(2, original.id)], lineOf)[0]?.url).toBe('https://naval.example/2');
  });

  it('are eight at most, and none that is not known', () => {
    const moves = Array.from({ length: 20 }, (_, at) => move(at + 2, original.id));
    expect(copiesAfter(original, moves, (id) => storyAt(Number(id.slice(5)), time))).toHaveLength(8);
    expect(copiesAfter(original, moves, () => undefined)).toEqual([]);
  });
});
