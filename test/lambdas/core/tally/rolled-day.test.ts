import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf, rolledDay } from '../../../../lambdas/core/tally/rolled-day.ts';
import { factsList, factsOf, tallyEntry } from '../../../../lambdas/core/tally/tally-entry.ts';
import { randomWire } from '../../../support/tally-stories.ts';
import { storyOf } from '../../../support/serve-fixture.ts';

const day = '2026-11-21';
const entry = tallyEntry(storyOf({ n: 1, sortTime: `${day}T10:00:00.000Z` }), null);

describe('a rolled day', () => {
  it('gives back every story exactly, oldest first, in whatever order they came', () => {
    const lives = fc.option(fc.integer({ min: 1_790_000_000, max: 1_900_000_000 }));
    fc.assert(
      fc.property(randomWire, fc.infiniteStream(lives), fc.boolean(), (stories, life, isReversed) => {
        const entries = stories
          .filter(({ sortTime }) => sortTime.startsWith(day))
          .map((story) => tallyEntry(story, life.next().value));
        const given = isReversed ? [...entries].reverse() : entries;
        const back = entriesOf(day, JSON.parse(JSON.stringify(rolledDay(day, given))));
        const order = (key: string, other: string) => (key < other ? -1 : 1);
        expect(back).toEqual(
          [...entries].sort((a, b) => order(`${a.sortTime} ${a.key}`, `${b.sortTime} ${b.key}`)),
        );
      }),
    );
  });

  it('is next to nothing without stories', () => {
    expect(entriesOf(day, rolledDay(day, []))).toEqual([]);
  });

  it('keeps names as they are, whatever they look like', () => {
    for (const name of ['-2', '[]', '0', '"', '', '🚢', '\u2028']) {
      const named = { ...entry, organisations: [name, 'other'] };
      expect(entriesOf(day, JSON.parse(JSON.stringify(rolledDay(day, [named])))), name).toEqual([named]);
    }
  });

  it('refuses a number that stands for no text', () => {
    const rolled = rolledDay(day, [entry]);
    expect(() => entriesOf(day, { ...rolled, texts: [] })).toThrow('Expected the number of a text');
  });
});

describe('the facts of a counted story', () => {
  it('come back from their list', () => {
    const { key: _key, sortTime: _time, version: _version, expires: _expires, ...facts } = entry;
    expect(factsOf(factsList(entry))).toEqual(facts);
  });

  it.each([
    [null],
    ['text'],
    [[]],
    [['source', 9, 'en', 0]],
    [[1, 1, 'en', 0]],
    [['source', 1, 'en', 'none']],
    [['s', 1, 'en', 0, [5]]],
  ])('are refused when they are %j', (list) => {
    expect(() => factsOf(list)).toThrow('Expected');
  });
});
