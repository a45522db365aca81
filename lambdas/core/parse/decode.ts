import { decodeWindows1252 } from './windows-1252.ts';

/** Text of a document, the name of the encoding it was read in, and what had to be guessed or overruled. */
export interface DecodedDocument {
  readonly text: string;
  readonly charset: string;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** A document in an encoding that we do not know: the label it gave itself. */
export interface UndecodableDocument {
  readonly unknownLabel: string;
}

type Label = { readonly charset: string; readonly from: 'Content-Type' | 'XML declaration' };

// An XML declaration stands in the first line; publishers put white space and comments before it.
const declarationBytesMax = 1_024;

/**
 * Text of the bytes of a feed. Order: byte order mark, pattern of UTF-16 and UTF-32, ISO-2022-JP by label, strict
 * UTF-8, the charset of the Content-Type, that of the XML declaration, and last a guess between damaged UTF-8 and
 * windows-1252. Valid UTF-8 beats any label because other encodings hardly ever form it by chance.
 * Never throws; `unknownLabel` when the bytes are not UTF-8 and the only label names no encoding we know.
 * Source: RFC 7303 §3, XML 1.0 appendix F, WHATWG Encoding Standard; the precedence of UTF-8 is measured.
 */
export function decodeDocument(
  bytes: Uint8Array,
  contentType: string | null,
): DecodedDocument | UndecodableDocument {
  const wide = decodeByMark(bytes);
  if (wide !== null) return wide;
  const labels = declaredLabels(bytes, contentType);
  const known = labels.filter((label) => encodingOf(label.charset) !== null);
  const utf8 = decodeStrictUtf8(bytes);
  if (utf8 !== null) return trustUtf8(bytes, utf8, known);
  for (const label of known) {
    const encoding = encodingOf(label.charset);
    if (encoding === null || encoding === 'utf-8' || encoding.startsWith('utf-16')) continue;
    return { text: decodeAs(bytes, encoding), charset: encoding, problems: [] };
  }
  return guess(bytes, labels, known.length);
}

function decodeByMark(bytes: Uint8Array): DecodedDocument | null {
  const encoding = markedEncoding(bytes) ?? patternEncoding(bytes);
  if (encoding === null) return null;
  const text = encoding.startsWith('utf-32')
    ? decodeUtf32(bytes, encoding === 'utf-32le')
    : new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  const damaged = encoding === 'utf-8' && text.includes('\uFFFD');
  return {
    text: withoutMarks(text),
    charset: encoding,
    problems: damaged ? [lossy('UTF-8')] : [],
  };
}

function markedEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : null;
}

/** UTF-16 and UTF-32 without a mark: the zero bytes of the first ASCII character give them away (XML 1.0 appendix F). */
function patternEncoding(bytes: Uint8Array): string | null {
  const zeros = [...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros === 'x000') return 'utf-32le';
  if (zeros === '000x') return 'utf-32be';
  if (zeros === 'x0x0') return 'utf-16le';
  return zeros === '0x0x' ? 'utf-16be' : null;
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, littleEndian);
    const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    parts.push(valid ? String.fromCodePoint(point) : '\uFFFD');
  }
  return parts.join('');
}

function declaredLabels(bytes: Uint8Array, contentType: string | null): readonly Label[] {
  const labels: Label[] = [];
  const http = /charset\s*=\s*["']?\s*([\w.:+-]{1,40})/i.exec((contentType ?? '').slice(0, 1_000))?.[1];
  if (http !== undefined) labels.push({ charset: http.toLowerCase(), from: 'Content-Type' });
  const head = Buffer.from(bytes.subarray(0, declarationBytesMax)).toString('latin1');
  const xml = /<\?xml\s[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:+-]{1,40})/i.exec(head)?.[1];
  if (xml !== undefined) labels.push({ charset: xml.toLowerCase(), from: 'XML declaration' });
  return labels;
}

/** Canonical name of an encoding label, null when we cannot decode it. */
function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function decodeStrictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Two-byte encodings of East Asia, whose characters can by chance form two-byte UTF-8 sequences, never longer ones.
const twoByteEncodings = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'shift_jis']);

function trustUtf8(bytes: Uint8Array, utf8: string, known: readonly Label[]): DecodedDocument {
  const declared = known.map((label) => encodingOf(label.charset) ?? 'utf-8');
  const first = declared[0];
  // ISO-2022-JP is seven-bit: as UTF-8 it is valid and reads as rubbish around escape characters.
  const sevenBit = declared.find((encoding) => encoding === 'iso-2022-jp');
  if (sevenBit !== undefined && utf8.includes('\u001B')) {
    return { text: decodeAs(bytes, sevenBit), charset: sevenBit, problems: [] };
  }
  if (first !== undefined && twoByteEncodings.has(first) && hasOnlyShortSequences(utf8)) {
    return { text: decodeAs(bytes, first), charset: first, problems: [] };
  }
  const overruled = first !== undefined && first !== 'utf-8' && /[^\0-\x7F]/.test(utf8);
  const message = `Expected ${first ?? ''} as declared, found valid UTF-8.`;
  return {
    text: withoutMarks(utf8),
    charset: 'utf-8',
    problems: overruled ? [{ code: 'charset-overruled', message }] : [],
  };
}

function hasOnlyShortSequences(utf8: string): boolean {
  return /[\x80-\u07FF]/.test(utf8) && !/[\u0800-\uFFFF]/.test(utf8);
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  return withoutMarks(
    encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes),
  );
}

function guess(
  bytes: Uint8Array,
  labels: readonly Label[],
  knownLabels: number,
): DecodedDocument | UndecodableDocument {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const damaged = (text.match(/\uFFFD/g) ?? []).length;
  const intact = (text.match(/[\x80-\uD7FF\uE000-\uFFFC]|[\uD800-\uDBFF][\uDC00-\uDFFF]/g) ?? []).length;
  // A publisher who cuts a summary in the middle of a character damages little of much.
  if (intact > damaged) return { text: withoutMarks(text), charset: 'utf-8', problems: [lossy('UTF-8')] };
  const unknown = labels[0];
  if (unknown !== undefined && knownLabels === 0) return { unknownLabel: unknown.charset };
  const message = 'Expected UTF-8 or a charset label, found neither; read as windows-1252.';
  return {
    text: decodeWindows1252(bytes),
    charset: 'windows-1252',
    problems: [{ code: 'charset-guessed', message }],
  };
}

function lossy(name: string): { readonly code: string; readonly message: string } {
  return {
    code: 'charset-lossy',
    message: `Some bytes are not ${name}; they became replacement characters.`,
  };
}

/** Byte order marks at the start, even doubled ones, are no text. */
function withoutMarks(text: string): string {
  return text.replace(/^\uFEFF+/, '');
}
