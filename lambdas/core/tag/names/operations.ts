import type { FoundName } from './organisations.ts';
import { isCapital } from './word-field.ts';
import type { NameWord, WordField } from './word-field.ts';

const wordsMax = 4;

/** Behind `Operation` these begin no code name. */
const plainWords: ReadonlySet<string> = new Set(
  'center centre centres command commands room plan planning cost costs time order orders is was to of in the and commander manager officer support'.split(
    ' ',
  ),
);

/** Verbs and the like of a headline, where all words have capitals: the code name ends before them. */
const headlineWord =
  /(?:ing|ed)$|^(?:begins?|ends?|starts?|continues?|enters?|kills?|hits?|strikes?|shows?|targets?|against|after|amid|as|in|on|to|for|at|from|with|and|or|is|was|has|will|by|over|into|near|off|kicks?|sees?|brings?|draws?|concludes?|wraps?|tests?|launches|says?|the|a)$/i;

/**
 * Operations, exercises and battles by their words: `Operation Xxx Yyy`, `Exercise Xxx`, `Xxx Yyy exercise`, `Battle of X`.
 * A year at the end is no part of the name. Linear in the text; never throws.
 */
export function operationsIn(fields: readonly WordField[]): FoundName[] {
  const found: FoundName[] = [];
  for (const field of fields) {
    if (field.style === 'shouted') continue;
    field.words.forEach((word, at) => {
      const span = announced(field, at) ?? battleAt(field.words, at);
      if (span === null) return;
      const last = field.words[span.end - 1];
      if (last === undefined || isKnown(field.words, at, span.end)) return;
      found.push({ field, name: span.name, from: word.from, to: last.to });
    });
  }
  return found;
}

interface Named {
  readonly name: string;
  readonly end: number;
}

function announced({ words, style }: WordField, at: number): Named | null {
  const word = words[at];
  if (word === undefined || !/^(?:[Oo]peration|[Ee]xercise|Op)$/.test(word.text) || word.isOwner) return null;
  // Without a capital of its own it wants two words, so that `operation Tuesday` is none.
  const isCode = isCapital(word);
  let end = at + 1;
  while (end < words.length && end <= at + wordsMax) {
    const next = words[end];
    if (
      next === undefined ||
      !/^ ["\u201c\u2018']?$/.test(next.gap) ||
      !isCapital(next) ||
      words[end - 1]?.isOwner
    )
      break;
    if (plainWords.has(next.lower) || (end > at + 1 && style === 'headline' && headlineWord.test(next.text)))
      break;
    end += 1;
  }
  const code = words.slice(at + 1, end).map(({ text }) => text);
  if (code.length === 0 || code.length > (style === 'headline' ? 3 : wordsMax)) return null;
  if (!isCode && (code.length < 2 || /^operation$/i.test(word.text))) return null;
  return { name: [/^op/i.test(word.text) ? 'Operation' : 'Exercise', ...code].join(' '), end };
}

/** `Battle of X`, `Siege of X`: X is one capitalised word, or two in running text. */
function battleAt(words: readonly NameWord[], at: number): Named | null {
  const word = words[at];
  const of = words[at + 1];
  const place = words[at + 2];
  if (
    word === undefined ||
    !/^(?:Battle|Siege)$/.test(word.text) ||
    of?.gap !== ' ' ||
    !/^(?:of|for)$/.test(of.lower)
  )
    return null;
  if (
    place === undefined ||
    place.gap !== ' ' ||
    place.shape !== 'title' ||
    /^(?:The|An|His|Her|Our)$/.test(place.text)
  )
    return null;
  return { name: `${word.text} of ${place.text}`, end: at + 3 };
}

function isKnown(words: readonly NameWord[], at: number, end: number): boolean {
  return words.slice(at, end).some(({ known }) => known?.concept.name?.kind === 'operations');
}
