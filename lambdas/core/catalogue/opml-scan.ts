/** One tag of an OPML document: its lower-case name, whether it opens, closes or both, and its attributes. */
export interface OpmlTag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
}

/** An outline with this many attributes is no list of feeds; further ones are dropped. */
const attributesMax = 50;

/**
 * The tags of an OPML document in order. Lists of feeds are written by many hands and often are not well-formed
 * XML (bare ampersands, unquoted values), so this reads what is there instead of refusing it: one pass forward,
 * no entity is expanded but the five of XML and character references, nothing external is read. Text, comments,
 * CDATA and declarations are skipped. Attribute names keep no case (`xmlurl` for `xmlUrl`). Linear in the text.
 */
export function* opmlTags(text: string): Generator<OpmlTag> {
  let line = 1;
  let counted = 0;
  let at = text.indexOf('<');
  while (at >= 0) {
    const skipped = skipNonTag(text, at);
    if (skipped === null) {
      for (; counted < at; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
      const { tag, end } = readTag(text, at, line);
      if (tag !== null) yield tag;
      at = text.indexOf('<', end);
    } else {
      at = text.indexOf('<', skipped);
    }
  }
}

/** Where a comment, CDATA section, processing instruction or declaration ends; null when a tag stands here. */
function skipNonTag(text: string, at: number): number | null {
  const after = (mark: string, from: number) => {
    const end = text.indexOf(mark, from);
    return end < 0 ? text.length : end + mark.length;
  };
  if (text.startsWith('<!--', at)) return after('-->', at + 4);
  if (text.startsWith('<![CDATA[', at)) return after(']]>', at + 9);
  if (text.startsWith('<?', at)) return after('?>', at + 2);
  if (text.startsWith('<!', at)) return declarationEnd(text, at + 2);
  return null;
}

/** A document type may hold an internal subset in square brackets; nothing in it is used. */
function declarationEnd(text: string, from: number): number {
  const close = text.indexOf('>', from);
  if (close < 0) return text.length;
  const subset = text.slice(from, close).indexOf('[');
  if (subset < 0) return close + 1;
  const end = text.indexOf(']', from + subset);
  const last = end < 0 ? -1 : text.indexOf('>', end);
  return last < 0 ? text.length : last + 1;
}

function readTag(text: string, at: number, line: number): { tag: OpmlTag | null; end: number } {
  const closing = text[at + 1] === '/';
  let position = at + (closing ? 2 : 1);
  const nameEnd = wordEnd(text, position);
  const name = text.slice(position, nameEnd).toLowerCase();
  if (name === '') return { tag: null, end: at + 1 };
  const attributes = new Map<string, string>();
  position = nameEnd;
  let empty = false;
  while (position < text.length && text[position] !== '>') {
    const key = text.slice(position, wordEnd(text, position)).toLowerCase();
    if (key === '') {
      empty = text[position] === '/' || (empty && isSpace(text, position));
      position += 1;
      continue;
    }
    empty = false;
    const value = readValue(text, position + key.length);
    if (attributes.size < attributesMax && !attributes.has(key)) attributes.set(key, value.text);
    position = value.end;
  }
  const kind = closing ? 'close' : empty ? 'empty' : 'open';
  return { tag: { name, kind, attributes, line }, end: position + 1 };
}

/** The value after an attribute name: quoted either way, or bare up to the next space or `>`. */
function readValue(text: string, from: number): { text: string; end: number } {
  let position = spaceEnd(text, from);
  if (text[position] !== '=') return { text: '', end: from };
  position = spaceEnd(text, position + 1);
  const quote = text[position];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, position + 1);
    const end = close < 0 ? text.length : close;
    return { text: decodeReferences(text.slice(position + 1, end)), end: end + 1 };
  }
  let end = position;
  while (end < text.length && text[end] !== '>' && !isSpace(text, end)) end += 1;
  return { text: decodeReferences(text.slice(position, end)), end };
}

function spaceEnd(text: string, from: number): number {
  let position = from;
  while (isSpace(text, position)) position += 1;
  return position;
}

function isSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}

function wordEnd(text: string, from: number): number {
  let position = from;
  while (position < text.length && !'\t\n\r />="\'<'.includes(text.charAt(position))) position += 1;
  return position;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      const isScalarValue = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isScalarValue ? String.fromCodePoint(code) : whole;
    },
  );
}
