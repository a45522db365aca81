import { givenNames } from './given-names.ts';
import { nameEnders, notNames, particles, ranks, roles } from './people-words.ts';
import type { NameWord, WordField } from './word-field.ts';
import { comparable } from '../spelling.ts';

/** A run of words that may be a person's full name; `end` is the word behind it. */
export interface NameRun {
  readonly name: string;
  readonly first: string;
  readonly surname: string;
  readonly end: number;
}

type PartKind = 'name' | 'initial' | 'particle' | 'suffix' | 'none';

const wordsMax = 7;
const namesMax = 5;

/**
 * The full name that may begin at a word: two to five names with initials (`Gerald R. Ford`), particles (`al-`, `von der`),
 * a nickname in quotes, which is left out, and `Jr.`; null when there is none. A headline gives two names at most,
 * because the word behind them is capitalised too. Looks at seven words at most.
 */
export function nameRunAt(field: WordField, at: number): NameRun | null {
  const { words, style } = field;
  if (words[at]?.shape === 'lower') return null;
  const parts: { readonly text: string; readonly kind: PartKind; readonly at: number }[] = [];
  const limit = style === 'headline' ? 2 : namesMax;
  let names = 0;
  for (let index = at; index < Math.min(words.length, at + wordsMax); index += 1) {
    const word = words[index];
    const kind = word === undefined ? 'none' : partKind(words, index, index === at);
    if (word === undefined || kind === 'none' || (kind === 'suffix' && names < 2)) break;
    if (index > at && !continues(words, index, kind)) break;
    if (kind === 'name' && names === limit) break;
    if (isNickname(word)) continue;
    if (index > at && kind === 'name' && isOtherName(word, words[at])) break;
    if (kind === 'name' || (kind === 'initial' && index === at)) names += 1;
    parts.push({ text: spelt(word, kind), kind, at: index });
    if (kind === 'suffix' || word.isOwner) break;
  }
  while (parts.length > 0 && (parts.at(-1)?.kind === 'particle' || parts.at(-1)?.kind === 'initial'))
    parts.pop();
  const surname = parts.findLast(({ kind }) => kind === 'name');
  const end = (parts.at(-1)?.at ?? at) + 1;
  const [first] = parts;
  if (first === undefined || surname === undefined || surname.at === at || names < 2) return null;
  return { name: parts.map(({ text }) => text).join(' '), first: first.text, surname: surname.text, end };
}

/** An initial keeps its stop; a hyphen that a line break cut off from its name is joined by the caller's text. */
function spelt({ text: written }: NameWord, kind: PartKind): string {
  const text = withoutMarks(written);
  if (kind === 'initial' && text.length === 1) return `${text}.`;
  if (kind === 'suffix') return /^[JS]r$/i.test(text) ? `${text}.` : text;
  return text;
}

/** People are named without accents, as most of the press writes them; letters that have no base are spelt out. */
function withoutMarks(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return text;
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('\u2019', "'");
  return plain.replace(/[łøđıßŁØĐ]/g, (letter) => bases[letter] ?? letter);
}

const bases: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  Ł: 'L',
  Ø: 'O',
  Đ: 'D',
};

/** Ranks and roles that are family names as well. */
const surnameRoles: ReadonlySet<string> = new Set(
  'king judge prince major page lord pope marshal partner shepherd lead'.split(' '),
);

/** What a family name may begin with before its second capital: McCarthy, LaPlante, DeSantis, O'Brien. */
const surnamePrefix = /^(?:Mac|Mc|Fitz|De|Del|La|Le|Di|Du|Da|Van|Von|Ver|St|Al|El|Ter)(?=\p{Lu})/u;

function partKind(words: readonly NameWord[], at: number, isFirst: boolean): PartKind {
  const word = words[at];
  if (word === undefined) return 'none';
  const { text, lower } = word;
  if (/^(?:Jr|Sr|II|III|IV)$/.test(text)) return 'suffix';
  if (/^\p{Lu}$/u.test(text)) return words[at + 1]?.gap.startsWith('.') ? 'initial' : 'none';
  if (/^(?:\p{Lu}\.){2,3}$/u.test(text) || (isFirst && /^(?:JD|CQ|DJ|AJ|TJ|JR|RJ|BJ|CJ|PJ)$/.test(text)))
    return 'initial';
  if (!isFirst && particles.has(lower) && text === lower) return 'particle';
  if (/^(?:al|el|as|ash|an|ad|ar|at|az|ul)-\p{Lu}\p{Ll}+$/u.test(text)) return isFirst ? 'none' : 'name';
  if (!isFirst && /^(?:Al|El|Bin|Ibn|Abu|Van|Von|De|Del|Di|Da|La|Le|Den|Der|Dos|Ben)$/.test(text))
    return 'particle';
  if (!/^\p{Lu}[\p{L}\p{M}'\u2019-]*$/u.test(text) || !/\p{Ll}/u.test(text)) return 'none';
  // Two words that a feed ran together (`SmithRead`), or the rest of a name that is no person's.
  if (/\p{Ll}\p{Lu}/u.test(text.replace(surnamePrefix, '')) || (!isFirst && nameEnders.has(lower)))
    return 'none';
  const tail = lower.slice(lower.lastIndexOf('-') + 1);
  if ((ranks.has(lower) || roles.has(lower)) && (isFirst || !surnameRoles.has(lower))) return 'none';
  return notNames.has(lower) || (tail !== lower && /-\p{Ll}/u.test(text) && !/-\p{Lu}/u.test(text))
    ? 'none'
    : 'name';
}

function continues(words: readonly NameWord[], at: number, kind: PartKind): boolean {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || before === undefined || before.isOwner) return false;
  if (word.gap === ' ') return true;
  if (word.gap === '. ') return /^\p{Lu}$/u.test(before.text);
  if (kind === 'suffix') return word.gap === ', ';
  // A nickname in quotes between the names.
  return /^ ["\u201c\u2018'(]$/.test(word.gap) || /^["\u201d\u2019')] $/.test(word.gap);
}

function isNickname(word: NameWord): boolean {
  return /^ ["\u201c\u2018'(]$/.test(word.gap);
}

/** A word of another name ends the run: a service, a firm, a weapon; a country too unless a given name came first. */
function isOtherName({ known }: NameWord, first: NameWord | undefined): boolean {
  if (known === undefined) return false;
  if (known.concept.layer === 'service') return true;
  const kind = known.concept.name?.kind;
  if (kind === 'people') return false;
  const isGiven = first !== undefined && givenNames.has(comparable(first.text).toLowerCase());
  return !isGiven && (kind !== undefined || known.concept.countries !== undefined);
}
