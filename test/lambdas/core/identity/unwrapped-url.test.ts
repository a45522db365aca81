import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrappedUrl } from '../../../../lambdas/core/identity/unwrapped-url.ts';
import { urlWrappers } from '../../../../lambdas/core/identity/url-wrappers.ts';

const target = 'https://www.example.org/2026/a-story?id=1';
const encoded = encodeURIComponent(target);
const newsCode = (url: string): string => {
  const length = url.length < 0x80 ? [url.length] : [(url.length & 0x7f) | 0x80, url.length >> 7];
  const bytes = Buffer.concat([
    Buffer.from([0x08, 0x13, 0x22, ...length]),
    Buffer.from(url),
    Buffer.from([0xd2, 0x01, 0x00]),
  ]);
  return bytes.toString('base64url');
};

describe('unwrappedUrl', () => {
  it.each([
    ['Google search', `https://www.google.com/url?sa=t&q=${encoded}&usg=x`],
    ['Google Alerts', `https://www.google.co.uk/url?rct=j&sa=t&url=${encoded}&ct=ga`],
    ['Google News', `https://news.google.com/rss/articles/${newsCode(target)}?oc=5`],
    [
      'Bing News',
      `http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=${encoded}&c=1&mkt=en-us`,
    ],
    [
      'Bing search',
      `https://www.bing.com/ck/a?!&&p=1&u=a1${Buffer.from(target).toString('base64url')}&ntb=1`,
    ],
    ['Yahoo search', `https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=${encoded}/RK=2/RS=x-`],
    ['DuckDuckGo', `https://duckduckgo.com/l/?uddg=${encoded}&rut=1`],
    ['Facebook', `https://l.facebook.com/l.php?u=${encoded}&h=AT0`],
    ['Tumblr', `https://t.umblr.com/redirect?z=${encoded}&t=1`],
    ['YouTube', `https://www.youtube.com/redirect?event=x&q=${encoded}`],
    ['LinkedIn', `https://www.linkedin.com/redir/redirect?url=${encoded}`],
    [
      'Outlook',
      `https://eur03.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C01&sdata=x&reserved=0`,
    ],
    ['Proofpoint v1', `https://urldefense.proofpoint.com/v1/url?u=${encoded}&k=x`],
    [
      'Proofpoint v2',
      'https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_2026_a-2Dstory-3Fid-3D1&d=Dw&c=x',
    ],
    ['Proofpoint v3', 'https://urldefense.com/v3/__https://www.example.org/2026/a-story?id=1__;!!abc!x$'],
    [
      'Proofpoint v3 with a part listed behind it',
      'https://urldefense.com/v3/__https:/www.example.org/2026/a-story*id=1__;Pw!!abc!x$',
    ],
    ['GovDelivery', `https://links-1.govdelivery.com/CL0/${encoded}/1/0101/x=405`],
    ['Amazon SES', `https://abc.r.us-east-1.awstrack.me/L0/${encoded}/1/0100/x=1`],
    ['Skimlinks', `https://go.redirectingat.com/?id=1&url=${encoded}`],
    [
      'two in turn',
      `https://www.google.com/url?q=${encodeURIComponent(`https://l.facebook.com/l.php?u=${encoded}`)}`,
    ],
  ])('gives the target of a link through %s', (_, url) => {
    expect(unwrappedUrl(url)).toBe(target);
  });

  it.each([
    [
      'feedsportal',
      'http://da.feedsportal.com/c/1/f/2/s/3/sc/1/l/0L0Sexample0N0C20A260Ca0Estory/story01.htm',
      'http://www.example.com/2026/a-story',
    ],
    [
      'the AMP cache',
      'https://www-example-org.cdn.ampproject.org/v/s/www.example.org/a?amp=1',
      'https://www.example.org/a?amp=1',
    ],
    [
      'the AMP cache without s',
      'https://example-org.cdn.ampproject.org/c/example.org/a',
      'http://example.org/a',
    ],
    ['Google AMP', 'https://www.google.com/amp/s/www.example.org/a/amp', 'https://www.example.org/a/amp'],
    [
      'a target with a user',
      `https://www.google.com/url?q=${encodeURIComponent('https://ann:pw@example.org/a')}`,
      'https://example.org/a',
    ],
    [
      'a target in other letters',
      `https://www.google.com/url?q=${encodeURIComponent('https://例え.example/é')}`,
      'https://xn--r8jz45g.example/%C3%A9',
    ],
  ])('gives the target of a link through %s as it may be served', (_, url, expected) => {
    expect(unwrappedUrl(url)).toBe(expected);
  });

  it.each([
    ['no link', ''],
    ['a plain page', 'https://example.org/url?q=https://other.example/'],
    ['a target that is no web address', 'https://www.google.com/url?q=javascript:alert(1)'],
    ['a target of data', `https://l.facebook.com/l.php?u=${encodeURIComponent('data:text/html,x')}`],
    ['a target without a host', 'https://www.google.com/url?q=https:///a'],
    ['a relative target', 'https://www.google.com/url?q=/search?q=x'],
    ['an empty target', 'https://www.google.com/url?q='],
    ['a page of a search engine', 'https://www.google.com/search?q=https://example.org/'],
    ['another name of it', `https://scholar.google.com/url?q=${encoded}`],
    ['a name that only ends like it', `https://notgoogle.com/url?q=${encoded}`],
    ['the new form of Google News', 'https://news.google.com/rss/articles/CBMiAUFVX3lxTE9hYmM?oc=5'],
    ['a translated page', `https://translate.google.com/translate?u=${encoded}`],
    ['a share button', `https://www.facebook.com/sharer/sharer.php?u=${encoded}`],
    ['an archived page', `https://web.archive.org/web/2026/${target}`],
    ['broken encoding', 'https://links-1.govdelivery.com/CL0/%E0%A4%A/1/x'],
  ])('leaves %s as it is', (_, url) => {
    expect(unwrappedUrl(url)).toBe(url);
  });

  it('leaves a link through more go-betweens than anybody strings together', () => {
    let url = target;
    for (let layer = 0; layer < 6; layer += 1)
      url = `https://www.google.com/url?q=${encodeURIComponent(url)}`;
    expect(unwrappedUrl(url)).toBe(url);
  });

  it('gives an http(s) address with a host or what it was given, twice the same', () => {
    const host = fc.constantFrom(...urlWrappers.keys(), 'a-b.cdn.ampproject.org');
    const piece = fc.constantFrom(
      '/url?q=',
      '/l.php?u=',
      '/v3/__',
      '__;',
      '/v2/url?u=',
      'https://',
      'http:',
      'javascript:',
      '%',
      '/c/s/',
      '/L0/',
      '/l/0L',
      '0C',
      '*',
      '**A',
      'x.example',
      '/',
      '//',
      '@',
      ':',
      '&url=',
      '-3A',
    );
    const url = fc
      .tuple(host, fc.array(piece, { maxLength: 8 }))
      .map(([name, pieces]) => `https://${name}${pieces.join('')}`);
    fc.assert(
      fc.property(url, (given) => {
        const found = unwrappedUrl(given);
        expect(found === given || /^https?:\/\/[^/?#]/i.test(found)).toBe(true);
        expect(unwrappedUrl(found)).toBe(found);
      }),
      { numRuns: 20_000 },
    );
  });
});
