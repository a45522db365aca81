/**
 * The singular of an English noun as far as endings tell: `batteries` → `battery`, `missiles` → `missile`.
 * Takes and gives lower case. Short words and words in -ss, -us and -is stay. Source: English plural spelling;
 * words this folds wrongly are folded wrongly in the phrases too, so they still meet.
 */
export function lemmaOf(word: string): string {
  const { length } = word;
  if (length < 4 || word.charCodeAt(length - 1) !== 115) return word;
  if (word.endsWith('ies')) return length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/**
 * What the forms of a verb have in common: `awards`, `awarded`, `awarding` → `award`; `stripped` → `strip`.
 * Takes and gives lower case. Used only where a phrase asks for it, since it joins unlike nouns (`training`, `train`).
 */
export function stemOf(word: string): string {
  const lemma = lemmaOf(word);
  const bare = lemma.replace(/(?:ied|ed|ing)$/, (ending) => (ending === 'ied' ? 'y' : ''));
  if (bare.length < 3 || bare === lemma) return lemma.length > 3 ? lemma.replace(/e$/, '') : lemma;
  return bare.replace(/([bdgmnprt])\1$/, '$1').replace(/e$/, '');
}
