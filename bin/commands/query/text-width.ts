/**
 * Signs that stand on two cells of a terminal: East Asian wide and full-width forms, and pictures. Source: Unicode
 * UAX #11 (W and F), UTS #51 (emoji presentation).
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/** What stands on no cell of its own: marks that combine with the sign before, and invisible signs. */
const without = /^[\p{M}\p{Cf}\p{Cc}\u1160-\u11ff]*$/u;

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

const signWidth = (sign: string): number => (without.test(sign) ? 0 : wide.test(sign) ? 2 : 1);

/** How many cells of a terminal the text takes, on one line. */
export function textWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of signs.segment(text)) width += signWidth(segment);
  return width;
}

/** The text within so many cells: as it is, or its beginning and an ellipsis. Never cuts a sign apart. */
export function cutToWidth(text: string, widthMax: number): string {
  if (textWidth(text) <= widthMax) return text;
  let [kept, width] = ['', 0];
  for (const { segment } of signs.segment(text)) {
    width += signWidth(segment);
    if (width > widthMax - 1) break;
    kept += segment;
  }
  return widthMax < 1 ? '' : `${kept.trimEnd()}…`;
}

/** The text on exactly so many cells: cut, or filled up with spaces. */
export function fitToWidth(text: string, width: number): string {
  const cut = cutToWidth(text, width);
  return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
}

/** The words of a text on lines of at most so many cells; a word that is longer than a line stands on one of its own. */
export function wrappedToWidth(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || textWidth(last) + 1 + textWidth(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
