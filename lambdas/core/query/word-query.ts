import { sortedUnique } from '../words/code-unit-order.ts';
import { foldedText } from '../words/folded-text.ts';
import { read, refused, type Reading } from './query-problem.ts';

/** Words and phrases of `q`, folded: all of `all` and none of `none` must stand in a story's title or summary. */
export interface WordQuery {
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/** Bounds of `q` over all its occurrences; matching is linear in text and terms, so these bound its cost. */
export const wordQueryLimits = { termsMax: 16, lengthMax: 300 } as const;

/** Scripts written without spaces between words: a term in one of them is looked for inside longer runs. */
const spacelessScript = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/**
 * The terms of `q`: words, "phrases" and -excluded ones. A word with punctuation inside (F-35) is a phrase of its
 * parts; an unfinished quotation ends with the text. Nothing is ever a pattern. A term without any letter or digit
 * is left out, so the result may be empty.
 */
export function readWords(texts: readonly string[]): WordQuery {
  const all = new Set<string>();
  const none = new Set<string>();
  for (const text of texts) {
    for (const [, minus, phrase, word] of text.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)) {
      const term = foldedText(phrase ?? word ?? '').trim();
      if (term !== '') (minus === '-' ? none : all).add(term);
    }
  }
  return { all: [...all], none: [...none] };
}

/** Answers whether a text with these fields satisfies the query; words do not run from one field into the next. */
export function matchesWords(query: WordQuery, fields: readonly string[]): boolean {
  if (query.all.length === 0 && query.none.length === 0) return true;
  const text = fields.map(foldedText).join('|');
  const holds = (term: string) => text.includes(spacelessScript.test(term) ? term : ` ${term} `);
  return query.all.every(holds) && !query.none.some(holds);
}

/** Reads all occurrences of `q`, which are combined as one; each must hold at least one term. */
export function readSearch(texts: readonly string[]): Reading<{ q: readonly string[]; words: WordQuery }> {
  const q = sortedUnique(texts.map((text) => text.trim().replaceAll(/\s+/g, ' ')));
  const words = readWords(q);
  const count = words.all.length + words.none.length;
  const length = q.join(' ').length;
  const empty = q.find((text) => {
    const { all, none } = readWords([text]);
    return all.length + none.length === 0;
  });
  const allowed = `words, "phrases" and -word: 1 to ${wordQueryLimits.termsMax} terms, at most ${wordQueryLimits.lengthMax} characters`;
  if (empty !== undefined) {
    return refused({
      parameter: 'q',
      value: empty,
      allowed,
      detail: 'Expected `q` to hold a word, got none',
    });
  }
  if (count > wordQueryLimits.termsMax || length > wordQueryLimits.lengthMax) {
    const detail = `Expected \`q\` to have at most ${wordQueryLimits.termsMax} terms and ${wordQueryLimits.lengthMax} characters, got ${count} and ${length}`;
    return refused({ parameter: 'q', value: q.join(' '), allowed, detail });
  }
  return read({ q, words });
}
