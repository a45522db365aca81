import { expect, test } from 'vitest';
import { additionsTo } from '../../../../lambdas/core/catalogue/catalogue-merge.ts';
import { readCatalogue } from '../../../../lambdas/core/catalogue/catalogue.ts';
import { renderCatalogue, withAdditions } from '../../../../lambdas/core/catalogue/catalogue-yaml.ts';
import type { Catalogue, Feed } from '../../../../lambdas/core/words/feed.ts';

const feed = (id: string, url: string, source: string): Feed => ({
  id,
  url,
  source,
  title: `Title: ${id}`,
  country: 'SE',
  language: 'sv',
  kind: 'trade',
});
const current: Catalogue = {
  sources: [{ id: 'a', title: 'A', url: 'https://www.a.example/', country: 'SE', kind: 'trade' }],
  feeds: [feed('a', 'https://feeds.a.example/1', 'a')],
};
const incoming: Catalogue = {
  sources: [
    { id: 'site-a', title: 'a', url: 'https://a.example/', country: 'INT', kind: 'general' },
    { id: 'a', title: 'b', url: 'https://b.example/', country: 'INT', kind: 'general' },
  ],
  feeds: [
    { ...feed('known', 'HTTPS://feeds.a.example/1', 'site-a'), kind: 'general' },
    { ...feed('a', 'https://a.example/2', 'site-a'), country: 'INT', kind: 'general' },
    { ...feed('b', 'https://b.example/1', 'a'), country: 'INT', kind: 'general' },
    { ...feed('b', 'https://b.example/2', 'a'), country: 'INT', kind: 'general' },
  ],
};
const { added, known } = additionsTo(current, incoming);

test('adds only new addresses, under the source of their host, with ids that are free', () => {
  expect(known).toBe(1);
  expect(added.feeds.map(({ id, source, country, kind }) => [id, source, country, kind])).toEqual([
    ['a-2', 'a', 'SE', 'trade'],
    ['b', 'a-2', 'INT', 'general'],
    ['b-2', 'a-2', 'INT', 'general'],
  ]);
  expect(added.sources.map(({ id, title }) => [id, title])).toEqual([['a-2', 'b']]);
});

test('adding a second time adds nothing', () => {
  const merged = {
    sources: [...current.sources, ...added.sources],
    feeds: [...current.feeds, ...added.feeds],
  };
  expect(additionsTo(merged, incoming)).toEqual({ added: { sources: [], feeds: [] }, known: 4 });
});

test('a rendered catalogue reads back as it was', () => {
  const odd: Catalogue = {
    sources: [{ id: 'no', title: 'NO: #1 "x"', url: 'https://n.example/', country: 'NO', kind: 'wire' }],
    feeds: [
      {
        ...feed('no', 'https://n.example/?a=1&b=#c', 'no'),
        topics: ['sea.submarines'],
        every: { min: 5, max: 10 },
        note: 'yes',
      },
    ],
  };
  for (const catalogue of [odd, current, { sources: [], feeds: [] }])
    expect(readCatalogue(renderCatalogue(catalogue), 'x.yaml')).toEqual({ ok: true, catalogue, notes: [] });
});

test('additions keep the comments and order of the text', () => {
  const text = `# Ours\n${renderCatalogue(current).replace('feeds:', '# The feeds\nfeeds:')}`;
  const next = withAdditions(text, added);
  expect(next.startsWith('# Ours\n')).toBe(true);
  expect(next).toContain('# The feeds\nfeeds:');
  const reading = readCatalogue(next, 'x.yaml');
  expect(reading.ok && reading.catalogue.feeds.map(({ id }) => id)).toEqual(['a', 'a-2', 'b', 'b-2']);
});

test('additions to empty lists work', () => {
  const reading = readCatalogue(withAdditions('sources: []\nfeeds: []\n', current), 'x.yaml');
  expect(reading).toEqual({ ok: true, catalogue: current, notes: [] });
});
