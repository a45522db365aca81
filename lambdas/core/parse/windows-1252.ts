/**
 * Characters of the bytes 0x80 to 0x9F in windows-1252; U+FFFD where the encoding has none.
 * Source: WHATWG Encoding Standard, index windows-1252. Own table because the TextDecoder of Node 20 gives the C1
 * controls instead (nodejs/node 56542).
 */
const upperControls =
  '\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD' +
  '\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178';

/** The windows-1252 character of a code point from 0x80 to 0x9F, U+FFFD for the five unassigned ones. */
export function windows1252Character(codePoint: number): string {
  return upperControls.charAt(codePoint - 0x80);
}

/**
 * Text in which every C1 control character (U+0080 to U+009F) is replaced by the windows-1252 character it was meant
 * to be; U+0085 included. Publishers produce them by relabelling windows-1252 as ISO-8859-1. Never throws.
 */
export function withoutC1Controls(text: string): string {
  if (!/[\u0080-\u009F]/.test(text)) return text;
  // Unit by unit: a replacement by function takes over a second for five megabytes of such characters.
  const units = Buffer.alloc(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isControl = unit >= 0x80 && unit <= 0x9f;
    units.writeUInt16LE(isControl ? upperControls.charCodeAt(unit - 0x80) : unit, at * 2);
  }
  return units.toString('utf16le');
}

/** Decodes windows-1252 bytes (also labelled ISO-8859-1 and US-ASCII: WHATWG Encoding Standard §4.2). Never throws. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return withoutC1Controls(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}
