import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedFeed } from '../../../../lambdas/core/words/entry.ts';
import { parseFeed, type ParseResult } from '../../../../lambdas/core/parse/parse.ts';
import { parserCases } from '../../../fixtures/parser-cases.ts';
import { differences } from '../../../support/judge-parsed.ts';

const base = 'https://example.org/feed.xml';

function parse(document: string | Uint8Array, contentType: string | null = null): Promise<ParseResult> {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  return parseFeed({ bytes, contentType, base });
}

async function parsed(document: string | Uint8Array): Promise<ParsedFeed> {
  const result = await parse(document);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.parsed;
}

const rss = (body: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>${body}</channel></rss>`;
const withItem = (body: string): string => rss(`<item><title>T</title><guid>g</guid>${body}</item>`);

const codesOf = (feed: ParsedFeed): string[] => feed.problems.map(({ code }) => code);

describe('documents that parsers fail on', () => {
  it.each(parserCases.map((one) => [one.id, one] as const))('%s comes out as expected', async (_, one) => {
    const result = await parseFeed({
      bytes: one.bytes,
      contentType: one.contentType ?? null,
      base: one.base,
    });
    expect(differences(result, one.expect)).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('fixture pairs', () => {
  const root = path.join(import.meta.dirname, '../../../fixtures/feeds');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const documents = files.filter((file) => /\.(?:xml|json)$/.test(file) && !file.endsWith('.expected.json'));

  it('cover every format', () => {
    expect([...new Set(documents.map((file) => path.dirname(file)))].sort()).toEqual([
      'atom',
      'json',
      'rdf',
      'rss',
    ]);
  });

  it.each(documents.sort())('%s parses to its expected result', async (file) => {
    const bytes = readFileSync(path.join(root, file));
    const expected: unknown = JSON.parse(
      readFileSync(path.join(root, `${file.replace(/\.\w+$/, '')}.expected.json`), 'utf8'),
    );
    expect(JSON.parse(JSON.stringify(await parseFeed({ bytes, contentType: null, base })))).toEqual(expected);
  });
});

describe('refusals', () => {
  it.each([
    ['empty', ''],
    ['empty', ' \n\t'],
    ['not-a-feed', 'Service unavailable'],
    ['not-a-feed', '{"a":1}'],
    [
      'not-a-feed',
      '<urlset xmlns="http://www.google.com/schemas/sitemap/0.9"><url><loc>https://e.org</loc></url></urlset>',
    ],
    ['not-a-feed', '<opml version="2.0"><body><outline xmlUrl="https://e.org/feed"/></body></opml>'],
    [
      'not-a-feed',
      '<CHANNEL HREF="https://e.org/"><ITEM HREF="https://e.org/1"><TITLE>x</TITLE></ITEM></CHANNEL>',
    ],
    ['html', '<!doctype html><html><body><h1>Not found</h1></body></html>'],
    ['html', `<html>${'<p>x</p>'.repeat(100_000)}</html>`],
    ['malformed', '{"version":"https://jsonfeed.org/version/1.1","items":['],
    ['too-deep', '{"a":'.repeat(100_000)],
    ['too-deep', `<rss version="2.0"><channel>${'<a>'.repeat(100_000)}`],
    ['too-deep', withItem(`<description>${'<a>'.repeat(100_000)}</description>`)],
    ['too-deep', withItem('<a>'.repeat(100_000))],
  ])('says %s of a document that is it', async (code, document) => {
    const result = await parse(document);
    expect(result).toMatchObject({ ok: false, code });
  });

  it('names the kind of a document that is no feed', async () => {
    expect(await parse('<opml version="2.0"/>')).toMatchObject({
      message: expect.stringContaining('<opml>'),
    });
  });

  it('names the feeds that a page links to', async () => {
    const link = (type: string, href: string): string =>
      `<link rel="alternate" type="${type}" href="${href}">`;
    const page = `<!doctype html><html><head><title>x</title>${link('application/rss+xml', '/feed')}${link('application/atom+xml; charset=utf-8', 'https://other.example/atom')}${link('text/html', '/fr')}${link('application/rss+xml', 'javascript:alert(1)')}</head><body></body></html>`;
    expect(await parse(page)).toMatchObject({
      code: 'html',
      message: expect.stringContaining('https://example.org/feed'),
      feedLinks: ['https://example.org/feed', 'https://other.example/atom'],
    });
  });

  it('refuses bytes that are not UTF-8 under a charset nobody knows', async () => {
    const bytes = Buffer.concat([Buffer.from(rss('')), Buffer.from([0xe9, 0xfc])]);
    expect(await parse(bytes, 'text/xml; charset=x-bogus')).toMatchObject({ ok: false, code: 'charset' });
  });

  it('refuses a document of too many tags', async () => {
    expect(await parse(withItem('<category>a</category>'.repeat(500_000)))).toMatchObject({
      code: 'too-large',
    });
  });
});

describe('attacks on entities', () => {
  const bomb = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

  it('does not expand entities inside entities', async () => {
    const doctype = `<!DOCTYPE r [<!ENTITY l0 "lol">${bomb}]>`;
    const { entries } = await parsed(`${doctype}${withItem('<description>&l9;</description>')}`);
    expect(entries[0]?.summary).toBe('&l8;'.repeat(10));
  });

  it('does not expand an entity of more than 200 characters', async () => {
    const doctype = `<!DOCTYPE r [<!ENTITY big "${'A'.repeat(9_000)}">]>`;
    const { entries } = await parsed(
      doctype + withItem(`<description>${'&big;'.repeat(50_000)}</description>`),
    );
    expect(entries[0]?.summary).toBe('&big;'.repeat(50_000));
  });

  it('never reads what an external entity names', async () => {
    const doctype =
      '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>';
    const { entries } = await parsed(doctype + withItem('<description>&x;</description>'));
    expect(entries[0]?.summary).toBe('&x;');
  });

  it.each(['<!ENTITY lt "<script>">', '<!ENTITY l. "<img src=x>">'])(
    'keeps &lt; what it is after %s',
    async (declaration) => {
      const { entries } = await parsed(
        `<!DOCTYPE r [${declaration}]>${withItem('<description>5 &lt; 6</description>')}`,
      );
      expect(entries[0]?.summary).toBe('5 < 6');
    },
  );

  it('keeps references by the names of built-in properties as they are', async () => {
    const { entries } = await parsed(rss('<item><title>&__proto__; &constructor; &toString;</title></item>'));
    expect(entries[0]?.title).toBe('&__proto__; &constructor; &toString;');
  });

  it('replaces numbers that are no characters and keeps the entry', async () => {
    const { entries } = await parsed(
      rss('<item><title>a&#9999999;b&#xFFFFFF;c&#0;d&#xD800;e</title></item>'),
    );
    expect(entries[0]?.title).toBe('a\uFFFDb\uFFFDcd\uFFFDe');
  });

  it('honours a short entity of the internal subset', async () => {
    const { entries } = await parsed(
      `<!DOCTYPE r [<!ENTITY mod "Ministry of Defence">]>${withItem('<description>&mod; says</description>')}`,
    );
    expect(entries[0]?.summary).toBe('Ministry of Defence says');
  });
});

describe('floods', () => {
  // Each is a megabyte or more: a step that is quadratic in any of them would not end within the time limit of a test.
  const size = 1_000_000;
  it.each([
    ['unclosed comments', withItem('<!--'.repeat(size / 4))],
    ['one endless comment', withItem(`<!-- ${'a-'.repeat(size / 2)}`)],
    ['unclosed CDATA sections', withItem('<![CDATA['.repeat(size / 9))],
    ['brackets in CDATA', withItem(`<description><![CDATA[${']'.repeat(size)}`)],
    ['processing instructions', withItem('<?x y?>'.repeat(size / 7))],
    ['unclosed instructions', withItem('<?x'.repeat(size / 3))],
    ['document types', `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(5_000)}">]>`.repeat(200) + withItem('&a;')],
    ['unclosed document types', '<!DOCTYPE ['.repeat(size / 11) + withItem('')],
    ['ampersands', withItem(`<description>${'&'.repeat(size)}</description>`)],
    ['less-than signs', withItem(`<description>${'<'.repeat(size)}</description>`)],
    ['escaped tags without end', withItem(`<description>${'&lt;p '.repeat(size / 6)}</description>`)],
    ['open scripts', withItem(`<description><![CDATA[${'<script>'.repeat(size / 8)}]]></description>`)],
    [
      'quotes that do not pair',
      withItem(`<description><![CDATA[${'<a b=" > c=\' > '.repeat(size / 14)}]]></description>`),
    ],
    ['tags in unpaired quotes', withItem('<a b=" '.repeat(size / 7))],
    [
      'attributes',
      withItem(`<category ${Array.from({ length: 100_000 }, (_, i) => `a${i}="b"`).join(' ')}/>`),
    ],
    [
      'namespaces',
      withItem(`<category ${Array.from({ length: 50_000 }, (_, i) => `xmlns:a${i}="b"`).join(' ')}/>`),
    ],
    ['a giant name', withItem(`<${'a'.repeat(5_000_000)}>`)],
    ['a giant attribute', withItem(`<category term="${'a'.repeat(5_000_000)}"/>`)],
    ['end tags', withItem('</a>'.repeat(size / 4))],
    ['spaces', withItem(`<description>${' '.repeat(size)}x</description>`)],
    ['a giant date', withItem(`<pubDate>${'1 '.repeat(size)}</pubDate>`)],
    ['encoded words', withItem(`<description>${'=?utf-8?'.repeat(50_000)}</description>`)],
    ['a giant host', withItem(`<link>http://${'a.'.repeat(100_000)}</link>`)],
    ['unclosed titles', rss(`<item><title>T</title>${'<title'.repeat(size / 6)}`)],
  ])('reads on through %s and keeps the entry', async (_, document) => {
    const { entries } = await parsed(document);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.title).toBe('T');
  });

  it('joins CDATA shards', async () => {
    const { entries } = await parsed(
      withItem(`<description>${'<![CDATA[x]]>'.repeat(100_000)}</description>`),
    );
    expect(entries[0]?.summary).toBe('x'.repeat(100_000));
  });

  it('reads a million numeric references', async () => {
    const { entries } = await parsed(rss(`<item><title>${'&#65;'.repeat(1_000_000)}</title></item>`));
    expect(entries[0]?.title).toBe('A'.repeat(1_000_000));
  });

  it('keeps the first 2,000 entries without a date and counts the others as rejected', async () => {
    const feed = await parsed(
      rss(Array.from({ length: 20_000 }, (_, i) => `<item><guid>g${i}</guid></item>`).join('')),
    );
    expect(feed.entries).toHaveLength(2_000);
    expect(feed.entries[1_999]?.id).toBe('g1999');
    expect(feed.rejected).toBe(18_000);
    expect(codesOf(feed)).toContain('too-many-entries');
  });

  it('counts the surplus of entries that are never closed', async () => {
    const feed = await parsed(rss('<item><title>x</title>'.repeat(2_500)));
    expect([feed.entries.length, feed.rejected]).toEqual([2_000, 500]);
  });

  it('keeps twenty of a flood of categories, each at most 64 characters', async () => {
    const { entries } = await parsed(
      withItem(
        Array.from({ length: 500 }, (_, i) => `<category>${i}${'x'.repeat(10_000)}</category>`).join(''),
      ),
    );
    expect(entries[0]?.categories).toHaveLength(20);
    expect(Math.max(...(entries[0]?.categories.map((category) => category.length) ?? []))).toBe(64);
  });
});

describe('what one bad entry costs', () => {
  it('ignores an entry inside an entry', async () => {
    const feed = await parsed(
      rss('<item><title>A</title><item><title>B</title></item></item><item><title>C</title></item>'),
    );
    expect(feed.entries.map(({ title }) => title)).toEqual(['A', 'C']);
    expect(feed.problems).toEqual([{ code: 'nested-entry', message: expect.any(String), entry: 0 }]);
  });

  it.each([
    [
      'an entry in a description',
      '<item><title>A</title><description><item><title>B</title></item> x</description></item>',
    ],
    [
      'a feed in an entry',
      '<item><title>A</title><rss><channel><item><title>B</title></item></channel></rss></item>',
    ],
    [
      'an unknown element',
      '<item><title>A</title><x><title>B</title><link>https://example.org/2</link></x></item>',
    ],
  ])('reads nothing of the entry from %s', async (_, item) => {
    const feed = await parsed(rss(`${item}<item><title>C</title></item>`));
    expect(feed.entries.map(({ title, link }) => [title, link])).toEqual([
      ['A', null],
      ['C', null],
    ]);
  });

  it('keeps the entries behind one that is not closed', async () => {
    const feed = await parsed(
      rss('<item><title>A</title><item><title>B</title></item><item><title>C</title></item>'),
    );
    expect(feed.entries.map(({ title }) => title)).toEqual(['A', 'B', 'C']);
    expect(feed.problems).toMatchObject([{ code: 'unclosed-entry', entry: 0 }]);
  });

  it('keeps the entries behind an element of the feed that is not closed', async () => {
    const feed = await parsed(rss('<itunes:category text="a"><item><title>A</title></item>'));
    expect(feed.entries).toHaveLength(1);
  });

  it('keeps the next entry when a description is not closed', async () => {
    const feed = await parsed(rss('<item><description>a <b>b</item><item><title>B</title></item>'));
    expect(feed.entries.map(({ title, summary }) => [title, summary])).toEqual([
      [null, 'a b'],
      ['B', null],
    ]);
  });

  it('names the entry in which a truncated document ends and keeps no half address', async () => {
    const feed = await parsed(
      '<rss version="2.0"><channel><item><title>A</title></item><item><title>B</title><link>https://example.org/ne',
    );
    expect(feed.entries.map(({ title, link }) => [title, link])).toEqual([
      ['A', null],
      ['B', null],
    ]);
    expect(feed.problems).toMatchObject([{ code: 'truncated', entry: 1 }]);
  });

  it('notes a date and a link that cannot be read', async () => {
    const feed = await parsed(
      rss('<item><link>javascript:alert(1)</link><pubDate>yesterday</pubDate></item>'),
    );
    expect(feed.entries[0]).toMatchObject({ link: null, published: null });
    expect(codesOf(feed).sort()).toEqual(['bad-date', 'bad-link']);
  });

  it('does not take what stands behind the feed for a cut', async () => {
    const feed = await parsed(`${withItem('')}<!-- cached <p>x <title>y</title>`);
    expect([feed.entries.length, feed.feed.title, codesOf(feed)]).toEqual([1, 'F', []]);
  });

  it('reads a second document that follows the first', async () => {
    const feed = await parsed(withItem('') + rss('<item><title>B</title></item>'));
    expect(feed.entries.map(({ title }) => title)).toEqual(['T', 'B']);
    expect(codesOf(feed)).toEqual(['second-feed']);
  });

  it('finds the feed behind an error message of the server', async () => {
    const feed = await parsed(`<br />\n<b>Warning</b>: mysql in /x.php on line 3<br />\n${withItem('')}`);
    expect(feed.entries).toHaveLength(1);
    expect(codesOf(feed)).toContain('junk-before-feed');
  });
});

describe('links', () => {
  it.each([
    ['/a', 'https://example.org/a'],
    ['?a=1', 'https://example.org/feed.xml?a=1'],
    ['//other.example/a', 'https://other.example/a'],
    ['www.example.com/a', 'https://www.example.com/a'],
    ['\n  https://example.com/a\n', 'https://example.com/a'],
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['HTTP://Example.com/A', 'HTTP://Example.com/A'],
    ['https://example.com/?a=1&amp;b=2', 'https://example.com/?a=1&b=2'],
    ['mailto:ann@example.org', null],
    ['data:text/html,x', null],
    ['https://', null],
    [' ', null],
  ])('resolves %j', async (link, expected) => {
    const { entries } = await parsed(rss(`<item><title>T</title><link>${link}</link></item>`));
    expect(entries[0]?.link).toBe(expected);
  });

  it.each([
    ['https://other.example/x/', 'https://other.example/x/1'],
    ['//other.example/', 'https://other.example/1'],
    ['javascript:alert(1)//', 'https://example.org/1'],
  ])('resolves against an xml:base of %s', async (xmlBase, expected) => {
    const { entries } = await parsed(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="${xmlBase}"><entry><link href="1"/></entry></feed>`,
    );
    expect(entries[0]?.link).toBe(expected);
  });

  it('resolves against the site when the address of the feed is not known', async () => {
    const bytes = Buffer.from(rss('<link>https://site.example/</link><item><link>/a</link></item>'));
    expect(await parseFeed({ bytes, contentType: null, base: null })).toMatchObject({
      parsed: { entries: [{ link: 'https://site.example/a' }] },
    });
  });
});

describe('what comes out', () => {
  it('keeps identifiers that only look like numbers apart', async () => {
    const { entries } = await parsed(
      rss(['00012', '12', '1e3', '0x1F'].map((id) => `<item><guid>${id}</guid></item>`).join('')),
    );
    expect(entries.map(({ id }) => id)).toEqual(['00012', '12', '1e3', '0x1F']);
  });

  it('tells format, charset, language and pace of the feed', async () => {
    const channel =
      '<language>en-GB</language><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>';
    expect((await parsed(rss(channel))).feed).toEqual({
      title: 'F',
      link: null,
      language: 'en-GB',
      format: 'rss',
      charset: 'utf-8',
      ttlMinutes: 30,
    });
    expect((await parsed(rss('<ttl>90</ttl>'))).feed.ttlMinutes).toBe(90);
    expect((await parsed(rss(`${channel}<ttl>90</ttl>`))).hints).toEqual({
      ttlMinutes: 90,
      updatePeriodMinutes: 30,
    });
  });

  it('reads the same bytes to the same result, one document after and beside another', async () => {
    const documents = parserCases.map(({ bytes, base: caseBase }) => ({
      bytes,
      contentType: null,
      base: caseBase,
    }));
    const together = await Promise.all(documents.map(parseFeed));
    for (const [position, document] of documents.entries())
      expect(await parseFeed(document)).toEqual(together[position]);
  });

  const pieces = [
    '<rss version="2.0">',
    '<channel>',
    '<item>',
    '</item>',
    '<entry>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<title>',
    '</title>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&',
    '&#x',
    ';',
    '<',
    '>',
    '"',
    "'",
    '=',
    ' ',
    '<link href=',
    '<guid isPermaLink="false">',
    '<__proto__>',
    '<author>',
    '<name>',
    '</',
    '/>',
    'text',
    '\u0000',
    '\uD800',
    '{"items":[',
    '{',
    '}',
    ']',
    ',',
    '"id":',
    '1e999',
    '<content type="xhtml">',
    '<div>',
    '<?xml version="1.0" encoding="utf-16"?>',
    '<!DOCTYPE x [',
    '<!ENTITY a "b">',
  ];
  const hostile = fc.array(
    fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 5 })),
    { maxLength: 40 },
  );

  it('is strings and nulls only, whatever the document', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (parts) => {
        const result = await parse(parts.join(''));
        if (!result.ok) return;
        for (const { categories, authors, ...fields } of result.parsed.entries) {
          for (const value of Object.values(fields))
            expect(value === null || typeof value === 'string').toBe(true);
          for (const value of [...categories, ...(authors ?? [])]) expect(typeof value).toBe('string');
          const text = Object.values(fields).join('');
          expect(text).not.toMatch(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFFFE\uFFFF]|\p{Surrogate}/u);
          expect(fields.link ?? 'https://').toMatch(/^https?:/i);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is a value, never a throw, for any bytes and any Content-Type', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.option(fc.string()),
        async (bytes, contentType) => {
          const result = await parseFeed({ bytes, contentType, base: null });
          expect(typeof result.ok).toBe('boolean');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is what a cut document gives too, at any cut', async () => {
    const whole = Buffer.from(
      withItem(
        '<description><![CDATA[<p>a</p>]]></description><link>https://example.org/1</link><category>ż</category>',
      ),
    );
    for (let end = 0; end <= whole.length; end += 1) {
      const result = await parse(whole.subarray(0, end));
      if (result.ok)
        expect([null, 'https://example.org/1']).toContain(result.parsed.entries[0]?.link ?? null);
    }
  });
});
