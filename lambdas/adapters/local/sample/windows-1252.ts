import { windows1252Character } from '../../../core/parse/windows-1252.ts';

const upperBytes = Array.from({ length: 0x20 }, (_, index) => 0x80 + index);
const byteOf = new Map(upperBytes.map((byte) => [windows1252Character(byte), byte]));

/**
 * The text as windows-1252 bytes, with a decimal character reference where the encoding has no byte (XML 1.0 §4.1),
 * which is what publishing systems of that age do. Meant for XML text; never throws.
 * Source: WHATWG Encoding Standard, index windows-1252.
 */
export function windows1252Bytes(text: string): Uint8Array {
  const encoded: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : byteOf.get(character);
    // U+FFFD stands for the unassigned bytes in the table, so it must not be taken for one of them.
    if (byte === undefined || code === 0xfffd) encoded.push(...Buffer.from(`&#${code};`, 'latin1'));
    else encoded.push(byte);
  }
  return Uint8Array.from(encoded);
}
