/** The fields that the canonical document has for an item, and for the feed where they make sense. */
export type FieldName =
  | 'id'
  | 'title'
  | 'link'
  | 'published'
  | 'updated'
  | 'summary'
  | 'content'
  | 'author'
  | 'category'
  | 'language'
  | 'credit'
  | 'origin'
  | 'tombstone'
  | 'ttl'
  | 'updatePeriod'
  | 'updateFrequency'
  | 'skipHours'
  | 'skipDays';

/**
 * How an element is read. `text`: a text construct, which may hold markup; `plain`: a short value, markup in it is
 * noise; `person`: has `name` and `email` inside; `source`: the feed an entry was copied from, of which the author
 * counts; `items`: a list of child elements. `rank` orders the elements that fill one field, the lowest wins;
 * `list`: the value is a comma-separated list.
 */
export interface FieldSpec {
  readonly field: FieldName;
  readonly kind: 'text' | 'plain' | 'person' | 'source' | 'items';
  readonly rank: number;
  readonly list?: true;
}

const spec = (field: FieldName, kind: FieldSpec['kind'], rank = 0): FieldSpec => ({ field, kind, rank });
const list = (rank = 0): FieldSpec => ({ field: 'category', kind: 'plain', rank, list: true });

/** Rank of the author of the feed an entry was copied from: counts only for an entry without one of its own. */
export const sourceAuthorRank = 9;

/** Elements of an item or entry by canonical name. A Map: hostile names such as `constructor` find nothing. */
export const itemFields: ReadonlyMap<string, FieldSpec> = new Map([
  ['title', spec('title', 'text')],
  ['dc:title', spec('title', 'text', 1)],
  ['media:title', spec('title', 'text', 2)],
  ['link', spec('link', 'plain')],
  ['feedburner:origlink', spec('origin', 'plain')],
  ['pheedo:origlink', spec('origin', 'plain')],
  ['guid', spec('id', 'plain')],
  ['id', spec('id', 'plain', 1)],
  ['dc:identifier', spec('id', 'plain', 3)],
  ['pubdate', spec('published', 'plain')],
  ['published', spec('published', 'plain')],
  ['issued', spec('published', 'plain', 1)],
  ['dcterms:issued', spec('published', 'plain', 2)],
  ['dc:date', spec('published', 'plain', 3)],
  ['created', spec('published', 'plain', 4)],
  ['dcterms:created', spec('published', 'plain', 4)],
  ['updated', spec('updated', 'plain')],
  ['modified', spec('updated', 'plain', 1)],
  ['dcterms:modified', spec('updated', 'plain', 1)],
  ['lastbuilddate', spec('updated', 'plain', 2)],
  ['description', spec('summary', 'text')],
  ['summary', spec('summary', 'text')],
  ['abstract', spec('summary', 'text', 1)],
  ['dcterms:abstract', spec('summary', 'text', 1)],
  ['dc:description', spec('summary', 'text', 1)],
  ['itunes:summary', spec('summary', 'text', 2)],
  ['media:description', spec('summary', 'text', 3)],
  ['content:encoded', spec('content', 'text')],
  ['content', spec('content', 'text')],
  ['fullitem', spec('content', 'text', 1)],
  ['body', spec('content', 'text', 1)],
  ['xhtml:body', spec('content', 'text', 1)],
  ['author', spec('author', 'person')],
  ['dc:creator', spec('author', 'person')],
  ['dc:author', spec('author', 'person')],
  ['itunes:author', spec('author', 'person', 1)],
  ['source', spec('author', 'source', sourceAuthorRank)],
  ['dc:source', spec('credit', 'plain')],
  ['dc:publisher', spec('credit', 'plain', 1)],
  ['dc:rights', spec('credit', 'plain', 2)],
  ['dcterms:rightsholder', spec('credit', 'plain', 2)],
  ['rights', spec('credit', 'plain', 2)],
  ['copyright', spec('credit', 'plain', 2)],
  ['category', spec('category', 'plain')],
  ['dc:subject', spec('category', 'plain')],
  ['media:category', spec('category', 'plain')],
  ['itunes:category', spec('category', 'plain')],
  ['media:keywords', list()],
  ['itunes:keywords', list()],
]);

/** Elements of the feed itself by canonical name. */
const feedFields: ReadonlyMap<string, FieldSpec> = new Map([
  ['title', spec('title', 'text')],
  ['dc:title', spec('title', 'text', 1)],
  ['link', spec('link', 'plain')],
  ['id', spec('id', 'plain')],
  ['language', spec('language', 'plain')],
  ['dc:language', spec('language', 'plain', 1)],
  ['author', spec('author', 'person')],
  ['ttl', spec('ttl', 'plain')],
  ['sy:updateperiod', spec('updatePeriod', 'plain')],
  ['sy:updatefrequency', spec('updateFrequency', 'plain')],
  ['skiphours', spec('skipHours', 'items')],
  ['skipdays', spec('skipDays', 'items')],
]);

/** Elements of a feed that hold others of the same names as it has, and tombstones, which are read from their attributes. */
const ignoredInFeed: ReadonlySet<string> = new Set([
  'image',
  'textinput',
  'items',
  'cloud',
  'itunes:owner',
  'itunes:category',
  'at:deleted-entry',
]);

/** How an element outside entries is read: null for one to pass over with all inside; undefined: it may hold others. */
export function feedSpec(name: string, isDirect: boolean): FieldSpec | null | undefined {
  if (ignoredInFeed.has(name)) return null;
  return isDirect ? feedFields.get(name) : undefined;
}

/** Elements that are an entry, in any format. */
export const entryNames: ReadonlySet<string> = new Set(['item', 'entry']);

/** Elements that are empty by their nature: one left open must not swallow what follows. */
export const emptyElements: ReadonlySet<string> = new Set([
  'enclosure',
  'cloud',
  'media:thumbnail',
  'media:content',
  'media:group',
  'media:player',
]);
