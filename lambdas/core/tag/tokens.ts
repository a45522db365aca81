import { lemmaOf, stemOf } from './inflection.ts';
import { comparable } from './spelling.ts';

/** How a token follows the one before it: nothing between, a hyphen or slash, white space, or other punctuation. */
export type Glue = 'none' | 'hyphen' | 'space' | 'break';

/**
 * A run of letters or of digits. `F-35A` is four tokens (f, 35, a), so that F35, F-35 and F 35 differ only in glue.
 * `start` and `end` are code units in the field. `keys` are what a phrase may call this token by (see phrase.ts).
 */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly glue: Glue;
  readonly text: string;
  readonly keys: readonly string[];
}

/** Longer runs are no word of any phrase; cutting them off keeps the keys small. */
const tokenLengthMax = 40;

type CharacterClass = 'letter' | 'digit' | 'apostrophe' | 'hyphen' | 'space' | 'other';

/** The tokens of one field of a text, in order. Linear in the text; never throws. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const isShouted = isUpperCased(text);
  let glue: Glue = 'break';
  let at = 0;
  while (at < text.length) {
    const kind = classAt(text, at);
    if (kind === 'letter' || kind === 'digit') {
      const end = runEnd(text, at, kind);
      const dotted = kind === 'letter' && end - at === 1 ? dottedEnd(text, at) : end;
      const isDotted = dotted > end;
      const raw = isDotted ? text.slice(at, dotted).replaceAll('.', '') : text.slice(at, end);
      if (!isPluralTail(tokens.at(-1), raw, glue))
        tokens.push(tokenOf({ raw, start: at, end: dotted, glue, isShouted }));
      glue = 'none';
      at = dotted;
      continue;
    }
    const isAbbreviation = text[at] === '.' && abbreviations.test(tokens.at(-1)?.text ?? '');
    const tail = kind === 'apostrophe' ? possessiveEnd(text, at) : 0;
    at = tail > 0 ? tail : at + 1;
    const isInside = tail === 0 && joinsNeighbours(text, at - 1);
    glue = wider(glue, tail > 0 || isAbbreviation ? 'none' : isInside ? 'hyphen' : glueOf(kind));
  }
  return tokens;
}

/** Words whose full stop ends no sentence: initials, ranks and titles that stand before names. */
const abbreviations = /^(?:[A-Z]|St|Mt|Ft|Lt|Gen|Sgt|Adm|Col|Maj|Capt|Cmdr|Cpl|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Jr)$/;

interface Run {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  readonly glue: Glue;
  readonly isShouted: boolean;
}

function tokenOf({ raw, start, end, glue, isShouted }: Run): Token {
  if (raw.length > tokenLengthMax) return { start, end, glue, text: raw.slice(0, tokenLengthMax), keys: [] };
  const isTail = glue === 'none' || glue === 'hyphen';
  return { start, end, glue, text: raw, keys: keysOf(raw, (isTail ? 1 : 0) + (isShouted ? 2 : 0)) };
}

/** Most words of the news are a few thousand; remembering their keys saves half of the time (measured). */
const rememberedMax = 20_000;
/** Longer words are rare, and would keep alive the whole text that they were cut from. */
const rememberedLengthMax = 12;
const remembered = [0, 1, 2, 3].map(() => new Map<string, readonly string[]>());

/** The keys of a word, by whether it continues a word (1) and stands in a text in capitals (2). */
function keysOf(raw: string, place: number): readonly string[] {
  const known = remembered[place]?.get(raw);
  if (known !== undefined) return known;
  const plain = comparable(raw);
  const lower = plain.toLowerCase();
  const keys = [lemmaOf(lower), `~${stemOf(lower)}`, `!${lower}`];
  if ((place & 1) !== 0) keys.push(`-${lower}`);
  if (plain !== lower) keys.push(...cased(plain, lower, (place & 2) !== 0));
  if (raw.length > rememberedLengthMax) return keys;
  const words = remembered[place];
  // Hostile text is all new words: it starts the memory anew and cannot make it grow.
  if (words !== undefined && words.size >= rememberedMax) words.clear();
  words?.set(raw, keys);
  return keys;
}

/** Words that are common in capitals and also name something when they are not. */
const shoutedWords: ReadonlySet<string> = new Set([
  'is',
  'it',
  'who',
  'as',
  'an',
  'at',
  'all',
  'aim',
  'act',
  'sam',
]);

function cased(plain: string, lower: string, isShouted: boolean): string[] {
  if (isShouted) return shoutedWords.has(lower) ? [] : [`=${plain}`, `=${plain.charAt(0)}${lower.slice(1)}`];
  // The plural of a name: UAVs, SEALs, Rafales, Typhoons. Shorter words are names of their own (Mars, Laos, US).
  const stem = plain.slice(0, -1);
  const isPlural = plain.endsWith('s') && (plain.length > 4 || (plain.length > 2 && !/[a-z]/.test(stem)));
  return isPlural && !plain.endsWith('ss') ? [`=${plain}`, `=${stem}`] : [`=${plain}`];
}

/** `F-35s` and `155s`: a lower-case s straight behind a number is a plural, no token. */
function isPluralTail(previous: Token | undefined, raw: string, glue: Glue): boolean {
  return raw === 's' && glue === 'none' && previous !== undefined && /\d$/.test(previous.text);
}

/** A title in capitals tells nothing by its capitals. A dozen letters, because a short one may just be a name. */
function isUpperCased(text: string): boolean {
  let upper = 0;
  let lower = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 65 && unit <= 90) upper += 1;
    else if (unit >= 97 && unit <= 122) lower += 1;
  }
  return upper >= 12 && lower * 10 < upper;
}

/** `U.S.`, `U.N.`, `U.A.E.` are one word, the last full stop included; where that run ends, or the end of the letter. */
function dottedEnd(text: string, at: number): number {
  let end = at + 1;
  let letters = 1;
  while (text[end] === '.' && isAsciiUpper(text, end + 1) && classAt(text, end + 2) !== 'letter') {
    end += 2;
    letters += 1;
  }
  if (letters < 2 || !isAsciiUpper(text, at)) return at + 1;
  return text[end] === '.' ? end + 1 : end;
}

function isAsciiUpper(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 65 && unit <= 90;
}

/** Where `'s`, or the `'` of a plural's genitive (`veterans' benefits`), ends; 0 when the apostrophe is something else. */
function possessiveEnd(text: string, at: number): number {
  if (at === 0 || classAt(text, at - 1) === 'space') return 0;
  const next = text[at + 1];
  if ((next === 's' || next === 'S') && classAt(text, at + 2) !== 'letter') return at + 2;
  const last = text[at - 1];
  return (last === 's' || last === 'S') && classAt(text, at + 1) === 'space' ? at + 1 : 0;
}

/** A sign within a word or number: the apostrophe of `can't` and `d'honneur`, the point of `5.56`. */
function joinsNeighbours(text: string, at: number): boolean {
  if (at === 0) return false;
  const kind = classAt(text, at);
  const [before, after] = [classAt(text, at - 1), classAt(text, at + 1)];
  if (kind === 'apostrophe') return before === 'letter' && after === 'letter';
  return text[at] === '.' && before === 'digit' && after === 'digit';
}

function runEnd(text: string, from: number, kind: CharacterClass): number {
  let at = from;
  while (at < text.length && classAt(text, at) === kind) at += text.charCodeAt(at) >> 10 === 0x36 ? 2 : 1;
  return Math.min(at, text.length);
}

function glueOf(kind: CharacterClass): Glue {
  if (kind === 'space') return 'space';
  return kind === 'hyphen' ? 'hyphen' : 'break';
}

const width: Readonly<Record<Glue, number>> = { none: 0, hyphen: 1, space: 2, break: 3 };

function wider(one: Glue, other: Glue): Glue {
  return width[one] >= width[other] ? one : other;
}

function classAt(text: string, at: number): CharacterClass {
  const unit = text.charCodeAt(at);
  if (unit < 128) return asciiClasses[unit] ?? 'other';
  // Dashes that writers use as hyphens, and the soft and no-break ones.
  if ((unit >= 0x2010 && unit <= 0x2013) || unit === 0x2212 || unit === 0xad || unit === 0x2043)
    return 'hyphen';
  if (unit === 0x2019 || unit === 0x2bc || unit === 0x2018) return 'apostrophe';
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/[\p{L}\p{M}]/u.test(character)) return 'letter';
  if (/\p{Nd}/u.test(character)) return 'digit';
  return /\s/u.test(character) ? 'space' : 'other';
}

const asciiClasses: readonly CharacterClass[] = Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  if (/[a-z]/i.test(character)) return 'letter';
  if (/\d/.test(character)) return 'digit';
  if (character === "'") return 'apostrophe';
  // An ampersand joins as a hyphen does: R&D, Harland & Wolff.
  if (character === '-' || character === '/' || character === '&') return 'hyphen';
  return /\s/.test(character) ? 'space' : 'other';
});
