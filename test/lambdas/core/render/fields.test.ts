import { describe, expect, it } from 'vitest';
import { chosenFields, storyCells, storyFieldNames } from '../../../../lambdas/core/render/fields.ts';
import { servedTimes } from '../../../../lambdas/core/render/served-time.ts';
import { storyFields } from '../../../../lambdas/core/render/story-json.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { nowMs, storyOf } from '../../../support/serve-fixture.ts';

const line = storyLine(
  storyOf({
    n: 1,
    topics: ['sea.mines', 'air.drones'],
    countries: ['FI', 'SE'],
    copies: [{ id: 'copy-1', source: 'mod-fi', url: null, published: '2026-11-22T09:00:00.000Z' }],
    cluster: 'event-1',
  }),
);
const story = storyFields(line, servedTimes(line, nowMs));

describe('storyFieldNames', () => {
  it('are the fields of a story, all of them', () => {
    expect(storyFieldNames.toSorted()).toEqual(Object.keys(story).toSorted());
  });

  it('begin as the table is documented to begin', () => {
    expect(storyFieldNames.slice(0, 5)).toEqual(['id', 'title', 'url', 'source', 'published']);
  });
});

describe('chosenFields', () => {
  it('gives the story as it is when nothing is chosen', () => {
    expect(chosenFields(story, null)).toBe(story);
  });

  it('gives the chosen fields in the chosen order', () => {
    expect(Object.entries(chosenFields(story, ['title', 'id', 'cluster']))).toEqual([
      ['title', 'Story 1'],
      ['id', line.id],
      ['cluster', 'event-1'],
    ]);
  });
});

describe('storyCells', () => {
  it('gives values as they are and of lists the names', () => {
    expect(storyCells(story, ['id', 'revision', 'topics', 'countries', 'copies', 'people'])).toEqual([
      line.id,
      1,
      ['sea.mines', 'air.drones'],
      ['FI', 'SE'],
      ['copy-1'],
      [],
    ]);
  });
});
