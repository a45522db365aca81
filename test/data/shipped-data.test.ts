import { expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../bin/compile-data.ts';
import { countryCodes } from '../../lambdas/core/words/country-codes.ts';
import { nameKinds } from '../../lambdas/core/tag/rules.ts';

const { catalogue, rules } = loadData(dataDirectory);

test('the catalogue has feeds of many countries, languages and all kinds of publisher', () => {
  expect(catalogue.feeds.length).toBeGreaterThanOrEqual(115);
  expect(new Set(catalogue.feeds.map(({ kind }) => kind)).size).toBe(5);
  expect(new Set(catalogue.feeds.map(({ country }) => country)).size).toBeGreaterThanOrEqual(15);
  expect(new Set(catalogue.feeds.map(({ language }) => language)).size).toBeGreaterThanOrEqual(5);
});

test('every source has a feed, and a feed agrees with its source', () => {
  for (const source of catalogue.sources) {
    const feeds = catalogue.feeds.filter((feed) => feed.source === source.id);
    expect(feeds.length).toBeGreaterThan(0);
    for (const feed of feeds) expect([feed.country, feed.kind]).toEqual([source.country, source.kind]);
  }
});

test('the gazetteer knows every country and hundreds of other names', () => {
  const names = (kind: string) => rules.kinds.flatMap(({ name }) => (name?.kind === kind ? [name.name] : []));
  expect(new Set(names('countries'))).toEqual(countryCodes);
  const counts = nameKinds.map((kind) => names(kind).length >= 50);
  expect(counts).toEqual([true, true, true, true, true]);
  expect(names('systems').length).toBeGreaterThanOrEqual(250);
  expect(names('organisations').length).toBeGreaterThanOrEqual(150);
});

test('the compiled rules hold together and stay small enough to load at every cold start', () => {
  for (const kind of rules.concepts) expect(rules.kinds[kind]).toBeDefined();
  for (const line of rules.patterns.split('\n')) expect(line).toMatch(/^[^\t ]+(?:\t[^\t:]*:\d+)+$/);
  for (const { first, second, concept } of rules.gaps)
    expect([first, second, concept].every((number) => rules.concepts[number] !== undefined)).toBe(true);
  expect(JSON.stringify(rules).length).toBeLessThan(4_000_000);
});
