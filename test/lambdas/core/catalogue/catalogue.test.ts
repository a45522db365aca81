import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../../../lambdas/core/catalogue/catalogue.ts';

const sources = `sources:
  - {id: gazette, title: Harbour Gazette, url: https://gazette.example/, country: GB, kind: trade}
`;
const feed = (changes: Readonly<Record<string, string>> = {}) => {
  const fields = {
    id: 'gazette-sea',
    url: 'https://gazette.example/sea.xml',
    title: 'Harbour Gazette - sea',
    source: 'gazette',
    country: 'GB',
    language: 'en',
    kind: 'trade',
    ...changes,
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== '');
  return lines.map(([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${value}\n`).join('');
};
const problemsOf = (text: string, topics?: ReadonlySet<string>) => {
  const reading = readCatalogue(text, 'feeds.yaml', topics);
  return reading.ok ? [] : reading.problems;
};
const withFeed = (changes: Readonly<Record<string, string>>) => `${sources}feeds:\n${feed(changes)}`;

describe('readCatalogue', () => {
  test('gives sources and feeds with all optional fields', () => {
    const text = withFeed({ topics: '[sea.submarines]', every: '{min: 1, max: 60}', note: 'slow' });
    const reading = readCatalogue(text, 'feeds.yaml', new Set(['sea.submarines']));
    expect(reading).toMatchObject({
      ok: true,
      notes: [],
      catalogue: {
        sources: [{ id: 'gazette', country: 'GB' }],
        feeds: [{ id: 'gazette-sea', topics: ['sea.submarines'], every: { min: 1, max: 60 }, note: 'slow' }],
      },
    });
  });

  test('reads flow style as well as block style', () => {
    const flow = '{sources: [], feeds: []}';
    expect(readCatalogue(flow, 'feeds.yaml')).toEqual({
      ok: true,
      catalogue: { sources: [], feeds: [] },
      notes: [],
    });
  });

  test.each([
    ['url', 'ftp://gazette.example/x', 5],
    ['url', 'https://user:secret@gazette.example/x', 5],
    ['url', 'gazette.example', 5],
    ['url', `https://gazette.example/${'x'.repeat(2_100)}`, 5],
    ['source', 'elsewhere', 7],
    ['country', 'UK', 8],
    ['country', 'gb', 8],
    ['language', 'english', 9],
    ['language', 'xx', 9],
    ['kind', 'blog', 10],
    ['id', '"has space"', 4],
    ['id', '-x', 4],
    ['title', '"  "', 6],
  ])('refuses %s: %s and names line and field', (field, value, line) => {
    const [problem = '', ...more] = problemsOf(withFeed({ [field]: value }));
    expect(problem).toMatch(new RegExp(`^feeds\\.yaml:${line} feeds\\.0\\.${field}: expected .*, got `));
    expect(more).toEqual([]);
  });

  test.each([
    ['{min: 0, max: 5}', 'feeds.0.every.min'],
    ['{min: 10, max: 5}', 'feeds.0.every'],
    ['{min: 5, max: 1441}', 'feeds.0.every.max'],
    ['{min: 5}', 'feeds.0.every.max'],
    ['{min: 1.5, max: 5}', 'feeds.0.every.min'],
    ['30', 'feeds.0.every'],
  ])('refuses every: %s at %s', (value, path) => {
    const problems = problemsOf(withFeed({ every: value }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      new RegExp(`^feeds\\.yaml:11 ${path.replaceAll('.', '\\.')}: expected .*got `),
    );
  });

  test('suggests the key that a misspelt one meant', () => {
    expect(problemsOf(withFeed({ langauge: 'en' }))).toEqual([
      'feeds.yaml:11 feeds.0.langauge: unknown key, did you mean language?',
    ]);
  });

  test('names what is missing by the line of the entry that lacks it', () => {
    expect(problemsOf(withFeed({ title: '' }))).toEqual([
      'feeds.yaml:4 feeds.0.title: expected text, got nothing',
    ]);
  });

  test('names ids and addresses that come twice, however the address is written', () => {
    const again = feed({ id: 'other', url: 'HTTPS://GAZETTE.example:443/sea.xml' });
    const problems = problemsOf(`${sources}feeds:\n${feed()}${feed({ url: 'https://b.example/' })}${again}`);
    expect(problems).toEqual([
      'feeds.yaml:11 feeds.1.id: expected each id once, got "gazette-sea", which feeds.0 has too',
      'feeds.yaml:19 feeds.2.url: expected each url once, got "https://gazette.example/sea.xml", which feeds.0 has too',
    ]);
  });

  test('names topics that the taxonomy does not have', () => {
    const problems = problemsOf(withFeed({ topics: '[sea.boats]' }), new Set(['sea.submarines']));
    expect(problems).toEqual([
      'feeds.yaml:11 feeds.0.topics.0: expected a topic of the taxonomy, got "sea.boats"',
    ]);
  });

  test('refuses alias bombs, broken YAML, repeated keys and files over the bound, each as a value', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const before = level === 0 ? '"x"' : Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
      return `a${level}: &a${level} [${before}]`;
    });
    for (const text of [
      levels.join('\n'),
      'sources: [\nfeeds: }',
      'sources: []\nsources: []\nfeeds: []',
      'x'.repeat(5_000_001),
      '',
      '--- 1\n--- 2',
      '- just\n- a list',
      'sources: &s []\nfeeds: *missing',
    ]) {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems) expect(problem).toMatch(/^feeds\.yaml:\d+ /);
    }
  });

  test('lists every problem of a file, up to a hundred', () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      feed({ id: `f${index}`, kind: 'blog', url: `https://h${index}.example/` }),
    );
    const problems = problemsOf(`${sources}feeds:\n${many.join('')}`);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('… and 50 more problems');
  });

  test('takes an OPML list by the name of its file', () => {
    const opml =
      '<opml><body><outline text="A" xmlUrl="https://a.example/f"/><outline type="rss"/></body></opml>';
    expect(readCatalogue(opml, 'list.OPML')).toMatchObject({
      ok: true,
      catalogue: { feeds: [{ id: 'a', url: 'https://a.example/f' }] },
      notes: ['list.OPML:1 outline: expected an xmlUrl, got nothing'],
    });
    expect(problemsOf('<rss/>')).not.toEqual([]);
    expect(readCatalogue('<rss/>', 'list.opml')).toEqual({
      ok: false,
      problems: ['list.opml:1 file: expected an OPML document, got no opml element'],
    });
  });
});
