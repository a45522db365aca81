import type { Attributes } from './attributes.ts';

/**
 * Short, fixed prefixes of the vocabularies a feed may use; '' is the core vocabulary of RSS and Atom, which share
 * their element names. Keys are lower case and without a trailing slash or `#`, because publishers vary both.
 */
const prefixesByUri = new Map([
  ['http://backend.userland.com/rss', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://backend.userland.com/rss091', ''],
  ['http://backend.userland.com/rss092', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://cyber.law.harvard.edu/rss', ''],
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/rss/1.0/modules/rss091', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns', ''],
  ['http://purl.org/atom-blog/ns', ''],
  ['http://purl.org/echo', ''],
  ['http://purl.org/pie', ''],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://purl.org/atompub/tombstones/1.0', 'at'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['http://www.pheedo.com/namespace/pheedo', 'pheedo'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
]);

/** What a prefix means when nobody declared it: the usual one. Source: feedparser's and our captured feeds. */
const conventionalPrefixes = new Map([
  ['', ''],
  ['atom', ''],
  ['a10', ''],
  ['atom10', ''],
  ['rss', ''],
  ['dc', 'dc'],
  ['dcterms', 'dcterms'],
  ['content', 'content'],
  ['sy', 'sy'],
  ['media', 'media'],
  ['itunes', 'itunes'],
  ['at', 'at'],
  ['feedburner', 'feedburner'],
  ['pheedo', 'pheedo'],
  ['rdf', 'rdf'],
  ['xhtml', 'xhtml'],
  ['xml', 'xml'],
]);

/** Meaning of the prefixes in scope; elements without a declaration of their own share the map of their parent. */
export type NamespaceScope = ReadonlyMap<string, string>;

export const outermostScope: NamespaceScope = conventionalPrefixes;

// A document with more prefixes than this in scope is an attack on memory.
const prefixesMax = 64;

/** Namespace of an unknown vocabulary: a prefix that no field name begins with. */
const foreign = '?';

/**
 * The scope inside an element with these attributes. An unknown default namespace on the root counts as the core
 * vocabulary (feeds invent addresses for RSS); below the root it hides the element from us.
 */
export function scopeWithin(scope: NamespaceScope, attributes: Attributes, isRoot: boolean): NamespaceScope {
  let inner: Map<string, string> | null = null;
  for (const [name, uri] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    inner ??= new Map(scope);
    if (inner.size >= prefixesMax) break;
    const prefix = name === 'xmlns' ? '' : name.slice(6);
    const known = prefixesByUri.get(uri.trim().toLowerCase().replace(/[/#]$/, ''));
    inner.set(prefix, known ?? (isRoot && prefix === '' ? '' : foreign));
  }
  return inner ?? scope;
}

/** Name of an element by vocabulary: `title`, `dc:creator`; `?:name` for a vocabulary that no feed field comes from. */
export function canonicalName(name: string, scope: NamespaceScope): string {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const fixed = scope.get(prefix) ?? foreign;
  return fixed === '' ? name.slice(colon + 1) : `${fixed}:${name.slice(colon + 1)}`;
}
