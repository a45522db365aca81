const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Code points that a grapheme may have before it no longer counts as one (stacked accents without end). */
const graphemeCodePointsMax = 32;

/**
 * Letters, digits, signs and spaces that never join a neighbour of their kind: Latin, Greek, Cyrillic, kana, Chinese,
 * Hangul. A cut between two of them tears nothing, which saves segmenting the whole text. Source: UAX 29, table 2.
 */
const simplePair = /^[ -~¡-ˬͰ-ϿЀ-҂Ҋ-ԯ‐-‧ぁ-ゖァ-ヺ一-鿿가-힣]{2}$/;

/**
 * Text of at most `codePointsMax` code points, the ellipsis included. A longer one is cut between graphemes, so that
 * no emoji or accent is torn, and at the end of a word if one ends near. Linear in `codePointsMax`, never throws.
 */
export function truncateText(text: string, codePointsMax: number): string {
  if (text.length <= codePointsMax) return text;
  if (lengthOf(text, codePointsMax) >= text.length) return text;
  const cut = lengthOf(text, codePointsMax - 1);
  const length = simplePair.test(text.slice(cut - 1, cut + 1)) ? cut : graphemeLength(text, codePointsMax);
  return `${endOfWord(text, length).replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** Code units of the whole graphemes within one code point less than `codePointsMax`. */
function graphemeLength(text: string, codePointsMax: number): number {
  const room = codePointsMax - 1;
  let length = 0;
  let codePoints = 0;
  for (const { segment } of segmenter.segment(text.slice(0, 2 * codePointsMax + graphemeCodePointsMax))) {
    const points = [...segment];
    if (points.length > graphemeCodePointsMax) {
      return length + points.slice(0, room - codePoints).join('').length;
    }
    if (codePoints + points.length > room) break;
    codePoints += points.length;
    length += segment.length;
  }
  return length;
}

/** The cut moves back to the last space when that costs at most 30 characters. */
function endOfWord(text: string, length: number): string {
  if (/\s/.test(text.charAt(length))) return text.slice(0, length);
  const space = text.lastIndexOf(' ', length);
  return text.slice(0, space > 0 && length - space <= 30 ? space : length);
}

/** Code units that the first `codePoints` code points of a text take, or all of a shorter one. */
function lengthOf(text: string, codePoints: number): number {
  let at = 0;
  for (let count = 0; count < codePoints && at < text.length; count += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
