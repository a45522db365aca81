import type { Attributes } from './attributes.ts';

/** A link with how good a choice it is for the entry's page: lower is better. */
export interface RankedLink {
  readonly href: string;
  readonly rank: number;
}

const htmlTypes = /^(?:text\/html|application\/xhtml\+xml|html)?(?:\s*;.*)?$/;

/**
 * The page address that a `link` element gives: its text in RSS; in Atom the `href` of an alternate, HTML before
 * other types. Null for enclosures, replies and the like. In RSS an `atom:link` only counts when no plain link is
 * there. Source: RSS 2.0 `link`, RFC 4287 §4.2.7.
 */
export function linkOf(text: string, attributes: Attributes, isPrefixed: boolean): RankedLink | null {
  if (text !== '') return { href: text, rank: 0 };
  const href = attributes.get('href') ?? attributes.get('rdf:resource') ?? '';
  if (href === '') return null;
  const rel = (attributes.get('rel') ?? 'alternate')
    .trim()
    .toLowerCase()
    .replace(/^.*\/relation\//, '');
  const isHtml = htmlTypes.test((attributes.get('type') ?? '').trim().toLowerCase());
  if (rel === 'alternate') return { href, rank: (isPrefixed ? 1 : 0) + (isHtml ? 0 : 2) };
  // The address of the entry itself is better than none, if it is a page.
  return rel === 'self' && isHtml && attributes.has('type') ? { href, rank: 9 } : null;
}

/** A guid or an Atom id that is the address of the entry's page, absolute or from the root of the site. Source: RSS 2.0 `isPermaLink`. */
export function linkFromId(id: string, attributes: Attributes): RankedLink | null {
  const permanent = (attributes.get('ispermalink') ?? 'true').trim().toLowerCase() !== 'false';
  return permanent && /^(?:https?:\/\/|\/)[^\s/]/i.test(id) ? { href: id, rank: 5 } : null;
}
