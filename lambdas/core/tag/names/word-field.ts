import type { Finding, ReadField } from '../field-matches.ts';
import type { Token } from '../tokens.ts';

/** `Title` (a capital, then small letters), `ABC`, `abc`, digits first, or none of these. */
export type WordShape = 'title' | 'upper' | 'lower' | 'number' | 'other';

/**
 * A word as a reader sees it: `F-35A`, `O'Brien`, `al-Sadr`, `U.S.` are one each. `from` and `to` are its tokens,
 * `to` exclusive; `gap` is what stands before it, white space as one blank; `isOwner`: an `'s` follows.
 */
export interface NameWord {
  readonly text: string;
  readonly lower: string;
  readonly shape: WordShape;
  readonly from: number;
  readonly to: number;
  readonly gap: string;
  readonly isOwner: boolean;
  /** The longest gazetteer name, service or name of nothing that covers the word's first token. */
  readonly known: Finding | undefined;
}

/** A field as words. In a headline in capitals, or with all words capitalised, a capital tells nothing. */
export interface WordField {
  readonly field: ReadField;
  readonly words: readonly NameWord[];
  readonly style: 'sentence' | 'headline' | 'shouted';
}

/** Gaps are compared with short strings only, so the rest of a longer one does not matter. */
const gapLengthMax = 8;

/** Between the parts of one word; the possessive is no part of it. */
const joiner = /^[-\u2010\u2011\u2012'\u2019/]?$/;
const owner = /^['\u2019](?:s\b)?/i;

/** The words of a field. Linear in the field; never throws. */
export function wordFieldOf(field: ReadField): WordField {
  const { text, tokens } = field;
  const known = longestNames(field);
  const words: NameWord[] = [];
  let at = 0;
  while (at < tokens.length) {
    const first = tokens[at];
    if (first === undefined) break;
    const to = wordEnd(text, tokens, at);
    const end = tokens[to - 1]?.end ?? first.end;
    const raw = text.slice(first.start, end);
    const next = tokens[to];
    words.push({
      text: raw,
      lower: raw.toLowerCase(),
      shape: shapeOf(raw),
      from: at,
      to,
      gap: gapBefore(text, tokens, at),
      isOwner: owner.test(text.slice(end, next === undefined ? end + 3 : next.start).slice(0, 3)),
      known: known[at],
    });
    at = to;
  }
  return { field, words, style: styleOf(words, field.field === 'title' ? 2 : 8) };
}

/** Is this word written right behind the one before it, with nothing but a blank (or the stop of an initial) between? */
export function follows(word: NameWord | undefined): boolean {
  return word !== undefined && (word.gap === ' ' || word.gap === '. ');
}

/** Begins with a capital. */
export function isCapital(word: NameWord | undefined): boolean {
  return (
    word !== undefined && (word.shape === 'title' || word.shape === 'upper' || /^\p{Lu}/u.test(word.text))
  );
}

/** Ends the sentence before it: a full stop and the like, or a dash, a colon or a bracket. */
export function startsSentence(word: NameWord | undefined): boolean {
  if (word === undefined || word.gap === '') return true;
  return /[.!?:;\u2014\u2013()|"\u201c\u201d\n-]/.test(word.gap);
}

function wordEnd(text: string, tokens: readonly Token[], from: number): number {
  let at = from + 1;
  while (at < tokens.length) {
    const before = tokens[at - 1];
    const token = tokens[at];
    if (before === undefined || token === undefined) return at;
    if (token.start - before.end > 1) return at;
    const gap = text.slice(before.end, token.start);
    if (gap === ' ' || !joiner.test(gap)) return at;
    at += 1;
  }
  return at;
}

function gapBefore(text: string, tokens: readonly Token[], at: number): string {
  const start = tokens[at]?.start ?? 0;
  const end = tokens[at - 1]?.end ?? 0;
  if (at === 0) return '';
  // The tail of a long gap says what opens before the word, its head what ends behind the last one.
  const gap =
    start - end > gapLengthMax * 2
      ? text.slice(end, end + gapLengthMax) + text.slice(start - gapLengthMax, start)
      : text.slice(end, start);
  return gap === ' ' || gap === '' ? gap : gap.replace(/\s+/g, ' ');
}

function shapeOf(text: string): WordShape {
  // Most words are small and in plain letters: one look is enough.
  if (/^[a-z]+$/.test(text)) return 'lower';
  if (/^\d/.test(text)) return 'number';
  if (/^\p{Lu}[\p{Ll}\p{M}]+$/u.test(text)) return 'title';
  if (/^[\p{Lu}\d.&-]+$/u.test(text)) return 'upper';
  return /^\p{Ll}[\p{Ll}\p{M}]*$/u.test(text) ? 'lower' : 'other';
}

/** Four capitalised words of five, small words left out, make a headline; too few long words tell nothing. */
function styleOf(words: readonly NameWord[], longMin: number): WordField['style'] {
  let long = 0;
  let capital = 0;
  let upper = 0;
  for (const { text, shape } of words) {
    if (text.length < 4 || shape === 'number') continue;
    long += 1;
    if (/^\p{Lu}/u.test(text)) capital += 1;
    if (shape === 'upper') upper += 1;
  }
  if (long >= 3 && upper * 5 >= long * 4) return 'shouted';
  return long >= longMin && capital * 5 >= long * 4 ? 'headline' : 'sentence';
}

/** For each token the longest name that covers it. Names that overlap are few and short, so this is linear. */
function longestNames({ tokens, findings }: ReadField): (Finding | undefined)[] {
  const longest: (Finding | undefined)[] = Array.from({ length: tokens.length });
  for (const finding of findings) {
    if (finding.concept.layer !== 'name' && finding.concept.layer !== 'service') continue;
    for (let at = finding.from; at < finding.to; at += 1) {
      const other = longest[at];
      if (other === undefined || other.to - other.from < finding.to - finding.from) longest[at] = finding;
    }
  }
  return longest;
}
