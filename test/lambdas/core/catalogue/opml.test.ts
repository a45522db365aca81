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
    const { catalogue, problems } = read(`<?xml version="1.0"?>
      <opml version="2.0"><head><title>x</title></head><body>
        <outline text="Folder"><outline text="Deep">
          <outline text="Café &amp; Défense" type="rss" xmlUrl="https://cafe.example/rss" htmlUrl="https://cafe.example/" language="fr"/>
        </outline></outline>
        <outline title="Two" text="ignored" xmlUrl='https://www.two.example/a?b=1&amp;c=2'></outline>
        <outline xmlUrl=https://two.example:8080/feed />
      </body></opml>`);
    expect(problems).toEqual([]);
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
    const { catalogue, problems } = read(
      '<opml><body>\n<outline text="a" xmlUrl="javascript:alert(1)"/>\n<outline text="b" type="rss"/>\n' +
        '<outline text="c" xmlUrl="https://u:p@c.example/"/>\n<outline text="d" xmlUrl="https://d.example/"/></body></opml>',
    );
    expect(catalogue.feeds.map((feed) => feed.title)).toEqual(['d']);
    expect(problems.map((problem) => problem.slice(0, 20))).toEqual([
      '2 outline: expected ',
      '3 outline: expected ',
      '4 outline: expected ',
    ]);
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
    expect(reading.ok).toBe(false);
    expect(reading.problems.join()).toMatch(reason);
  });

  test('refuses more feeds than a catalogue may have', () => {
    const rows = Array.from(
      { length: 20_001 },
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
