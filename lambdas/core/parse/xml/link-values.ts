import type { Attributes } from './attributes.ts';

/** A link with how good a choice it is for the entry's page: lower is better. */
export interface RankedLink {
  readonly href: string;
  readonly rank: number;
}

const htmlTypes = /^(?:text\/html|application\/xhtml\+xml|html)?(?:\s*;.*)?$/;

/** What the entry's page is taken from, best first; a link under a prefix comes `prefixed` places later. */
const ranks = {
  text: 0,
  htmlAlternate: 1,
  untypedAlternate: 2,
  prefixed: 2,
  id: 5,
  otherAlternate: 6,
  self: 9,
};

/**
 * The page address that a `link` element gives: its text in RSS; in Atom the `href` of an alternate, one that says it
 * is HTML before one without a type, and one of another type (a feed, an image) only after an id that is an address.
 * Null for enclosures, replies and the like. In RSS an `atom:link` only counts when no plain link is there.
 * Source: RSS 2.0 `link`, RFC 4287 §4.2.7; the order of types is feedparser's.
 */
export function linkOf(text: string, attributes: Attributes, isPrefixed: boolean): RankedLink | null {
  if (text !== '') return { href: text, rank: ranks.text };
  const href = attributes.get('href') ?? attributes.get('rdf:resource') ?? '';
  if (href === '') return null;
  const rel = (attributes.get('rel') ?? 'alternate')
    .trim()
    .toLowerCase()
    .replace(/^.*\/relation\//, '');
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  const isHtml = htmlTypes.test(type);
  if (rel === 'alternate')
    return { href, rank: alternateRank(type, isHtml) + (isPrefixed ? ranks.prefixed : 0) };
  // The address of the entry itself is better than none, if it is a page.
  return rel === 'self' && isHtml && type !== '' ? { href, rank: ranks.self } : null;
}

function alternateRank(type: string, isHtml: boolean): number {
  if (!isHtml) return ranks.otherAlternate;
  return type === '' ? ranks.untypedAlternate : ranks.htmlAlternate;
}

/** A guid or an Atom id that is the address of the entry's page, absolute or from the root of the site. Source: RSS 2.0 `isPermaLink`. */
export function linkFromId(id: string, attributes: Attributes): RankedLink | null {
  const permanent = (attributes.get('ispermalink') ?? 'true').trim().toLowerCase() !== 'false';
  return permanent && /^(?:https?:\/\/|\/)[^\s/]/i.test(id) ? { href: id, rank: ranks.id } : null;
}
