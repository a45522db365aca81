import { absoluteLink } from '../absolute-link.ts';
import type { ParseProblems } from '../parse-problems.ts';
import type { Attributes } from './attributes.ts';
import type { CollectedFeed, RefusedFeed } from './drafts.ts';

/** Format of the feed that an element of this canonical name begins; null when it begins none that we read. */
export function rootFormat(name: string, attributes: Attributes): CollectedFeed['format'] | null {
  if (name === 'rss') return 'rss';
  if (name === 'rdf:rdf' || name === '?:rdf' || name === 'rdf') return 'rdf';
  if (name === 'feed' || name === 'entry') return 'atom';
  // A channel with an address of its own is CDF, a format of 1997 that we do not read.
  return name === 'channel' && !attributes.has('href') ? 'rss' : null;
}

/** RSS 1.0 names an item by `rdf:about`, under whatever prefix RDF has; '' when it does not. */
export function aboutAddress(attributes: Attributes): string {
  for (const [name, value] of attributes) if (/(?:^|:)about$/.test(name)) return value.trim();
  return '';
}

/** The base address inside an element with these attributes; an xml:base that is no http(s) address is ignored. */
export function baseWithin(
  outer: string | null,
  attributes: Attributes,
  problems: ParseProblems,
): string | null {
  const own = attributes.get('xml:base');
  if (own === undefined) return outer;
  const base = absoluteLink(own, outer);
  if (base === null) problems.add('bad-base', 'Ignored an xml:base that is no http(s) address.');
  return base ?? outer;
}

const pageElements = new Set([
  'html',
  'head',
  'body',
  'div',
  'p',
  'script',
  'style',
  'meta',
  'title',
  'h1',
  'center',
]);

/** What a document is that holds no feed, told by its first element (null: it has none). */
export function refusalOf(firstElement: string | null): RefusedFeed {
  if (firstElement === null) {
    return { code: 'not-a-feed', message: 'Expected a feed, got text without any markup.' };
  }
  if (pageElements.has(firstElement)) return { code: 'html', message: 'Expected a feed, got an HTML page.' };
  const kind = firstElement.slice(0, 40);
  return { code: 'not-a-feed', message: `Expected a feed, got a document of kind <${kind}>.` };
}
