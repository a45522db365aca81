import { decodeEntities } from '../parse/xml/entities.ts';

/**
 * One tag of a document: its lower-case name, whether it opens, closes or both, and its attributes. `cut`: the document
 * ends inside it (then `name` says what it is). `flaw`: what is against XML but can be read; `fault`: what cannot.
 */
export interface MarkupTag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty' | 'cut';
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
  readonly flaw: string | null;
  readonly fault: string | null;
}

/** No outline of a list and no link of a page has this many attributes; further ones are dropped. */
const attributesMax = 50;

/** A quote that is never closed swallows what follows; no address or title is this long. */
const valueLengthMax = 100_000;

/**
 * The tags of an XML or HTML document in order. Lists of feeds are written by many hands and often are not well-formed
 * XML (bare ampersands, unquoted values), so this reads what is there and names what is wrong: one pass forward, no
 * entity of the document's own is expanded, only character references and HTML's names; nothing external is read.
 * Text, comments, CDATA and declarations are skipped, and so is what stands inside `rawElements` (lower-case names, such
 * as `script`). Attribute names keep no case (`xmlurl` for `xmlUrl`). Linear in the text; never throws.
 */
export function* markupTags(
  text: string,
  rawElements: ReadonlySet<string> = new Set(),
): Generator<MarkupTag> {
  let line = 1;
  let counted = 0;
  let at = text.indexOf('<');
  while (at >= 0) {
    for (; counted < at; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    const skipped = skipNonTag(text, at);
    if (skipped !== null && skipped.end < 0) return yield cutTag(skipped.what, line);
    let end = skipped?.end ?? 0;
    if (skipped === null) {
      const { tag, end: tagEnd } = readTag(text, at, line);
      if (tag !== null) yield tag;
      const isRaw = tag !== null && tag.kind === 'open' && rawElements.has(tag.name);
      end = isRaw ? rawEnd(text, tagEnd, tag.name) : tagEnd;
    }
    at = text.indexOf('<', end);
  }
}

const cutTag = (name: string, line: number): MarkupTag => ({
  name,
  kind: 'cut',
  attributes: new Map(),
  line,
  flaw: null,
  fault: null,
});

/** What is no tag and where it ends (-1: never); null when a tag stands here. */
function skipNonTag(text: string, at: number): { readonly what: string; readonly end: number } | null {
  const after = (what: string, mark: string, from: number) => {
    const end = text.indexOf(mark, from);
    return { what, end: end < 0 ? -1 : end + mark.length };
  };
  if (text.startsWith('<!--', at)) return after('a comment', '-->', at + 4);
  if (text.startsWith('<![CDATA[', at)) return after('a CDATA section', ']]>', at + 9);
  if (text.startsWith('<?', at)) return after('a processing instruction', '?>', at + 2);
  if (text.startsWith('<!', at)) return { what: 'a declaration', end: declarationEnd(text, at + 2) };
  return null;
}

/** A document type may hold an internal subset in square brackets; nothing in it is used. */
function declarationEnd(text: string, from: number): number {
  const close = text.indexOf('>', from);
  if (close < 0) return -1;
  const subset = text.slice(from, close).indexOf('[');
  if (subset < 0) return close + 1;
  const end = text.indexOf(']', from + subset);
  const last = end < 0 ? -1 : text.indexOf('>', end);
  return last < 0 ? -1 : last + 1;
}

/** Where the content of a raw element ends: at its end tag, or with the document. */
function rawEnd(text: string, from: number, name: string): number {
  const endTag = new RegExp(`</${name}`, 'gi');
  endTag.lastIndex = from;
  return endTag.exec(text)?.index ?? text.length;
}

/** A tag that is being read. */
interface Draft {
  readonly attributes: Map<string, string>;
  empty: boolean;
  flaw: string | null;
  fault: string | null;
}

function readTag(text: string, at: number, line: number): { tag: MarkupTag | null; end: number } {
  const closing = text[at + 1] === '/';
  const start = at + (closing ? 2 : 1);
  const nameEnd = wordEnd(text, start);
  const name = text.slice(start, nameEnd).toLowerCase();
  if (!/^[a-z_]/.test(name)) return { tag: null, end: at + 1 };
  const draft: Draft = { attributes: new Map(), empty: false, flaw: null, fault: null };
  let position = nameEnd;
  while (position < text.length && text[position] !== '>') position = readPart(text, position, draft);
  const { attributes, empty, flaw, fault } = draft;
  if (position >= text.length) return { tag: cutTag(name, line), end: text.length };
  const kind = closing ? 'close' : empty ? 'empty' : 'open';
  return { tag: { name, kind, attributes, line, flaw, fault }, end: position + 1 };
}

/** Reads an attribute, or skips what is none; gives where to go on. */
function readPart(text: string, position: number, draft: Draft): number {
  const keyEnd = wordEnd(text, position);
  const key = text.slice(position, keyEnd).toLowerCase();
  if (key === '') {
    draft.empty = text[position] === '/' || (draft.empty && isSpace(text, position));
    if (text[position] === '<') draft.fault ??= 'expected > before the next <';
    return position + 1;
  }
  draft.empty = false;
  const { raw, end, quoted } = readValue(text, keyEnd);
  if (raw.includes('<')) draft.fault ??= `expected a closing quote or &lt; in ${key.slice(0, 40)}, got <`;
  if (!quoted) draft.flaw ??= `expected ${key.slice(0, 40)} to have a value in quotes`;
  const value = decodeEntities(raw.slice(0, valueLengthMax));
  if (hasBareAmpersand(raw)) draft.flaw ??= `expected &amp; in ${key.slice(0, 40)}, got &`;
  if (draft.attributes.size < attributesMax && !draft.attributes.has(key)) draft.attributes.set(key, value);
  return end;
}

/** The value after an attribute name: quoted either way, or bare up to the next space or `>`; '' for none. */
function readValue(text: string, from: number): { raw: string; end: number; quoted: boolean } {
  let position = spaceEnd(text, from);
  if (text[position] !== '=') return { raw: '', end: from, quoted: false };
  position = spaceEnd(text, position + 1);
  const quote = text[position];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, position + 1);
    const end = close < 0 ? text.length : close;
    return { raw: text.slice(position + 1, end), end: end + 1, quoted: true };
  }
  let end = position;
  while (end < text.length && text[end] !== '>' && !isSpace(text, end)) end += 1;
  return { raw: text.slice(position, end), end, quoted: false };
}

function hasBareAmpersand(text: string): boolean {
  return text.includes('&') && /&(?!#\d{1,9};|#x[\da-f]{1,8};|[a-z][\da-z]{0,39};)/i.test(text);
}

function spaceEnd(text: string, from: number): number {
  let position = from;
  while (isSpace(text, position)) position += 1;
  return position;
}

function isSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 32 || unit === 9 || unit === 10 || unit === 12 || unit === 13;
}

function wordEnd(text: string, from: number): number {
  let position = from;
  while (position < text.length && !'\t\n\f\r />="\'<'.includes(text.charAt(position))) position += 1;
  return position;
}
