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

test('addresses that differ in scheme, www, a slash at the end or tracking only are one feed', () => {
  const variants = [
    'http://feeds.a.example/1/',
    'https://www.feeds.a.example/1?utm_source=x',
    'https://feeds.a.example/1#x',
  ];
  const list = { ...incoming, feeds: variants.map((url, n) => feed(`v${n}`, url, 'site-a')) };
  expect(additionsTo(current, list)).toEqual({ added: { sources: [], feeds: [] }, known: 3 });
  const section = { ...incoming, feeds: [feed('s', 'https://feeds.a.example/1?section=air', 'site-a')] };
  expect(additionsTo(current, section).known).toBe(0);
});

const withOne = (text: string) => withAdditions(text, added);
const item = '{ id: a,   title: "A" , url: "https://a.example/", country: SE, kind: trade }';
const feedLines = [
  'id: a',
  'url: https://a.example/f',
  'title: A',
  'source: a',
  'country: SE',
  'language: sv',
  'kind: trade',
];

test.each([
  [
    'no indentation',
    `# c\nsources:\n- ${item}   # here\n\n# feeds\nfeeds:\n- ${feedLines.join('\n  ')}\n\n# end\n`,
  ],
  [
    'four spaces',
    `sources:\n    - ${item}\nfeeds:\n    - ${feedLines.join('\n      ')}\n      note: |\n        one\n        two\n`,
  ],
  ['no line feed at the end', `sources:\n  - ${item}\nfeeds:\n  - ${feedLines.join('\n    ')}`],
  ['carriage returns', `sources:\r\n  - ${item}\r\nfeeds:\r\n  - ${feedLines.join('\r\n    ')}\r\n`],
  ['feeds before sources', `feeds:\n  - ${feedLines.join('\n    ')}\nsources:\n  - ${item}\n`],
])('additions leave every byte of a file with %s as it was', (_, text) => {
  const next = withOne(text);
  const reading = readCatalogue(next, 'x.yaml');
  expect(reading.ok && reading.catalogue.feeds.map(({ id }) => id)).toEqual(['a', 'a-2', 'b', 'b-2']);
  // Every line that was there is still there as it was, and in the same order.
  const left = next.split('\n');
  for (const line of text.split('\n')) {
    const at = left.indexOf(line);
    expect(at, line).toBeGreaterThanOrEqual(0);
    left.splice(0, at + 1);
  }
});

test('additions to a list in one line lay the file out anew and keep comments and entries', () => {
  const text = `# Ours\nsources: [${item}]\nfeeds: []\n`;
  const next = withOne(text);
  expect(next).toContain('# Ours');
  const reading = readCatalogue(next, 'x.yaml');
  expect(reading.ok && reading.catalogue.sources.map(({ id }) => id)).toEqual(['a', 'a-2']);
});

test('additions that would make an invalid catalogue are refused', () => {
  const twice = { sources: [], feeds: current.feeds };
  expect(() => withAdditions(renderCatalogue(current), twice)).toThrow(/expected each id once/);
});

test('gives titles that are all the same ids of their own, and quickly', () => {
  const many = Array.from({ length: 5_000 }, (_, n) => feed('same', `https://a.example/${n}`, 'site-a'));
  const ids = additionsTo(current, { ...incoming, feeds: many }).added.feeds.map(({ id }) => id);
  expect([ids[0], ids[1], ids.at(-1), new Set(ids).size]).toEqual(['same', 'same-2', 'same-5000', 5_000]);
});
