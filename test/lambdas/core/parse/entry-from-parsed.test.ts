import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, ParsedEntry } from '../../../../lambdas/core/words/entry.ts';
import { entryFromParsed } from '../../../../lambdas/core/parse/entry-from-parsed.ts';

const empty: ParsedEntry = {
  id: null,
  title: null,
  link: null,
  published: null,
  updated: null,
  summary: null,
  content: null,
  author: null,
  categories: [],
};

function entry(over: Partial<ParsedEntry>, feedLanguage = 'en'): Entry {
  const made = entryFromParsed({ ...empty, title: 'T', ...over }, { feedLanguage });
  if ('rejected' in made) throw new Error(made.rejected);
  return made;
}

describe('titles', () => {
  it.each([
    ['  Ships \n sail ', 'Ships sail'],
    ['cafe\u0301', 'caf\u00e9'],
    ['zero\u200Bwidth and soft\u00ADhyphen', 'zerowidth and softhyphen'],
    ['\u202Eevil\u2066', 'evil'],
    ['a\u0000b\uD800', 'ab\uFFFD'],
  ])('cleans %j', (title, expected) => {
    expect(entry({ title }).title).toBe(expected);
  });

  it('cuts a long one to 512 code points between graphemes', () => {
    const { title } = entry({ title: '👩‍👩‍👧‍👦'.repeat(1_000) });
    expect([...title].length).toBeLessThanOrEqual(512);
    expect(title).toBe(`${'👩‍👩‍👧‍👦'.repeat(73)}…`);
    expect([...entry({ title: 'x'.repeat(10_000_000) }).title]).toHaveLength(512);
  });

  it.each([
    [{ title: null, summary: 'The ship left.' }, 'The ship left.'],
    [{ title: ' ', content: 'The ship left.' }, 'The ship left.'],
    [{ title: null, link: 'https://example.org/2024/navy-orders-ships.html' }, 'navy orders ships'],
    [{ title: null, link: 'https://example.org/' }, 'example.org'],
    [{ title: null, link: 'https://example.org/123' }, 'example.org'],
  ])('finds one for %j', (over, title) => {
    expect(entry(over).title).toBe(title);
  });

  it('takes at most the start of a long text', () => {
    const { title } = entry({ title: null, summary: 'word '.repeat(200) });
    expect([...title].length).toBeLessThanOrEqual(120);
    expect(title).toMatch(/word…$/);
  });

  it.each([
    {},
    { title: ' ', summary: '\u200B', content: '' },
    { id: 'g', author: 'Ann' },
    { title: null, link: 'javascript:alert(1)' },
  ])('rejects %j with a reason', (over) => {
    expect(entryFromParsed({ ...empty, ...over }, { feedLanguage: 'en' })).toEqual({
      rejected: expect.stringContaining('Expected'),
    });
  });
});

describe('summaries', () => {
  it('come from the summary, else from the content, on one line', () => {
    expect(entry({ summary: 'a\nb', content: 'c' }).summary).toBe('a b');
    expect(entry({ summary: ' ', content: 'c\nd' }).summary).toBe('c d');
    expect(entry({ summary: 'Read more', content: 'c' }).summary).toBe('c');
    expect(entry({}).summary).toBe('');
  });

  it('lose what the publisher’s system put behind them', () => {
    expect(entry({ summary: 'Ships sail. The post Ships appeared first on Harbour Gazette.' }).summary).toBe(
      'Ships sail.',
    );
  });

  it('have at most 1,000 code points', () => {
    const { summary } = entry({ summary: '🚢 '.repeat(2_000) });
    expect([...summary].length).toBeLessThanOrEqual(1_000);
    expect(summary.endsWith('🚢…')).toBe(true);
  });
});

describe('addresses', () => {
  it.each([
    ['https://example.org/a?utm_source=rss', 'https://example.org/a?utm_source=rss'],
    ['https://example.org/ä b', 'https://example.org/%C3%A4%20b'],
    ['https://ann:secret@example.org/a', 'https://example.org/a'],
    [`https://example.org/${'a'.repeat(2_100)}`, null],
    [`https://example.org/${'ä'.repeat(400)}`, null],
    ['ftp://example.org/a', null],
    ['https://', null],
    [null, null],
  ])('serves %.60s as %s', (link, url) => {
    expect(entry({ link }).url).toBe(url);
  });
});

describe('people, categories and language', () => {
  it('reads names and labels that were escaped once too often', () => {
    const { authors, categories } = entry({
      authors: ['Lee &amp; Ray'],
      categories: ['Science &amp; Technology', 'R&D', 'Science & Technology'],
    });
    expect(authors).toEqual(['Lee & Ray']);
    expect(categories).toEqual(['Science & Technology', 'R&D']);
  });

  it('keeps ten authors, each once, without "By" and without bare addresses', () => {
    expect(entry({ authors: ['By Ann Lee', 'ann lee', 'desk@example.org', 'Bo'] }).authors).toEqual([
      'Ann Lee',
      'Bo',
    ]);
    expect(entry({ author: 'Byron Lee' }).authors).toEqual(['Byron Lee']);
    expect(
      entry({ authors: Array.from({ length: 50 }, (_, i) => `Author ${i} ${'x'.repeat(500)}`) }).authors,
    ).toHaveLength(10);
  });

  it('keeps twenty categories, each once, of at most 64 code points', () => {
    const { categories } = entry({
      categories: [
        'Navy',
        'NAVY',
        ' ',
        'Uncategorized',
        'x'.repeat(100),
        ...Array.from({ length: 40 }, (_, i) => `c${i}`),
      ],
    });
    expect(categories).toHaveLength(20);
    expect(categories[0]).toBe('Navy');
    expect([...(categories[1] ?? '')]).toHaveLength(64);
  });

  it.each([
    ['en-US', 'en'],
    ['NB_no', 'nb'],
    ['zh-Hant-TW', 'zh'],
    [' fr ', 'fr'],
    ['english', 'und'],
    ['', 'und'],
    ['x'.repeat(1_000), 'und'],
  ])('reads the language %.20s as %s', (language, lang) => {
    expect(entry({}, language).lang).toBe(lang);
  });
});

describe('what is told beside the text', () => {
  it('is the dateline, which stays in the summary, and the agency it names', () => {
    const made = entry({ summary: 'KYIV, June 3 (Reuters) - The ship left.' });
    expect(made.summary).toBe('KYIV, June 3 (Reuters) - The ship left.');
    expect(made.dateline).toEqual({ place: 'KYIV', agency: 'Reuters', length: 25 });
    expect(made.summary.slice(made.dateline?.length)).toBe('The ship left.');
    expect(made.agency).toBe('Reuters');
    expect(entry({ title: null, summary: 'KYIV (AP) — The ship left.' }).title).toBe('The ship left.');
  });

  it('is the agency of a byline or a credit where the text names none', () => {
    expect(entry({ author: 'Ann Lee, Associated Press' }).agency).toBe('AP');
    expect(entry({ credits: ['© 2025 Reuters'] }).agency).toBe('Reuters');
    expect(entry({ summary: '(Reuters) - The ship left.', author: 'AFP' }).agency).toBe('Reuters');
    expect(entry({ summary: 'LONDON--(BUSINESS WIRE)--The yard delivers.' })).toMatchObject({
      agency: 'Business Wire',
      marks: ['press-release'],
    });
  });

  it('is left out where there is nothing to tell', () => {
    const made = entry({ summary: 'The ship left.', author: 'Ann Lee', categories: ['Navy'] });
    expect(Object.keys(made)).not.toEqual(expect.arrayContaining(['dateline']));
    expect([made.dateline, made.agency, made.marks]).toEqual([undefined, undefined, undefined]);
  });

  it('does not change by what an item is known', () => {
    const relative = entry({ id: 'https://example.org/t3_abc', guid: 't3_abc' });
    expect(relative.key).toBe(entry({ id: 't3_abc' }).key);
    expect(relative.key).toBe(entry({ id: 'https://moved.example/t3_abc', guid: 't3_abc' }).key);
  });

  it('loses lines of boilerplate before its end is looked at', () => {
    expect(entry({ summary: 'Share this article\nThe ship left.\nRead more' }).summary).toBe(
      'The ship left.',
    );
  });

  it('reads of a long text what is served of it, and the end of a shorter one', () => {
    const long = `${'The ship left. '.repeat(1_000)}Read more`;
    expect(entry({ summary: long }).summary).toBe(
      entry({ summary: 'The ship left. '.repeat(1_000) }).summary,
    );
    const padded = `${' \n'.repeat(4_000)}The ship left. Read more`;
    expect(entry({ summary: padded }).summary).toBe('The ship left.');
  });
});

describe('every entry', () => {
  const text = fc.option(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 3_000 }),
      fc.constant('https://example.org/\u0000'),
    ),
    { nil: null },
  );

  it('keeps to the bounds of the ingest message, whatever was parsed', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: text,
          title: text,
          link: text,
          published: fc.constant(null),
          updated: fc.constant(null),
          summary: text,
          content: text,
          author: text,
          categories: fc.array(fc.string({ unit: 'binary' })),
        }),
        (parsed) => {
          const made = entryFromParsed(parsed, { feedLanguage: 'en' });
          if ('rejected' in made) return;
          expect(made.title).not.toBe('');
          expect([...made.title].length).toBeLessThanOrEqual(512);
          expect([...made.summary].length).toBeLessThanOrEqual(1_000);
          for (const field of [made.title, made.summary, ...made.authors, ...made.categories]) {
            expect(field).not.toMatch(/[\0-\x1F\x7F-\x9F]|\p{Surrogate}/u);
            expect(field).toBe(field.trim());
          }
          expect(made.url ?? 'https://').toMatch(/^https?:\/\/[\x21-\x7E]*$/i);
        },
      ),
    );
  });

  it('is the same each time', () => {
    const parsed = { ...empty, title: 'T', link: 'https://example.org/1', summary: 's' };
    expect(entryFromParsed(parsed, { feedLanguage: 'en' })).toEqual(
      entryFromParsed({ ...parsed }, { feedLanguage: 'en' }),
    );
  });
});
