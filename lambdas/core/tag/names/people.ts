import { nameRunAt } from './name-run.ts';
import type { NameRun } from './name-run.ts';
import { givenNames, leadingSurnames } from './given-names.ts';
import {
  announcementBefore,
  describedBehind,
  isApposed,
  isByline,
  isSpeaker,
  isUnitedStatesRank,
  lastWord,
} from './announced.ts';
import type { Announcement } from './announced.ts';
import { nameEnders, shipWords } from './people-words.ts';
import { follows, isCapital } from './word-field.ts';
import type { NameWord, WordField } from './word-field.ts';
import { comparable } from '../spelling.ts';

/** A person found by rules, and where; `isReference`: only the family name of someone named in full elsewhere. */
export interface FoundPerson {
  readonly field: WordField;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly isReference: boolean;
  /** A rank as only the United States' press writes it stands before the name. */
  readonly isUnitedStates: boolean;
}

/** Gives the gazetteer's name of a person by first and last name, in lower case. */
export type KnownPeople = ReadonlyMap<string, string>;

/**
 * People the gazetteer does not know, and those it knows by another spelling. A run of capitalised words is a person when a
 * rank or role stands before it, or a role, an age or a party behind it. One that begins with a common given name is, too,
 * in a title, as the subject of `said`, or when the family name comes back; any other subject of `said` only when it does.
 * A headline with capitals throughout gives two words only, and a shouted one none. `ships` are names of ships in the text
 * without their prefix, which are nobody's. Linear in the text; never throws.
 */
export function peopleIn(
  fields: readonly WordField[],
  known: KnownPeople,
  ships: ReadonlySet<string> = new Set(),
): FoundPerson[] {
  const surnames = new Map<string, string>();
  const counts = wordCounts(fields);
  const found: FoundPerson[] = [];
  for (const field of fields) {
    if (field.style === 'shouted') continue;
    let at = 0;
    while (at < field.words.length) {
      const run = nameRunAt(field, at);
      const announcement = run === null ? '' : announcementBefore(field.words, at);
      if (run === null || ships.has(run.name) || !isPerson(field, { run, at, announcement, counts })) {
        at += 1;
        continue;
      }
      const name = canonical(run, field.words[run.end - 1], known);
      found.push({
        field,
        name,
        from: field.words[at]?.from ?? 0,
        to: field.words[run.end - 1]?.to ?? 0,
        isReference: false,
        isUnitedStates: isUnitedStatesRank(field.words, at),
      });
      surnames.set(keyOf(run.surname), name);
      at = run.end;
    }
  }
  return [...found, ...references(fields, surnames, found)];
}

interface Candidate {
  readonly run: NameRun;
  readonly at: number;
  readonly announcement: Announcement;
  readonly counts: ReadonlyMap<string, number>;
}

function isPerson(field: WordField, { run, at, announcement, counts }: Candidate): boolean {
  const { words, style } = field;
  if (isCovered(words, at, run.end) || isShip(words, at, run.end) || continuesName(words[at])) return false;
  const behind = words[run.end];
  if (follows(behind) && isCapital(behind) && nameEnders.has(behind?.lower ?? '')) return false;
  if (isByline(words, at)) return false;
  if (announcement === 'rank') return true;
  if (follows(words[at]) && placePrefix.test(words[at - 1]?.text ?? '')) return false;
  const isGiven = givenNames.has(firstOf(run));
  // `NBC News' X Y` wrote the story.
  if (words[at - 1]?.isOwner && /^(?:News|Times|Post|Journal|TV|Reuters|AP)$/.test(words[at - 1]?.text ?? ''))
    return false;
  if (isGiven) {
    if (style !== 'sentence') return !/(?:ing|ed)$/.test(run.surname);
    // A full name in a summary of which nothing else is said is named in passing.
    return (
      field.field.field === 'title' ||
      announcement !== '' ||
      describedBehind(words, run.end) ||
      isApposed(words, at, run.end) ||
      isSpeaker(words, at, run.end) ||
      (counts.get(keyOf(run.surname)) ?? 0) > 1
    );
  }
  if (style === 'headline') return false;
  const isFamilyFirst = leadingSurnames.has(firstOf(run));
  if (announcement === 'role') return isFamilyFirst || !isLooseRole(words, at);
  const isPlain = words[at]?.known === undefined && words[run.end - 1]?.known === undefined;
  if (isPlain && (describedBehind(words, run.end) || isApposed(words, at, run.end))) return true;
  if (!isSpeaker(words, at, run.end)) return false;
  return isFamilyFirst || (isPlain && (counts.get(keyOf(run.surname)) ?? 0) > 1);
}

/** Before a given name these make it a place: San Antonio, Fort George G. Meade. */
const placePrefix =
  /^(?:San|Santa|Santo|Fort|Ft|Camp|St|Saint|Lake|Mount|Mt|Port|Point|Cape|Los|Las|Sao|Rio|Puerto|Don|Marine|Operation|Exercise)$/;

/** Roles that firms have too. */
const firmRoles: ReadonlySet<string> = new Set(
  'contractor partner owner leader resident lead general speaker'.split(' '),
);

function isLooseRole(words: readonly NameWord[], at: number): boolean {
  const role = lastWord(words, at);
  return firmRoles.has(role) || (isCapital(words[at - 1]) && compoundRoles.has(role));
}

/** Roles that with a capital begin the name of a thing: `Sailor Harbour Centre`, `Sailor Assistance Centre`. */
const compoundRoles: ReadonlySet<string> = new Set(
  'pilot soldier sailor marine veteran officer student graduate expert mother father nurse medic cadet navigator specialist coach'.split(
    ' ',
  ),
);

const hull = /^(?:CVN|CV|CG|DDG|DD|FFG|LCS|LHD|LHA|LPD|LSD|SSN|SSBN|SSGN|ESB|EPF|MCM|WMSL)$/;

function isShip(words: readonly NameWord[], at: number, end: number): boolean {
  const before = words[at - 1];
  const after = words[end];
  if (before !== undefined && follows(words[at]) && shipWords.has(before.lower)) return true;
  return after !== undefined && after.gap === ' (' && hull.test(after.text.replace(/-?\d+$/, ''));
}

/** `Rolls Royce Reports`: inside another name no person begins. */
function continuesName(word: NameWord | undefined): boolean {
  const known = word?.known;
  return (
    word !== undefined &&
    known !== undefined &&
    known.from < word.from &&
    known.concept.name?.kind !== 'countries'
  );
}

/** Does the gazetteer already say what all of these words are? */
function isCovered(words: readonly NameWord[], at: number, end: number): boolean {
  const first = words[at];
  const last = words[end - 1];
  const known = first?.known;
  return known !== undefined && last !== undefined && known.from <= (first?.from ?? 0) && known.to >= last.to;
}

/** The gazetteer's spelling where first and last name, or the first letter and a known family name, agree. */
function canonical(run: NameRun, last: NameWord | undefined, known: KnownPeople): string {
  const same = known.get(`${firstOf(run)} ${keyOf(run.surname)}`);
  if (same !== undefined) return same;
  const name = last?.known?.concept.name;
  const isSame = name?.kind === 'people' && keyOf(name.name).startsWith(firstOf(run).charAt(0));
  return isSame && keyOf(name.name).includes(keyOf(run.surname)) ? name.name : run.name;
}

function firstOf({ first }: NameRun): string {
  const key = keyOf(first);
  return givenNames.has(key) ? key : (key.split('-')[0] ?? key);
}

/** How names are compared: lower case, no accents. */
export function keyOf(text: string): string {
  return comparable(text).toLowerCase();
}

function wordCounts(fields: readonly WordField[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of fields)
    for (const word of words)
      if (isCapital(word)) counts.set(keyOf(word.text), (counts.get(keyOf(word.text)) ?? 0) + 1);
  return counts;
}

/** The family names that stand alone, in either field. */
function references(
  fields: readonly WordField[],
  surnames: ReadonlyMap<string, string>,
  found: readonly FoundPerson[],
): FoundPerson[] {
  if (surnames.size === 0) return [];
  const list: FoundPerson[] = [];
  for (const field of fields) {
    const taken = found.filter((person) => person.field === field);
    let next = 0;
    for (const { text, from, to } of field.words) {
      while ((taken[next]?.to ?? Infinity) <= from) next += 1;
      const name = /^\p{Lu}/u.test(text) ? surnames.get(keyOf(text)) : undefined;
      if (name === undefined || (taken[next]?.from ?? Infinity) <= from) continue;
      list.push({ field, name, from, to, isReference: true, isUnitedStates: false });
    }
  }
  return list;
}
