import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feedLinks } from '../../../../lambdas/core/check/feed-links.ts';

const page = 'https://site.example/news/index.html';
const urls = (html: string, base = page) => feedLinks(html, base).map((link) => link.url);
const link = (href: string, more = '') =>
  `<link rel="alternate" type="application/rss+xml" href="${href}" ${more}>`;

describe('feedLinks', () => {
  test('gives address, type and title of the feeds a page names, in its order', () => {
    const html = `<!DOCTYPE html><html><head>
      <LINK REL='Alternate' TYPE="application/rss+xml; charset=utf-8" TITLE=" News &amp;\n views " HREF=/feed?a=1&amp;b=2>
      <link href="atom.xml" type="application/atom+xml" rel="home alternate" />
      <link rel="alternate" type="application/feed+json" href="//cdn.example/feed.json#top"></head>`;
    expect(feedLinks(html, page)).toEqual([
      { url: 'https://site.example/feed?a=1&b=2', type: 'application/rss+xml', title: 'News & views' },
      { url: 'https://site.example/news/atom.xml', type: 'application/atom+xml', title: '' },
      { url: 'https://cdn.example/feed.json', type: 'application/feed+json', title: '' },
    ]);
  });

  test('names no style sheet, translation, sitemap or WordPress interface', () => {
    const others = [
      '<link rel="stylesheet" type="text/css" href="/x.css">',
      '<link rel="alternate" hreflang="fr" href="/fr/">',
      '<link rel="sitemap" type="application/xml" href="/sitemap.xml">',
      '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">',
      '<link rel="alternate" type="application/json+oembed" href="/oembed">',
      '<a rel="alternate" type="application/rss+xml" href="/a">feed</a>',
      '</link rel="alternate" type="application/rss+xml" href="/closed">',
    ];
    expect(urls(others.join('\n'))).toEqual([]);
  });

  test('puts feeds of comments last', () => {
    const html =
      link('/comments/feed/', 'title="Site » Comments Feed"') + link('/feed/', 'title="Site » Feed"');
    expect(urls(html)).toEqual(['https://site.example/feed/', 'https://site.example/comments/feed/']);
  });

  test('honours the first base, wherever the page says it is', () => {
    expect(urls(`<base href="/a/"><base href="/b/">${link('f.xml')}`)).toEqual([
      'https://site.example/a/f.xml',
    ]);
    expect(urls(`<base href="http://[">${link('f.xml')}`)).toEqual(['https://site.example/news/f.xml']);
  });

  test('reads feed: addresses as what they stand for, and drops what is no http(s) address', () => {
    const hrefs = [
      'feed://f.example/1',
      'feed:https://f.example/2',
      'javascript:alert(1)',
      'data:text/xml,x',
      '',
      'https://u:p@f.example/',
    ];
    expect(urls(hrefs.map((href) => link(href)).join(''))).toEqual([
      'http://f.example/1',
      'https://f.example/2',
    ]);
  });

  test('skips comments, scripts, styles and other raw text', () => {
    const hidden = [
      '<!--',
      '-->',
      '<script>',
      '</SCRIPT >',
      '<style>',
      '</style>',
      '<textarea>',
      '</textarea>',
    ];
    const html = [0, 2, 4, 6].map((at) => `${hidden[at]}${link(`/${at}`)}${hidden[at + 1]}`).join('');
    expect(urls(html + link('/seen'))).toEqual(['https://site.example/seen']);
  });

  test('says each address once, at most twenty, and none that is too long', () => {
    const many = Array.from({ length: 50 }, (_, n) => link(`/${n}`).repeat(2)).join('');
    expect(urls(link(`/${'x'.repeat(3_000)}`) + many)).toHaveLength(20);
  });

  test.each([
    ['quotes', '<link rel="'],
    ['comments', '<!--'],
    ['scripts', '<script>'],
    ['angles', '<'],
    ['attributes', '<link a='],
    ['declarations', '<![x['],
  ])('ends on a page full of open %s', (_, piece) => {
    expect(urls(piece.repeat(300_000))).toEqual([]);
  });

  test('never throws and gives absolute http(s) addresses only', () => {
    const piece = fc.constantFrom(
      '<link ',
      'rel=alternate ',
      'type=text/xml ',
      'href=',
      '"',
      "'",
      '>',
      '/',
      '//',
      'x:',
      '<!--',
      '&#0;',
      '\ud800',
      ' ',
      '<base href=//[',
      'http://a.example',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const url of urls(pieces.join(''))) expect(url).toMatch(/^https?:\/\/[^/]/);
      }),
    );
  });
});
