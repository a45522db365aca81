import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../../../bin/compile-data.ts';
import type { Evidence, Tags } from '../../../../lambdas/core/words/story.ts';
import { createTagger } from '../../../../lambdas/core/tag/tag.ts';

const { rules } = loadData(dataDirectory);
const tag = createTagger(rules);
const named = (tags: readonly { readonly name: string }[]) => tags.map(({ name }) => name);
const evidenceOf = (tags: Tags): Evidence[] =>
  [
    ...tags.topics,
    ...tags.countries,
    ...tags.organisations,
    ...tags.people,
    ...tags.systems,
    ...tags.operations,
  ].flatMap(({ evidence }) => evidence);

describe('createTagger', () => {
  test.each(['F-35', 'F35', 'F-35A', 'F‑35', 'F–35B', 'F-35s', 'F-35C Lightning II', 'f-35'])(
    'knows the F-35 as %s',
    (name) => {
      expect(named(tag({ title: `Air force grounds its ${name} fleet`, summary: '' }).systems)).toEqual([
        'F-35',
      ]);
    },
  );

  test.each(['F-351', 'AF-35', 'F 35', 'F-3 5'])('does not take %s for the F-35', (name) => {
    expect(named(tag({ title: `Air force grounds its ${name} fleet`, summary: '' }).systems)).toEqual([]);
  });

  test('prefers the longer name', () => {
    const tags = tag({ title: 'South Sudan asks for F-15E jets', summary: 'Papua New Guinea declined.' });
    expect(named(tags.countries)).toEqual(['SS', 'PG']);
    expect(named(tags.systems)).toEqual(['F-15E']);
  });

  test('names a service by the country before it, and the United States’ only when no other country is named', () => {
    const services = (title: string) => named(tag({ title, summary: '' }).organisations);
    expect(services('Polish navy orders minehunters')).toEqual(['Polish Navy']);
    expect(services('U.S. Army tests radio')).toEqual(['United States Army']);
    expect(services('Army tests radio')).toEqual(['United States Army']);
    expect(services('Kenya: Army tests radio')).toEqual([]);
    expect(services('Sudan’s army advances')).toEqual(['Sudanese Army']);
    expect(named(tag({ title: 'Army tests radio', summary: '' }).countries)).toEqual(['US']);
  });

  test('minds capitals where a name is also a word', () => {
    expect(
      named(tag({ title: 'Join us for a patriot parade in turkey season', summary: '' }).countries),
    ).toEqual([]);
    expect(named(tag({ title: 'Patriot battery arrives in Turkey', summary: '' }).systems)).toEqual([
      'Patriot',
    ]);
  });

  test('reads a headline in capitals', () => {
    const tags = tag({ title: 'PATRIOT BATTERIES REACH UKRAINE AS NATO MEETS', summary: '' });
    expect(named(tags.countries)).toEqual(['UA']);
    expect(named(tags.systems)).toEqual(['Patriot']);
    expect(named(tags.organisations)).toEqual(['NATO']);
  });

  test('gives at most four topics, best first, with scores within 0 and 1', () => {
    const title = 'Navy submarine, army howitzers and bombers hit by cyber attack as coup begins';
    const { topics } = tag({ title, summary: 'A hypersonic missile test went ahead; drones were jammed.' });
    expect(topics.length).toBeGreaterThan(1);
    expect(topics.length).toBeLessThanOrEqual(4);
    const scores = topics.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    for (const score of scores) expect(score > 0 && score <= 1).toBe(true);
  });

  test('gives nothing for nothing', () => {
    const none = { topics: [], countries: [], organisations: [], people: [], systems: [], operations: [] };
    for (const text of ['', ' ', '—', '한국어 기사', '0'])
      expect(tag({ title: text, summary: text })).toEqual({ relevance: 'none', ...none });
  });

  test('points at the words that caused a tag, also behind wide characters', () => {
    const title = '🚢🚢 Navy’s F‑35C lands on carrier';
    const summary = 'Ünïted… the “aircraft carrier” sails, U.S. officials say.';
    const found = evidenceOf(tag({ title, summary }));
    expect(found.map(({ words }) => words)).toEqual(
      expect.arrayContaining(['F‑35C', 'aircraft carrier', 'U.S.']),
    );
    for (const { field, words, at } of found)
      expect((field === 'title' ? title : summary).slice(at, at + words.length)).toBe(words);
  });

  test('never throws, and its evidence always points at the words', () => {
    const vocabulary = fc.constantFrom(
      'Army',
      'US',
      'U.S',
      '.',
      'F',
      '-',
      '35',
      'A',
      's',
      "'s",
      '’',
      ' ',
      ',',
      'missile',
      'strikes',
      'in',
      'Ukraine',
      'ceasefire',
      '\ud83d',
      '\u0301',
      'İ',
      'ß',
      'awarded',
      'contract',
      'navy',
      '\n',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(vocabulary).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, text, (title, summary) => {
        const tags = tag({ title, summary });
        for (const { field, words, at } of evidenceOf(tags)) {
          expect(words.length).toBeGreaterThan(0);
          expect((field === 'title' ? title : summary).slice(at, at + words.length)).toBe(words);
        }
        expect(tags.topics.length === 0 || tags.relevance === 'core').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('gives the same tags for the same text', () => {
    const text = {
      title: 'NATO allies send Leopard 2 tanks to Ukraine',
      summary: 'Berlin and Warsaw agreed.',
    };
    expect(createTagger(rules)(text)).toEqual(tag(text));
    expect(named(tag(text).countries)).toEqual(['UA', 'DE', 'PL']);
  });

  test('finishes a megabyte of words', () => {
    const words = 'F-35 strikes in Ukraine army awarded contract Navy '.repeat(20_000);
    expect(tag({ title: words, summary: words }).topics.length).toBeGreaterThan(0);
  });
});
