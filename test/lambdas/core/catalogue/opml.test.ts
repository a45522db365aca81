import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../../../lambdas/core/words/feed.ts';
import {
  opmlLimits,
  opmlOfCatalogue,
  readOpml,
  renderOpml,
} from '../../../../lambdas/core/catalogue/opml.ts';

const read = (text: string) => {
  const reading = readOpml(text);
  if (!reading.ok) throw new Error(reading.problems.join());
  return reading;
};
const about = { topicFeeds: [], title: 'List', dateCreated: '2026-03-01T12:00:00.000Z' };

describe('readOpml', () => {
  test('flattens folders and gives each feed an id, a source and what OPML cannot say', () => {
    const { catalogue, refused, repaired } = read(`<?xml version="1.0"?>
      <opml version="2.0"><head><title>x</title></head><body>
        <outline text="Folder"><outline text="Deep">
          <outline text="Café &amp; Défense" type="rss" xmlUrl="https://cafe.example/rss" htmlUrl="https://cafe.example/" language="fr"/>
        </outline></outline>
        <outline title="Two" text="ignored" xmlUrl='https://www.two.example/a?b=1&amp;c=2'></outline>
        <outline xmlUrl=https://two.example:8080/feed />
      </body></opml>`);
    expect(refused).toEqual([]);
    expect(repaired).toEqual([{ line: 7, reason: 'expected xmlurl to have a value in quotes' }]);
    expect(catalogue.feeds).toEqual([
      {
        id: 'cafe-defense',
        url: 'https://cafe.example/rss',
        title: 'Café & Défense',
        language: 'fr',
        source: 'site-cafe-example',
        country: 'INT',
        kind: 'general',
      },
      {
        id: 'two',
        url: 'https://www.two.example/a?b=1&c=2',
        title: 'Two',
        language: 'en',
        source: 'site-two-example',
        country: 'INT',
        kind: 'general',
      },
      {
        id: 'two-example',
        url: 'https://two.example:8080/feed',
        title: 'two.example',
        language: 'en',
        source: 'site-two-example-8080',
        country: 'INT',
        kind: 'general',
      },
    ]);
    expect(catalogue.sources.map(({ id, url }) => [id, url])).toEqual([
      ['site-cafe-example', 'https://cafe.example/'],
      ['site-two-example', 'https://www.two.example/'],
      ['site-two-example-8080', 'https://two.example:8080/'],
    ]);
  });

  test('leaves out rows that cannot be used, names their lines, and keeps the rest', () => {
    const { catalogue, refused, refusedCount } = read(
      '<opml><body>\n<outline text="a" xmlUrl="javascript:alert(1)"/>\n<outline text="b" type="rss"/>\n' +
        '<outline text="c" xmlUrl="https://u:p@c.example/"/>\n<outline text="d" xmlUrl="https://d.example/"/></body></opml>',
    );
    expect(catalogue.feeds.map((feed) => feed.title)).toEqual(['d']);
    expect(refused.map(({ line, reason }) => [line, reason.slice(0, 16)])).toEqual([
      [2, 'expected an http'],
      [3, 'expected an xmlU'],
      [4, 'expected an http'],
    ]);
    expect(refusedCount).toBe(3);
  });

  test('merges an address that comes twice and tells equal titles apart', () => {
    const row = (title: string, url: string) => `<outline text="${title}" xmlUrl="${url}"/>`;
    const rows = ['https://a.example/1', 'HTTPS://A.example/1', 'https://a.example/2', 'https://a.example/3'];
    const { catalogue } = read(
      `<opml>${rows.map((url) => row('News', url)).join('')}${row('News 2', 'https://b.example/')}</opml>`,
    );
    expect(catalogue.feeds.map((feed) => feed.id)).toEqual(['news', 'news-2', 'news-3', 'news-2-2']);
  });

  test('skips comments, CDATA and document types, and expands no entity of the document', () => {
    const { catalogue } = read(
      '<!DOCTYPE opml [<!ENTITY x "https://evil.example/"> ]><opml><!-- <outline xmlUrl="https://c.example/"/> -->' +
        '<![CDATA[<outline xmlUrl="https://d.example/"/>]]><outline text="&x;" xmlUrl="https://a.example/&x;"/></opml>',
    );
    expect(catalogue.feeds.map(({ title, url }) => [title, url])).toEqual([['&x;', 'https://a.example/&x;']]);
  });

  test.each([
    ['a file over the bound', `<opml>${' '.repeat(opmlLimits.bytesMax)}`, /bytes/],
    ['folders without end', `<opml>${'<outline text="x">'.repeat(40)}`, /folders/],
    ['what is no OPML', '<html><body>Not found</body></html>', /no opml element/],
    ['nothing', '', /no opml element/],
  ])('refuses %s', (_, text, reason) => {
    const reading = readOpml(text);
    expect(reading.ok ? 'read' : reading.problems.join()).toMatch(reason);
  });

  const row = (id: string) => `<outline text="${id}" xmlUrl="https://${id}.example/"/>`;
  test.each([
    ['cut off behind a row', `<opml><body>\n${row('a')}\n`, /^2 opml: .*cut off/],
    [
      'cut off in a row',
      `<opml><body>\n${row('a')}\n<outline text="b" xmlUrl="https://b.`,
      /^3 outline: .*cut off/,
    ],
    [
      'cut off in a comment',
      `<opml><body>${row('a')}\n<!-- ${row('b')}</body></opml>`,
      /^2 a comment: .*cut off/,
    ],
    [
      'cut off in a folder',
      `<opml><body>\n<outline text="f">\n${row('a')}`,
      /^2 outline: expected <\/outline>/,
    ],
    [
      'with a folder that is not closed',
      `<opml>\n<outline text="f">${row('a')}</opml>`,
      /^2 outline: expected <\/outline>/,
    ],
    ['with an end too many', `<opml>${row('a')}\n</outline></opml>`, /^2 outline: expected no <\/outline>/],
    [
      'with a quote that is not closed',
      `<opml>\n<outline text="a" xmlUrl="https://a.example/>\n${row('b')}</opml>`,
      /^2 outline: expected a closing quote/,
    ],
    [
      'with a tag that is not closed',
      `<opml>\n<outline text="a" ${row('b')}</opml>`,
      /^2 outline: expected > before/,
    ],
  ])('refuses a list %s and names the line', (_, text, reason) => {
    const reading = readOpml(text);
    expect(reading.ok ? 'read' : reading.problems.join()).toMatch(reason);
  });

  test('a list that is cut anywhere is refused, whatever it holds', () => {
    const rows = Array.from({ length: 5 }, (_, n) => row(`h${n}`)).join('\n');
    const whole = `<?xml version="1.0"?>\n<opml version="2.0"><body><outline text="f">\n${rows}</outline></body></opml>`;
    expect(readOpml(whole).ok).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(readOpml(whole.slice(0, length)).ok).toBe(false);
      }),
    );
  });

  test('decodes character references and the names of HTML, and reads a bare ampersand', () => {
    const { catalogue, repaired } = read(
      '<opml><outline text="Caf&eacute;&nbsp;&#8211; &lt;b&gt;" xmlUrl="https://a.example/?a=1&b=2&amp;c=3"/></opml>',
    );
    expect(catalogue.feeds.map(({ title, url }) => [title, url])).toEqual([
      ['Café – <b>', 'https://a.example/?a=1&b=2&c=3'],
    ]);
    expect(repaired).toEqual([{ line: 1, reason: 'expected &amp; in xmlurl, got &' }]);
  });

  test('counts rows that it has already and keeps a hundred reasons of many', () => {
    const bad = '<outline xmlUrl="ftp://x"/>\n'.repeat(250);
    const { repeats, refused, refusedCount } = read(`<opml>${row('a')}${row('a')}${bad}</opml>`);
    expect([repeats, refused.length, refusedCount]).toEqual([1, 100, 250]);
  });

  test('entities that multiply are not expanded', () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
      '',
    );
    const { catalogue } = read(
      `<!DOCTYPE opml [<!ENTITY l0 "ha">${laughs}]><opml><outline text="&l9;" xmlUrl="https://a.example/"/></opml>`,
    );
    expect(catalogue.feeds[0]?.title).toBe('&l9;');
  });

  test('refuses more feeds than a catalogue may have', () => {
    const rows = Array.from(
      { length: opmlLimits.feedsMax + 1 },
      (_, n) => `<outline text="Same" xmlUrl="http://h.example/${n}"/>`,
    );
    expect(readOpml(`<opml>${rows.join('')}</opml>`)).toMatchObject({ ok: false });
  });

  test('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      '=',
      '<opml>',
      '<outline ',
      'xmlUrl=',
      'http://a/',
      '&#x110000;',
      '<!',
      '[',
      ']]>',
      '/',
      ' ',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(typeof readOpml(pieces.join('')).ok).toBe('boolean');
      }),
    );
  });
});

describe('renderOpml', () => {
  const catalogue: Catalogue = {
    sources: [{ id: 's', title: 'S', url: 'https://s.example/', country: 'SE', kind: 'trade' }],
    feeds: [
      {
        id: 'f',
        url: 'https://s.example/f?a=1&b=2',
        title: '"Q" <b>&\u0000\u000b',
        source: 's',
        country: 'SE',
        language: 'sv',
        kind: 'trade',
      },
    ],
  };

  test('writes OPML 2.0 that an XML reader accepts', () => {
    const topicFeeds = [{ title: 'Submarines', url: 'https://wire.example/topics/sea.submarines.rss' }];
    const text = renderOpml(opmlOfCatalogue(catalogue, { ...about, topicFeeds }));
    expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>List</title>
    <dateCreated>Sun, 01 Mar 2026 12:00:00 GMT</dateCreated>
  </head>
  <body>
    <outline text="Topics">
      <outline text="Submarines" type="rss" xmlUrl="https://wire.example/topics/sea.submarines.rss"/>
    </outline>
    <outline text="Sources">
      <outline text="&quot;Q&quot; &lt;b&gt;&amp;" type="rss" xmlUrl="https://s.example/f?a=1&amp;b=2" htmlUrl="https://s.example/" language="sv"/>
    </outline>
  </body>
</opml>
`);
  });

  test('leaves out a creation time that is none', () => {
    expect(renderOpml({ title: 'x', dateCreated: '', outlines: [] })).not.toContain('dateCreated');
  });

  test('what is written reads back with the same addresses, titles and languages', () => {
    const title = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => /[a-z]/.test(text));
    const feeds = fc.uniqueArray(
      fc.record({
        title,
        path: fc.webPath().filter((text) => !text.startsWith('//')),
        language: fc.constantFrom('en', 'ko'),
      }),
      {
        selector: ({ path }) => path,
      },
    );
    fc.assert(
      fc.property(feeds, (rows) => {
        const written = rows.map(({ title: text, path, language }) => ({
          text,
          language,
          xmlUrl: new URL(path, 'https://h.example').href,
        }));
        const { catalogue: back } = read(renderOpml({ title: 'x', dateCreated: '', outlines: written }));
        const addresses = [...new Set(written.map((row) => row.xmlUrl))];
        expect(back.feeds.map((feed) => feed.url)).toEqual(addresses);
        expect(back.feeds.map((feed) => feed.language)).toEqual(
          addresses.map((url) => written.find((row) => row.xmlUrl === url)?.language),
        );
      }),
    );
  });
});
