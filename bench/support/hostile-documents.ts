const rss = (body: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>${body}</channel></rss>`;
const item = (body: string): string => rss(`<item><title>T</title><guid>g</guid>${body}</item>`);
const description = (body: string): string => item(`<description>${body}</description>`);
const inCdata = (body: string): string => description(`<![CDATA[${body}]]>`);
const fill = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));
const numbered = (part: (n: number) => string, length: number): string =>
  Array.from({ length: Math.ceil(length / part(0).length) }, (_, n) => part(n)).join(' ');

/** Documents built to make a parser slow, by family: each gives one of about `length` characters. */
export const hostileDocuments: Readonly<Record<string, (length: number) => string>> = {
  'depth in an item': (n) => item(fill('<a>', n)),
  'depth in a description': (n) => description(fill('<a>', n)),
  'open tags, no feed': (n) => fill('<a>', n),
  'a web page': (n) => `<html>${fill('<p>x</p>', n)}`,
  attributes: (n) => item(`<category ${numbered((i) => `a${i}="b"`, n)}/>`),
  namespaces: (n) => item(`<category ${numbered((i) => `xmlns:a${i}="b"`, n)}/>`),
  'one name': (n) => item(`<${fill('a', n)}>`),
  'one attribute': (n) => item(`<link href="${fill('a', n)}"/>`),
  'one title': (n) => rss(`<item><title>${fill('ab ', n)}</title></item>`),
  'one CDATA section': (n) => inCdata(fill('a', n)),
  'CDATA shards': (n) => description(fill('<![CDATA[x]]>', n)),
  'unclosed CDATA': (n) => item(fill('<![CDATA[', n)),
  'brackets in CDATA': (n) => item(`<description><![CDATA[${fill(']', n)}`),
  comments: (n) => item(fill('<!-- a -->', n)),
  'unclosed comments': (n) => item(fill('<!--', n)),
  'one endless comment': (n) => item(`<!-- ${fill('a-', n)}`),
  instructions: (n) => item(fill('<?x y?>', n)),
  'unclosed instructions': (n) => item(fill('<?x', n)),
  'document types': (n) => fill(`<!DOCTYPE r [<!ENTITY a "${'x'.repeat(5_000)}">]>`, n) + item('&a;'),
  'unclosed document types': (n) => fill('<!DOCTYPE [', n) + item(''),
  'short entities': (n) => `<!DOCTYPE r [<!ENTITY a "xyz">]>${description(fill('&a;', n))}`,
  'numeric references': (n) => rss(`<item><title>${fill('&#65;', n)}</title></item>`),
  ampersands: (n) => description(fill('&', n)),
  'unknown references': (n) => description(fill('&a', n)),
  'less-than signs': (n) => item(`<description>${fill('<', n)}`),
  'escaped less-than signs': (n) => description(fill('&lt;', n)),
  'escaped open tags': (n) => description(fill('&lt;p ', n)),
  'escaped tags': (n) => description(fill('&lt;p&gt;', n)),
  'tags escaped twice': (n) => description(fill('&amp;lt;p&amp;gt;', n)),
  'unpaired quotes': (n) => inCdata(fill('<a b="', n)),
  'quotes around tags': (n) => inCdata(fill(`<a b=" > c=' > `, n)),
  'unpaired quotes in XML': (n) => item(fill('<a b=" ', n)),
  'open scripts': (n) => inCdata(fill('<script>', n)),
  'scripts that nearly close': (n) => inCdata(fill('<script></scrip', n)),
  'end tags': (n) => item(fill('</a>', n)),
  categories: (n) => item(fill('<category>abcdef</category>', n)),
  keywords: (n) => item(`<itunes:keywords>${fill('a,', n)}</itunes:keywords>`),
  items: (n) => rss(fill('<item><title>T</title><link>https://example.org/1</link></item>', n)),
  'unclosed items': (n) => rss(fill('<item><title>a</title>', n)),
  'unclosed titles': (n) => rss(`<item>${fill('<title', n)}`),
  spaces: (n) => description(`${fill(' ', n)}x`),
  'spaces in a tag': (n) => item(`<category ${fill(' ', n)}x/>`),
  'line separators': (n) => description(fill('\u2028', n)),
  'a host': (n) => rss(`<item><link>http://${fill('a.', n)}</link></item>`),
  'a date': (n) => rss(`<item><pubDate>${fill('1 ', n)}</pubDate></item>`),
  'an author': (n) => rss(`<item><author>${fill('a@b (', n)}</author></item>`),
  'encoded words': (n) => rss(`<item><title>${fill('=?utf-8?', n)}</title></item>`),
  'JSON arrays': (n) => fill('[', n),
  'JSON objects': (n) => fill('{"a":', n),
  'JSON items': (n) => `{"items":[${fill('{"id":"1"},', n)}{}]}`,
  'JSON escapes': (n) => `{"items":[{"id":"${fill('\\\\', n)}"}]}`,
};
