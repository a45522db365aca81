/**
 * Text reduced to what a search compares: words in lower case without accents, one space before, between and after.
 * ` ` alone when there is no word. Source: Unicode NFKD and general categories L, M and N.
 */
export function foldedText(text: string): string {
  const folded = text.normalize('NFKD').replaceAll(/\p{M}+/gu, '');
  const words = folded.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words === null ? ' ' : ` ${words.join(' ')} `;
}
