const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Code points that a grapheme may have before it no longer counts as one (stacked accents without end). */
const graphemeCodePointsMax = 32;

/**
 * Text of at most `codePointsMax` code points, the ellipsis included. A longer one is cut between graphemes, so that
 * no emoji or accent is torn, and at the end of a word if one ends near. Linear in `codePointsMax`, never throws.
 */
export function truncateText(text: string, codePointsMax: number): string {
  if (text.length <= codePointsMax || codePointLength(text, codePointsMax) <= codePointsMax) return text;
  const room = codePointsMax - 1;
  let length = 0;
  let codePoints = 0;
  for (const { segment } of segmenter.segment(text.slice(0, 2 * codePointsMax + graphemeCodePointsMax))) {
    const points = [...segment];
    if (points.length > graphemeCodePointsMax) {
      length += points.slice(0, room - codePoints).join('').length;
      break;
    }
    if (codePoints + points.length > room) break;
    codePoints += points.length;
    length += segment.length;
  }
  return `${endOfWord(text, length).replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** The cut moves back to the last space when that costs at most 30 characters. */
function endOfWord(text: string, length: number): string {
  if (/\s/.test(text.charAt(length))) return text.slice(0, length);
  const space = text.lastIndexOf(' ', length);
  return text.slice(0, space > 0 && length - space <= 30 ? space : length);
}

/** Code points of a text, counted up to one more than `max`. */
function codePointLength(text: string, max: number): number {
  let count = 0;
  for (const _ of text) {
    count += 1;
    if (count > max) break;
  }
  return count;
}
