import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventReports } from '../../../../lambdas/core/cluster-view/event-reports.ts';
import { byFirstSight } from '../../../../lambdas/core/story/cluster-members.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { storyId, storyOf } from '../../../support/serve-fixture.ts';

function member(n: number, original: number | null): StoryLine {
  const line = storyLine(storyOf({ n, cluster: storyId(99) }));
  if (original === null) return line;
  const { source, kind, lang, sortTime } = line;
  return { ...line, original: { id: storyId(original), source, kind, lang, sortTime, lacks: [], adds: [] } };
}

const told = (members: readonly StoryLine[]) =>
  eventReports({ members }).map(({ story, copies, copyOf }) => [
    story.id,
    copies.map(({ id }) => id),
    copyOf,
  ]);

describe('eventReports', () => {
  it('groups copies under the text they repeat, in order of first sight', () => {
    expect(told([member(9, null), member(7, null), member(5, 9), member(3, 7), member(1, 9)])).toEqual([
      [storyId(9), [storyId(5), storyId(1)], null],
      [storyId(7), [storyId(3)], null],
    ]);
  });

  it('counts a copy of a copy as one of the text both repeat', () => {
    expect(told([member(9, null), member(7, 9), member(5, 7)])).toEqual([
      [storyId(9), [storyId(7), storyId(5)], null],
    ]);
  });

  it('keeps copies of a story that is not named together under the first of them', () => {
    expect(told([member(9, null), member(7, 50), member(5, 50)])).toEqual([
      [storyId(9), [], null],
      [storyId(7), [storyId(5)], storyId(50)],
    ]);
  });

  it('has every member once, whatever refers to whatever', () => {
    const originals = fc.array(fc.option(fc.integer({ min: 0, max: 12 })), { maxLength: 12 });
    fc.assert(
      fc.property(originals, (given) => {
        const members = given.map((original, n) => member(n, original === n ? null : original));
        const reports = eventReports({ members });
        const listed = reports.flatMap(({ story, copies }) => [story, ...copies]);
        expect(listed.map(({ id }) => id).sort()).toEqual(members.map(({ id }) => id).sort());
        const stories = reports.map(({ story }) => story);
        expect(stories).toEqual([...stories].sort(byFirstSight));
      }),
    );
  });
});
