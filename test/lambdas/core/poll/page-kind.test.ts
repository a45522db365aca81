import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageKind } from '../../../../lambdas/core/poll/page-kind.ts';

const kindOf = (text: string) => pageKind(Buffer.from(text, 'utf8'));
const page = (body: string, title = 'News') =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${body}</body></html>`;
const filler = '<p>Long article text.</p>'.repeat(2_000);

describe('pageKind', () => {
  it.each([
    '<rss version="2.0"><channel><title>Just a moment...</title>',
    '<?xml version="1.0"?>\n<!-- made by hand -->\n<rss>',
    '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!DOCTYPE rss><rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">',
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/">',
    '\uFEFF \n<RSS>',
    '<br />\n<b>Warning</b>: mysql_connect() in /var/www/feed.php<br />\n<rss version="2.0">',
    'Notice: undefined index\n<?xml version="1.0"?><feed xmlns="x">',
    '{"version":"https://jsonfeed.org/version/1.1","items":[',
    '{"items" : []',
  ])('knows a broken feed: %j', (text) => {
    expect(kindOf(text)).toBe('feed');
  });

  it('knows a feed in UTF-16', () => {
    expect(pageKind(Buffer.from('\uFEFF<?xml version="1.0"?><rss>', 'utf16le'))).toBe('feed');
  });

  it.each([
    page('<script>window._cf_chl_opt={cType:"managed"}</script>', 'Just a moment...'),
    page('<noscript>Enable JavaScript and cookies to continue</noscript>'),
    page('Request unsuccessful. Incapsula incident ID: 1-2'),
    page('<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>', ''),
    page('<script>AwsWafIntegration.getToken()</script>'),
    page('<div id="px-captcha"></div>', 'Access denied'),
    page('<p>Please verify you are human</p><div class="h-captcha"></div>'),
    page('Checking your browser before accessing example.com'),
    '<html><script id="anubis_challenge" type="application/json">{}</script></html>',
    '{"url":"https://geo.captcha-delivery.com/captcha/?x=1"}',
  ])('knows a bot check: %j', (text) => {
    expect(kindOf(text)).toBe('challenge');
  });

  it.each([
    page(`${filler}<form><div class="g-recaptcha"></div></form>`),
    page(`${filler}<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>`),
    page('<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'),
  ])('does not take a page for a bot check because it carries a widget of one (%#)', (text) => {
    expect(kindOf(text)).toBe('page');
  });

  it('tells login and parking pages from other pages', () => {
    expect(kindOf(page('<form><input name="p" type="password"></form>'))).toBe('login');
    expect(kindOf(page('This domain is for sale!'))).toBe('parking');
    expect(kindOf(page(`${filler} How to buy this domain`))).toBe('page');
    expect(kindOf(page('<a href="/feed">RSS</a>'))).toBe('page');
    expect(kindOf('<html>&lt;rss&gt;<code><rss></code></html>')).toBe('page');
  });

  it.each([
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    '<Error><Code>AccessDenied</Code></Error>',
    '<svg/>',
    '{"error":"no"}',
    '[1]',
  ])('calls %j data of another kind', (text) => {
    expect(kindOf(text)).toBe('data');
  });

  it.each(['', ' \n\t', '\uFEFF'])('knows an empty document: %j', (text) => {
    expect(kindOf(text)).toBe('empty');
  });

  it.each(['Service unavailable', '%PDF-1.7', '\x1f\x8b\x08', '< not xml', '<!-- never closed'])(
    'calls %j text',
    (text) => {
      expect(kindOf(text)).toBe('text');
    },
  );

  it('says something of any bytes without throwing', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '<?',
      '?>',
      '<!--',
      '-->',
      '<!',
      'rss',
      'html',
      ' ',
      '{',
      '\0',
      '\xff',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(typeof kindOf(pieces.join(''))).toBe('string');
      }),
    );
  });
});
