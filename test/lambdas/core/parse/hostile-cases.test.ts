import { describe, expect, it } from 'vitest';
import type { Entry, ParsedFeed } from '../../../../lambdas/core/words/entry.ts';
import { entryFromParsed } from '../../../../lambdas/core/parse/entry-from-parsed.ts';
import { feedDate } from '../../../../lambdas/core/parse/feed-dates.ts';
import { entriesMax } from '../../../../lambdas/core/parse/newest-entries.ts';
import { parseFeed, type ParseResult } from '../../../../lambdas/core/parse/parse.ts';

// The cases of the hostile list that concern parsing, by their ids there. Each says what became of the document.
const base = 'https://example.org/feed.xml';
const bytesOf = (document: string | Uint8Array): Uint8Array =>
  typeof document === 'string' ? Buffer.from(document) : document;

async function parsed(document: string | Uint8Array, contentType: string | null = null): Promise<ParsedFeed> {
  const result = await parseFeed({ bytes: bytesOf(document), contentType, base });
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.parsed;
}

const refusal = async (document: string | Uint8Array, contentType: string | null = null): Promise<string> => {
  const result: ParseResult = await parseFeed({ bytes: bytesOf(document), contentType, base });
  return result.ok ? `${result.parsed.entries.length} entries` : result.code;
};

async function served(document: string): Promise<Entry> {
  const item = (await parsed(document)).entries[0];
  const entry = item === undefined ? null : entryFromParsed(item, { feedLanguage: 'en' });
  if (entry === null || 'rejected' in entry) throw new Error('Expected an entry.');
  return entry;
}

const rss = (body: string): string =>
  `<rss version="2.0"><channel><title>F</title><link>https://example.org/</link>${body}</channel></rss>`;
const item = (body: string): string => rss(`<item><title>T</title><guid>g</guid>${body}</item>`);
const repeat = (part: string, times: number): string => part.repeat(times);
const numbered = (times: number, part: (n: number) => string): string =>
  Array.from({ length: times }, (_, n) => part(n)).join('');
const withDoctype = (subset: string, body: string): string => `<!DOCTYPE r [${subset}]>${item(body)}`;

/** The summary, which is what a reader would be shown of it. */
const summaryOf = async (document: string): Promise<string | null> =>
  (await parsed(document)).entries[0]?.summary ?? null;
const titleOf = async (document: string): Promise<string | null> =>
  (await parsed(document)).entries[0]?.title ?? null;

const levels = numbered(9, (n) => `<!ENTITY l${n + 1} "${repeat(`&l${n};`, 10)}">`);

/** Case, what becomes of it in words, and that outcome found and expected. */
const cases: readonly (readonly [string, string, () => Promise<unknown>, unknown])[] = [
  [
    'X01',
    'entities inside entities are not followed',
    () => summaryOf(withDoctype(`<!ENTITY l0 "lol">${levels}`, '<description>&l9;</description>')),
    repeat('&l8;', 10),
  ],
  [
    'X02',
    'an entity of more than 200 characters is not declared',
    () =>
      summaryOf(
        withDoctype(
          `<!ENTITY big "${repeat('A', 9_000)}">`,
          `<description>${repeat('&big;', 50_000)}</description>`,
        ),
      ),
    repeat('&big;', 50_000),
  ],
  [
    'X03',
    'an external entity stays a reference',
    () => summaryOf(withDoctype('<!ENTITY x SYSTEM "file:///etc/passwd">', '<description>&x;</description>')),
    '&x;',
  ],
  [
    'X04',
    'parameter entities are ignored',
    () => titleOf(withDoctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;', '')),
    'T',
  ],
  [
    'X05',
    'a million numeric references are read and the title capped',
    async () =>
      [...(await served(rss(`<item><title>${repeat('&#65;', 1_000_000)}</title></item>`))).title].length,
    512,
  ],
  [
    'X06',
    'references out of range become U+FFFD and the entry is kept',
    () => titleOf(rss('<item><title>a&#9999999;b&#xFFFFFF;c&#0;d&#xD800;e</title></item>')),
    'a\uFFFDb\uFFFDcd\uFFFDe',
  ],
  [
    'X07',
    'an entity name of pattern characters changes no other one',
    () => summaryOf(withDoctype('<!ENTITY l. "<img src=x>">', '<description>5 &lt; 6</description>')),
    '5 < 6',
  ],
  [
    'X08',
    'predefined entities cannot be redefined',
    () => summaryOf(withDoctype('<!ENTITY lt "<script>">', '<description>5 &lt; 6</description>')),
    '5 < 6',
  ],
  [
    'X09',
    'two thousand document types are passed over',
    () => titleOf(repeat(`<!DOCTYPE r [<!ENTITY a "${repeat('x', 5_000)}">]>`, 2_000) + item('')),
    'T',
  ],
  [
    'X10',
    'elements named after prototypes are ignored',
    async () => [
      await titleOf(
        item(
          '<__proto__><polluted>1</polluted></__proto__><constructor><prototype>x</prototype></constructor>',
        ),
      ),
      Reflect.get({}, 'polluted'),
    ],
    ['T', undefined],
  ],
  [
    'X12',
    'references named after built-in properties stay as they are',
    () => titleOf(rss('<item><title>&__proto__; &constructor; &toString;</title></item>')),
    '&__proto__; &constructor; &toString;',
  ],
  ['X13', 'a depth of 100,000 is refused', () => refusal(item(repeat('<a>', 100_000))), 'too-deep'],
  ['X14', 'a million open tags are refused', () => refusal(item(repeat('<a>', 1_000_000))), 'too-deep'],
  [
    'X15',
    'of 100,000 attributes the first 64 count',
    async () =>
      (await parsed(item(`<category ${numbered(100_000, (n) => `a${n}="b" `)}/>`))).problems[0]?.code,
    'too-many-attributes',
  ],
  [
    'X16',
    'of 50,000 namespaces the first few count',
    () => titleOf(item(`<category ${numbered(50_000, (n) => `xmlns:a${n}="b" `)}/>`)),
    'T',
  ],
  [
    'X17',
    'a name of 5 MB and an attribute of 10 MB are passed over',
    async () => [
      await titleOf(item(`<${repeat('a', 5_000_000)}>`)),
      await titleOf(item(`<category term="${repeat('a', 10_000_000)}"/>`)),
    ],
    ['T', 'T'],
  ],
  [
    'X18',
    'a title of 10 MB is cut to 512 code points between graphemes',
    async () => (await served(rss(`<item><title>${repeat('👩‍👩‍👧‍👦', 900_000)}</title></item>`))).title,
    `${repeat('👩‍👩‍👧‍👦', 73)}…`,
  ],
  [
    'X19',
    'CDATA shards are joined',
    () => summaryOf(item(`<description>${repeat('<![CDATA[x]]>', 300_000)}</description>`)),
    repeat('x', 300_000),
  ],
  [
    'X20',
    'comments are passed over, closed or not',
    async () => [
      await titleOf(item(repeat('<!-- a -->', 500_000))),
      await titleOf(item(`<!-- ${repeat('a-', 2_500_000)}`)),
    ],
    ['T', 'T'],
  ],
  [
    'X21',
    'five million brackets in an open CDATA section are text',
    async () => (await summaryOf(item(`<description><![CDATA[${repeat(']', 5_000_000)}`)))?.length,
    // The end tags are inside the section, which never ends; as HTML they are nothing.
    5_000_000,
  ],
  [
    'X23',
    'processing instructions are passed over',
    () => titleOf(`<?xml-stylesheet href="http://127.0.0.1/x.xsl"?>${item(repeat('<?x y?>', 300_000))}`),
    'T',
  ],
  [
    'X25',
    'a lone surrogate becomes U+FFFD',
    () => titleOf('{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a\\ud800b"}]}'),
    'a\uFFFDb',
  ],
  [
    'X26',
    'of a cut document the whole items are kept and the cut one is named',
    async () => {
      const whole = rss(numbered(30, (n) => `<item><title>T${n}</title><guid>${n}</guid></item>`));
      const { entries, problems } = await parsed(whole.slice(0, Math.floor(whole.length * 0.6)));
      return [problems.map(({ code, entry }) => [code, entry]), entries.length];
    },
    [[['truncated', 17]], 18],
  ],
  [
    'X27',
    'a stray ampersand is an ampersand',
    () => titleOf(rss('<item><title>AT&T wins</title></item>')),
    'AT&T wins',
  ],
  [
    'X28',
    'HTML entities need no declaration',
    () => titleOf(rss('<item><title>a&nbsp;b &mdash; caf&eacute;</title></item>')),
    'a b — café',
  ],
  [
    'X29',
    'an undeclared prefix means the usual vocabulary',
    async () => (await parsed(item('<dc:creator>Ann</dc:creator>'))).entries[0]?.author,
    'Ann',
  ],
  [
    'X30',
    'of 200,000 items the newest 2,000 are kept and the others counted',
    async () => {
      const date = (n: number): string => new Date(1_600_000_000_000 + n * 60_000).toISOString();
      const { entries, rejected } = await parsed(
        rss(numbered(200_000, (n) => `<item><guid>${n}</guid><pubDate>${date(n)}</pubDate></item>`)),
      );
      return [entries.length, entries[0]?.id, entries[entriesMax - 1]?.id, rejected];
    },
    [entriesMax, '198000', '199999', 198_000],
  ],
  [
    'X31',
    'an unknown charset is refused, a wrong one overruled by valid UTF-8',
    async () => [
      await refusal(
        Buffer.concat([Buffer.from(item('')), Buffer.from([0xe9, 0xfc])]),
        'text/xml; charset=x-bogus',
      ),
      (await parsed(rss('<item><title>żółw</title></item>'), 'text/xml; charset=iso-8859-1')).entries[0]
        ?.title,
      (await parsed(Buffer.from(`\uFEFF\uFEFF${rss('<item><title>ż</title></item>')}`, 'utf16le'))).entries[0]
        ?.title,
    ],
    ['charset', 'żółw', 'ż'],
  ],
  [
    'X35',
    'JSON is bounded in depth and has no effect on prototypes',
    async () => [
      await refusal(`{"items":${repeat('[', 100_000)}`),
      (
        await parsed('{"__proto__":{"polluted":1},"items":[{"id":1e400,"title":"A","title":"B"}]}')
      ).entries.map(({ id, title }) => [id, title]),
      Reflect.get({}, 'polluted'),
    ],
    ['too-deep', [[null, 'B']], undefined],
  ],
  [
    'X36',
    'formats in a wrong container are read, other documents refused',
    async () => [
      await refusal(
        '<feed xmlns="http://www.w3.org/2005/Atom"><rss><channel><item><title>A</title></item></channel></rss></feed>',
      ),
      await refusal(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item><title>A</title></item></rdf:RDF>',
      ),
      await refusal(
        `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">${item('')}`,
      ),
      await refusal('<CHANNEL HREF="https://e.example/"><ITEM HREF="https://e.example/1"/></CHANNEL>'),
      await refusal(
        '<urlset xmlns="http://www.google.com/schemas/sitemap/0.9"><url><loc>https://e.example</loc></url></urlset>',
      ),
      await refusal('<opml version="2.0"><body><outline xmlUrl="https://e.example/feed"/></body></opml>'),
    ],
    ['1 entries', '1 entries', '1 entries', 'not-a-feed', 'not-a-feed', 'not-a-feed'],
  ],
  [
    'X37',
    'dates are a time or null',
    async () =>
      [
        'Tue, 02 Jan 24 03:04:05 GMT',
        'tue, 02 jan 2024 03:04:05 gmt',
        'Tue, 02 Jan 2024 03:04:05 +9999',
        '32 Foo 2024',
        'Tue, 02 Jan 2024 24:00:00 GMT',
        '2024-W01-2',
        '1704164645000',
        'mardi 2 janvier 2024 03:04',
        repeat('1 ', 1_000_000),
      ].map(feedDate),
    [
      '2024-01-02T03:04:05.000Z',
      '2024-01-02T03:04:05.000Z',
      null,
      null,
      '2024-01-03T00:00:00.000Z',
      '2024-01-02T00:00:00.000Z',
      '2024-01-02T03:04:05.000Z',
      '2024-01-02T03:04:00.000Z',
      null,
    ],
  ],
  [
    'X38',
    'identifiers that look like numbers stay apart',
    async () =>
      (
        await parsed(
          rss(['00012', '12', '1e3', '0x1F'].map((id) => `<item><guid>${id}</guid></item>`).join('')),
        )
      ).entries.map(({ id }) => id),
    ['00012', '12', '1e3', '0x1F'],
  ],
  [
    'X39',
    'an xml:base that is no web address is ignored, any other one resolves',
    async () => {
      const link = async (xmlBase: string) =>
        (
          await parsed(
            `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="${xmlBase}"><entry><link href="1"/></entry></feed>`,
          )
        ).entries[0]?.link;
      return [
        await link('javascript:alert(1)//'),
        await link('//evil.example/'),
        await link('http://127.0.0.1/'),
      ];
    },
    // Where a link leads is the reader's business; only fetching is guarded, and nothing fetches it.
    ['https://example.org/1', 'https://evil.example/1', 'http://127.0.0.1/1'],
  ],
  [
    'X40',
    'links without a scheme are resolved or dropped',
    async () => {
      const link = async (text: string) =>
        (await parsed(rss(`<item><title>T</title><link>${text}</link></item>`))).entries[0]?.link;
      return [
        await link('www.example.com/x'),
        await link('//host.example/x'),
        await link('/x'),
        await link('?x'),
        await link(' '),
        await link('https://example.org/a\nb'),
      ];
    },
    [
      'https://www.example.com/x',
      'https://host.example/x',
      'https://example.org/x',
      'https://example.org/feed.xml?x',
      null,
      'https://example.org/a%20b',
    ],
  ],
  [
    'X42',
    'of 500 categories of 10 KB twenty are kept, each of 64 characters',
    async () => {
      const { categories } = await served(
        item(numbered(500, (n) => `<category>${n}${repeat('x', 10_000)}</category>`)),
      );
      return [categories.length, Math.max(...categories.map((category) => category.length))];
    },
    [20, 64],
  ],
  [
    'X43',
    'texts that hang patterns come through every function',
    async () => {
      const texts = [
        repeat(' ', 1_000_000),
        `http://${repeat('a.', 100_000)}`,
        repeat('&lt;', 100_000),
        repeat('=?utf-8?', 50_000),
      ];
      const entries = await Promise.all(
        texts.map((text) =>
          served(
            rss(
              `<item><title>T${text}</title><link>${text}</link><author>${text}</author><category>${text}</category><pubDate>${text}</pubDate><description>${text}</description></item>`,
            ),
          ),
        ),
      );
      return entries.map(({ title }) => title.charAt(0));
    },
    ['T', 'T', 'T', 'T'],
  ],
  [
    'X44',
    'bytes that came one at a time give the same result',
    async () => {
      const bytes = Buffer.from(item('<description><![CDATA[żółw]]></description>'));
      return (
        JSON.stringify(await parsed(Buffer.concat([...bytes].map((byte) => Buffer.of(byte))))) ===
        JSON.stringify(await parsed(bytes))
      );
    },
    true,
  ],
  [
    'X45',
    'an item inside an item is ignored',
    async () =>
      (
        await parsed(
          rss('<item><title>A</title><item><title>B</title></item></item><item><title>C</title></item>'),
        )
      ).entries.map(({ title }) => title),
    ['A', 'C'],
  ],
  [
    'X46',
    'the bound on entries is a constant, never nothing',
    async () => [
      entriesMax,
      (await parsed(rss(repeat('<item><title>x</title></item>', entriesMax + 1)))).entries.length,
    ],
    [2_000, 2_000],
  ],
  [
    'S20',
    'deep and large HTML is text within bounds',
    async () => [
      await refusal(item(`<description>${repeat('<div>', 600)}x</description>`)),
      (await served(item(`<description><![CDATA[${repeat('<div>', 600)}x]]></description>`))).summary,
      (await served(item(`<description><![CDATA[${repeat('<b>y</b>', 600_000)}]]></description>`))).summary
        .length,
    ],
    ['too-deep', 'x', 1_000],
  ],
  [
    'S21',
    'markup in title, author and category is plain text',
    async () => {
      const { title, authors, categories } = await served(
        rss(
          '<item><title>a &lt;img src=x onerror=alert(1)&gt; b</title><author>&lt;svg onload=alert(1)&gt; Ann</author><category>"&gt;&lt;script&gt;</category></item>',
        ),
      );
      return [title, authors, categories];
    },
    // Names and labels are no HTML: what stands there is what is shown, escaped when it is rendered.
    ['a b', ['<svg onload=alert(1)> Ann'], ['"><script>']],
  ],
  [
    'S22',
    'characters that hide or turn text are taken out',
    async () =>
      (await served(rss('<item><title>\u202Egnp.exe\u2066 F\u200B-\u206035 \uFEFFx</title></item>'))).title,
    'gnp.exe F-35 x',
  ],
];

describe('hostile cases', () => {
  it.each(cases)('%s: %s', async (_id, _outcome, found, expected) => {
    expect(await found()).toEqual(expected);
  });
});
