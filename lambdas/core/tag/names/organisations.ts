import {
  companyForms,
  companyNouns,
  companyOffices,
  finalHeads,
  notHeads,
  openHeads,
  placeHeads,
  placeWords,
  unitHeads,
  weakHeads,
} from './organisation-words.ts';
import { ranks, roles } from './people-words.ts';
import { isCapital } from './word-field.ts';
import type { NameWord, WordField } from './word-field.ts';

/** A name found by rules, and its tokens, `to` exclusive. `countries` are those it implies for certain. */
export interface FoundName {
  readonly field: WordField;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly countries?: readonly string[];
}

/**
 * Bodies the gazetteer does not know: numbered units, names with a head word at the end (`… Agency`) or at the beginning
 * (`Ministry of …`), companies by their legal form, by `firm X` and by `X CEO`. A name that comes with its acronym in
 * brackets is found again by the acronym. In a headline with capitals throughout only units and legal forms count, and in
 * a shouted one nothing. Linear in the text; never throws.
 */
export function organisationsIn(fields: readonly WordField[]): FoundName[] {
  const found: FoundName[] = [];
  const acronyms = new Map<string, string>();
  for (const field of fields) {
    if (field.style === 'shouted') continue;
    let at = 0;
    while (at < field.words.length) {
      const span = spanAt(field, at);
      if (span === null || isKnown(field.words, span) || isShouted(field.words, span)) {
        at = span === null ? at + 1 : Math.max(at + 1, span.end);
        continue;
      }
      const name = nameOf(field, span);
      found.push({
        field,
        name,
        from: field.words[span.from]?.from ?? 0,
        to: field.words[span.end - 1]?.to ?? 0,
      });
      const acronym = acronymBehind(field.words, span);
      if (acronym !== null) acronyms.set(acronym, name);
      at = Math.max(at + 1, span.end);
    }
  }
  return [...found, ...mentionsOf(acronyms, fields)];
}

/** Words of a field, `end` exclusive; `nameEnd` is where the name ends when a legal form follows it. */
interface Span {
  readonly from: number;
  readonly end: number;
  readonly nameEnd: number;
}

function spanAt(field: WordField, at: number): Span | null {
  const { words, style } = field;
  if (words[at]?.shape === 'lower') return null;
  const unit = unitAt(words, at);
  if (unit !== null) return unit;
  const company = companyAt(field, at);
  if (company !== null || style === 'headline') return company;
  return bodyAt(words, at);
}

const ordinal =
  /^(?:\d{1,4}(?:st|nd|rd|th|d)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)$/;
const unitWordsMax = 7;

/** `31st Fighter Wing`: an ordinal, capitalised words, and a unit's head words to the last of them in a row. */
function unitAt(words: readonly NameWord[], at: number): Span | null {
  const first = words[at];
  if (first === undefined || !ordinal.test(first.text) || words[at + 1]?.lower === 'class') return null;
  let end = 0;
  for (let index = at + 1; index < Math.min(words.length, at + 1 + unitWordsMax); index += 1) {
    const word = words[index];
    if (word === undefined || word.gap !== ' ' || words[index - 1]?.isOwner) break;
    // `Training and Support Squadron`.
    if (word.lower === 'and' && isCapital(words[index + 1]) && unitHeads.has(words[index + 2]?.lower ?? '')) {
      end = index + 3;
      break;
    }
    if (!isCapital(word)) break;
    const isHead = unitHeads.has(word.lower);
    // Behind the first head only more heads belong to the name.
    if (end > 0 && !isHead && word.lower !== 'combat' && word.lower !== 'expeditionary') break;
    if (isHead) end = index + 1;
  }
  const isNumeral = /^\d/.test(first.text);
  // `First Army Chief` and the like are no units, so an ordinal in letters needs a word before its head.
  return end === 0 || (!isNumeral && end - at < 3) ? null : { from: at, end, nameEnd: end };
}

/** `X Inc.`, `firm X`, `X CEO`. */
function companyAt({ words, style }: WordField, at: number): Span | null {
  const first = words[at];
  if (first === undefined || !isCapital(first) || notHeads.has(first.lower)) return null;
  const end = capitalsEnd(words, at, style === 'headline' ? 1 : 4);
  const form = words[end];
  if (form !== undefined && /^,? $/.test(form.gap) && isCapital(form) && companyForms.has(bare(form.lower)))
    return { from: at, end: end + 1, nameEnd: end };
  const last = words[end - 1];
  if (last !== undefined && end - at >= 2 && companyForms.has(bare(last.lower)))
    return { from: at, end, nameEnd: end - 1 };
  if (style !== 'sentence') return null;
  const before = words[at - 1];
  const isNamed =
    first.gap === ' ' && before !== undefined && before.shape === 'lower' && companyNouns.has(before.lower);
  if (isNamed && !first.known)
    return { from: at, end: trimmed(words, at, end), nameEnd: trimmed(words, at, end) };
  const office = words[at + 1];
  const isOffice = office?.gap === ' ' && companyOffices.has(office.lower) && !first.isOwner;
  return isOffice && first.gap !== ' ' && !first.known && first.shape !== 'upper'
    ? { from: at, end: at + 1, nameEnd: at + 1 }
    : null;
}

/** `maker Acme CEO`: an office at the end is no part of the name, nor is a rank. */
function trimmed(words: readonly NameWord[], at: number, end: number): number {
  for (let index = at + 1; index < end; index += 1) {
    const word = words[index];
    if (word !== undefined && (companyOffices.has(word.lower) || roles.has(word.lower))) return index;
  }
  return end;
}

function bare(word: string): string {
  return word.replace(/\./g, '');
}

/** The end of the capitalised words that follow each other directly. */
function capitalsEnd(words: readonly NameWord[], at: number, max: number): number {
  let end = at + 1;
  while (end < words.length && end - at < max) {
    const word = words[end];
    if (word === undefined || word.gap !== ' ' || !isCapital(word) || words[end - 1]?.isOwner) break;
    if (companyForms.has(bare(word.lower))) return end;
    end += 1;
  }
  return end;
}

const bodyWordsMax = 9;
const connectors: ReadonlySet<string> = new Set(['of', 'and', 'for', 'the', 'on', '&']);

/** A name with a head word: capitalised words, small ones between them, ending in a head or going on behind an open head. */
function bodyAt(words: readonly NameWord[], at: number): Span | null {
  const first = words[at];
  if (first === undefined || !mayBegin(first) || isInside(words, at)) return null;
  let end = at;
  let isOpen = false;
  for (let index = at; index < Math.min(words.length, at + bodyWordsMax); index += 1) {
    const word = words[index];
    if (word === undefined || (index > at && !joins(words, index))) break;
    if (!isCapital(word) && word.shape !== 'number') {
      if (
        !connectors.has(word.lower) ||
        !isCapital(words[index + 1]?.lower === 'the' ? words[index + 2] : words[index + 1])
      )
        break;
      // `the Ministry of X and Y`: a small word opens a new part only behind an open head or between words of one.
      if (/^(?:of|for|on)$/.test(word.lower)) {
        if (!openHeads.has(words[index - 1]?.lower ?? '')) break;
        isOpen = true;
      } else if (!isOpen && end > at) break;
      continue;
    }
    if (index > at && (roles.has(word.lower) || ranks.has(word.lower))) break;
    if (finalHeads.has(word.lower) ? index > at : isOpen) end = index + 1;
  }
  if (end - at < 2) return null;
  return isBody(words, at, end, isOpen) ? { from: at, end, nameEnd: end } : null;
}

function mayBegin(word: NameWord): boolean {
  return isCapital(word) && !/\d/.test(word.text) && !isNoPart(word);
}

function isNoPart({ lower }: NameWord): boolean {
  return notHeads.has(lower) || roles.has(lower) || ranks.has(lower);
}

/** Directly behind another capitalised word a body does not begin, unless that word is none of its own. */
function isInside(words: readonly NameWord[], at: number): boolean {
  const before = words[at - 1];
  if (before === undefined || words[at]?.gap !== ' ' || before.isOwner) return false;
  return isCapital(before) && !isNoPart(before);
}

function joins(words: readonly NameWord[], index: number): boolean {
  const before = words[index - 1];
  if (words[index]?.gap === ' & ') return true;
  if (words[index]?.gap !== ' ' && !(before?.isOwner && /^['\u2019]s? $/.test(words[index]?.gap ?? '')))
    return false;
  // `People's Army` is one name, `Pentagon's Agency` two.
  return (
    !before?.isOwner ||
    /^(?:people|lord|men|women|workers|veterans|nurses|soldiers|citizens)$/.test(before.lower)
  );
}

function isBody(words: readonly NameWord[], at: number, end: number, isOpen: boolean): boolean {
  const last = words[end - 1]?.lower ?? '';
  const before = words[at - 1];
  const article = before?.lower === 'the' ? words[at - 2] : before;
  if (
    (placeHeads.has(last) || placeHeads.has(words[at]?.lower ?? '')) &&
    article !== undefined &&
    placeWords.has(article.lower)
  )
    return false;
  const next = words[end];
  // `Andrews Air Force Base`, `Stony Creek Army Depot`: the name goes on and is another kind of thing.
  const goesOn =
    next?.gap === ' ' &&
    isCapital(next) &&
    !words[end - 1]?.isOwner &&
    !roles.has(next.lower) &&
    !ranks.has(next.lower);
  if (goesOn && (weakHeads.has(last) || unitHeads.has(last))) return false;
  if (isOpen || !weakHeads.has(last)) return true;
  // A weak head wants a word of its own before it, which is no service, no country and no number.
  const own = words
    .slice(at, end - 1)
    .filter((word) => word.known === undefined && isCapital(word) && !/\d/.test(word.text));
  return (
    own.length > 0 &&
    end - at >= (last === 'army' || last === 'party' || last === 'command' || last === 'corps' ? 2 : 3)
  );
}

/** Two words in capitals are a dateline or a heading. */
function isShouted(words: readonly NameWord[], { from, end }: Span): boolean {
  return end - from > 1 && words.slice(from, end).every(({ shape }) => shape === 'upper');
}

/** The gazetteer knows these words, or a body or weapon among them: what it says stands. */
function isKnown(words: readonly NameWord[], { from, end }: Span): boolean {
  const start = words[from]?.from ?? 0;
  const stop = words[end - 1]?.to ?? 0;
  return words.slice(from, end).some(({ known }) => {
    if (known === undefined) return false;
    if (known.from <= start && known.to >= stop) return true;
    if (known.concept.layer === 'service' && (known.to === stop || isMinistry(words[from])))
      return known.to - known.from > 1;
    // `European Union on Monday`: a country's own word is no head.
    if (known.from === start && known.to - known.from > 1 && known.concept.name?.kind === 'countries')
      return true;
    // A head word that is a body of its own (`Congress`) is none inside a longer name.
    if (known.to === stop && known.to - known.from === 1 && weakHeads.has(words[end - 1]?.lower ?? ''))
      return false;
    return (
      known.concept.name !== undefined &&
      known.concept.name.kind !== 'countries' &&
      known.concept.name.kind !== 'people'
    );
  });
}

/** A ministry is of whichever country is named: the service rules say whose. */
function isMinistry(word: NameWord | undefined): boolean {
  return /^(?:Department|Ministry|Defen[cs]e)$/.test(word?.text ?? '');
}

function nameOf({ field, words }: WordField, { from, nameEnd }: Span): string {
  const first = field.tokens[words[from]?.from ?? 0];
  const last = field.tokens[(words[nameEnd - 1]?.to ?? 1) - 1];
  return field.text.slice(first?.start ?? 0, last?.end ?? 0).replace(/\s+/g, ' ');
}

/** `Name (ABC)`: capitals in brackets behind a name, of which its words give at least the first. */
function acronymBehind(words: readonly NameWord[], { from, end }: Span): string | null {
  const word = words[end];
  if (word === undefined || word.gap !== ' (' || !/^\p{Lu}[\p{Lu}\d&-]{1,9}$/u.test(word.text)) return null;
  if (!(words[end + 1]?.gap ?? ')').startsWith(')')) return null;
  const initials = words.slice(from, end).map(({ text }) => text.charAt(0).toUpperCase());
  return initials.includes(word.text.charAt(0)) ? word.text : null;
}

function mentionsOf(acronyms: ReadonlyMap<string, string>, fields: readonly WordField[]): FoundName[] {
  if (acronyms.size === 0) return [];
  return fields.flatMap((field) =>
    field.words.flatMap(({ text, from, to }) => {
      const name = acronyms.get(text);
      return name === undefined ? [] : [{ field, name, from, to }];
    }),
  );
}
