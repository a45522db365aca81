import { absoluteLink } from '../absolute-link.ts';
import { foldLine } from '../plain-text.ts';
import type { Draft } from './drafts.ts';
import type { FieldSpec } from './field-names.ts';
import { withoutControls } from './entities.ts';
import type { Leaf, LeafContent } from './leaf.ts';
import { linkFromId, linkOf, type RankedLink } from './link-values.ts';
import { constructText } from './text-construct.ts';

/** What an ended field element holds; `markup` is the raw slice of a text construct with child elements. */
export interface EndedLeaf {
  readonly content: LeafContent;
  readonly markup: string | null;
  readonly spec: FieldSpec;
  readonly isAtom: boolean;
}

// Longer lists of keywords are stuffing; an entry keeps 20 in the end.
const listCharactersMax = 10_000;

/** Puts the value of an ended element into its draft; false when the draft is full. Never throws. */
export function keepLeaf(draft: Draft, leaf: Leaf, ended: EndedLeaf): boolean {
  const { field } = ended.spec;
  if (field === 'link')
    return keepLink(
      draft,
      leaf,
      linkOf(foldLine(ended.content.text), leaf.attributes, isPrefixed(leaf, ended)),
    );
  if (field === 'id') return keepId(draft, leaf, ended);
  if (field === 'author') return keepPerson(draft, ended);
  if (field === 'category') return keepCategory(draft, leaf, ended);
  const { rank } = ended.spec;
  const value = ended.spec.kind === 'text' ? textValue(leaf, ended) : foldLine(ended.content.text);
  // Dublin Core has one date for both; feedparser reads it as the update, and the only date is the publication too.
  if (leaf.canonical === 'dc:date') draft.add({ field: 'updated', rank, value, base: null });
  return draft.add({ field, rank, value, base: null });
}

/** In RSS a link with a prefix is an Atom link put beside the real one. */
function isPrefixed(leaf: Leaf, ended: EndedLeaf): boolean {
  return !ended.isAtom && leaf.name.includes(':');
}

function keepLink(draft: Draft, leaf: Leaf, link: RankedLink | null): boolean {
  if (link === null) return true;
  // Escaped once too often, or escaped inside CDATA: no query means `&amp;` by it.
  const value = link.href.replaceAll('&amp;', '&');
  return draft.add({ field: 'link', rank: link.rank, value, base: leaf.base });
}

function keepId(draft: Draft, leaf: Leaf, ended: EndedLeaf): boolean {
  // Identifiers are compared character by character, so nothing inside one is changed (RFC 4287 §4.2.6.1).
  const value = withoutControls(ended.content.text).trim();
  // An identifier from Dublin Core is often an ISBN or a URN; it never is the page.
  const link = leaf.canonical === 'dc:identifier' ? null : linkFromId(value, leaf.attributes);
  const absolute = ended.isAtom || link !== null ? absoluteId(value, leaf.base) : null;
  const raw = absolute === null ? {} : { raw: value };
  const kept = draft.add({
    field: 'id',
    rank: ended.spec.rank,
    value: absolute ?? value,
    base: null,
    ...raw,
  });
  return keepLink(draft, leaf, link) && kept;
}

/**
 * The absolute form of an identifier that is a relative address (`t3_abc`, `/2024/a`); null for one that is absolute, or
 * no address at all. An Atom id and a permalink are addresses. Source: RFC 4287 §4.2.6, resolved as feedparser does.
 */
function absoluteId(id: string, base: string | null): string | null {
  const isRelative = /^(?![a-z][a-z\d+.-]*:)[\w./?=&%~+-]{1,1000}$/i.test(id);
  return isRelative && base !== null ? absoluteLink(id, base) : null;
}

// Behind every name, that of a podcast included.
const addressRank = 5;

/** A name beats the author of the podcast module, and both beat a bare address. */
function keepPerson(draft: Draft, ended: EndedLeaf): boolean {
  if (ended.spec.kind === 'source' && !ended.isAtom) {
    draft.add({ field: 'credit', rank: 0, value: foldLine(ended.content.text), base: null });
  }
  const text = ended.spec.kind === 'source' ? '' : foldLine(ended.content.text);
  const name = foldLine(ended.content.name);
  const value = name !== '' ? name : text !== '' ? text : foldLine(ended.content.email);
  const isAddress = /^\S+@\S+$/.test(value);
  return draft.add({
    field: 'author',
    rank: ended.spec.rank + (isAddress ? addressRank : 0),
    value,
    base: null,
  });
}

function keepCategory(draft: Draft, leaf: Leaf, ended: EndedLeaf): boolean {
  const text = foldLine(ended.content.text);
  if (ended.spec.list === true) {
    const terms = text.slice(0, listCharactersMax).split(',');
    return terms.every((term) =>
      draft.add({ field: 'category', rank: 0, value: foldLine(term), base: null }),
    );
  }
  const { attributes } = leaf;
  const named = attributes.get('term') ?? attributes.get('text') ?? '';
  const value = [named, text, attributes.get('label') ?? ''].map(foldLine).find((term) => term !== '') ?? '';
  return draft.add({ field: 'category', rank: 0, value, base: null });
}

function textValue(leaf: Leaf, ended: EndedLeaf): string {
  const text = constructText({
    decoded: ended.content.text,
    markup: ended.markup,
    attributes: leaf.attributes,
    isAtom: ended.isAtom,
  });
  return ended.spec.field === 'title' ? foldLine(text) : text;
}
