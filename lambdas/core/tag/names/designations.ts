import type { FoundName } from './organisations.ts';
import { isCapital } from './word-field.ts';
import type { NameWord, WordField } from './word-field.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Letters that begin a designation wherever they stand: `AGM-158`, `MQ-25`, `Su-57`, `DF-26`. */
const sureFamilies = setOf(`
  ADM AGM AIM BGM CIM FIM GBU LGM MGM MIM PGM QF RGM RIM RQ UGM UUM UGV MQ YFQ FQ XQ XQM BQM AQM CBU BLU SDB AN AGR ALQ ASQ APG SPY SLQ TPY
  AH CH HH MH OH UH TH EA EC EP KC RC MC HC WC VC CMV MV YF XM XB PAC FA KF AW NH
  SU MIG TU IL KA MI YAK BMP BTR BMD BRDM TOS KH RS IS PL YJ JL DF HQ HHQ CJ KJ JF JH WZ GJ ZTZ ZBD ZTQ KN SSC SS JASDF TPS FMTV
  SHAHED GERAN LANCET ORLAN HWASONG PUKGUKSONG FATEH ZOLFAGHAR KHEIBAR QAEM SEJJIL EMAD GHADR MOHAJER ARASH HADID AGNI PRITHVI SHAHEEN GHAURI BABUR ABABEEL RAAD
  IRIS HYUNMOO NASR BAYRAKTAR HERON SPIKE BARAK ARROW SUKHOI MIKOYAN
`);

/** One letter and a number are a road, a grade or a meeting too, so a word about weapons must stand near. */
const singleLetters = /^[A-CEFHJ-NPQRSTUVXY]$/;

/** Never weapons: a disease, a meeting, a road, a paper, a carbon. */
const notFamilies = setOf(
  'COVID SARS CO G I PM TITLE SECTION LOT BOEING AIRBUS A3 DDG CVN CG FFG SSN SSBN LHD LHA LPD LSD LCS CV',
);

const weaponWords = setOf(`
  aircraft jet fighter bomber missile drone helicopter tank howitzer radar munition bomb torpedo rocket vehicle variant gun rifle cannon artillery warplane airlifter tanker
  interceptor satellite launcher mortar uav ucav uas gunship submarine destroyer frigate corvette trainer sensor pod turret engine carrier
  prototype airframe glide cruise ballistic hypersonic anti-ship air-to-air surface-to-air stealth loitering decoy warhead minehunter boat ship
`);

const shipNouns = setOf(
  'destroyer frigate cruiser corvette submarine carrier battleship boat ship cutter minehunter minesweeper landing patrol',
);

/** How far a word about weapons may stand from an unsure designation. */
const nearWordsMax = 5;

/**
 * Weapons, ships' classes and types the gazetteer does not know, by the shape of their designation (`AGM-158`,
 * `Type 055`, `Project 22350`, `Mk 48`, `Constellation-class frigate`), and those named in quotes before a weapon word.
 * Roads, grades, meetings, hull numbers and diseases are none. Linear in the text; never throws.
 */
export function designationsIn(fields: readonly WordField[]): FoundName[] {
  const found: FoundName[] = [];
  for (const field of fields) {
    let at = 0;
    while (at < field.words.length) {
      if (field.words[at]?.shape === 'lower') {
        at += 1;
        continue;
      }
      const named =
        designationAt(field, at) ?? seriesAt(field, at) ?? classAt(field, at) ?? quotedAt(field, at);
      const first = field.words[at];
      const last = field.words[(named?.end ?? 0) - 1];
      if (named === null || first === undefined || last === undefined) {
        at += 1;
        continue;
      }
      if (!isKnown(field.words, at, named.end))
        found.push({ field, name: named.name, from: first.from, to: last.to });
      at = named.end;
    }
  }
  return found;
}

interface Named {
  readonly name: string;
  readonly end: number;
}

function designationAt(field: WordField, at: number): Named | null {
  const { words } = field;
  const word = words[at];
  if (word === undefined) return null;
  const parts = /^(?:(\p{Lu})\/)?(\p{Lu}\p{L}*)[-\u2010\u2011](\d{1,4})(\p{L}{0,3}|\p{Lu}\d?)$/u.exec(
    word.text,
  );
  const family = parts?.[2]?.toUpperCase() ?? '';
  if (parts === null || notFamilies.has(family) || /^(?:st|nd|rd|th|s|mm|km|x)$/.test(parts[4] ?? ''))
    return null;
  // A list of cited pages, roads or grades has its own words before it.
  if (
    /^(?:highway|route|road|interstate|flight|grade|section|article|page|rank|pay)$/.test(
      words[at - 1]?.lower ?? '',
    )
  )
    return null;
  const isSure = sureFamilies.has(family);
  const isShaped = singleLetters.test(parts[2] ?? '') || /^\p{Lu}{2,4}$/u.test(parts[2] ?? '');
  if (!isSure && !((isShaped || weaponNear(words, at, 1)) && weaponNear(words, at, nearWordsMax)))
    return null;
  const name = family === 'SUKHOI' ? word.text.replace(/^Sukhoi/i, 'Su') : word.text;
  return withPopularName(field, at, name.replace(/[\u2010\u2011]/g, '-'));
}

/** `CH-148 Cyclone`: in running text the capitalised words behind a designation are its popular name. */
function withPopularName({ words, style }: WordField, at: number, name: string): Named {
  let end = at + 1;
  if (style !== 'sentence') return { name, end };
  while (end < words.length && end <= at + 3) {
    const next = words[end];
    const isPart =
      next !== undefined && next.gap === ' ' && (next.shape === 'title' || /^(?:II|III|IV)$/.test(next.text));
    if (!isPart || words[end - 1]?.isOwner || next.known !== undefined || ends.test(next.text)) break;
    end += 1;
  }
  return { name: [name, ...words.slice(at + 1, end).map(({ text }) => text)].join(' '), end };
}

const ends =
  /^(?:Fighters?|Jets?|Missiles?|Drones?|Aircraft|Program(?:me)?|System|Block|Squadron|Wing|Fleet|Crews?|Pilots?|Helicopters?|Bombers?|Tankers?|Joint|In|On|And|The|Lot)$/;

/** `Type 055`, `Project 22350`, `Mk 48`: the word before the number says what it is, with a weapon near or a ship behind. */
function seriesAt({ words }: WordField, at: number): Named | null {
  const word = words[at];
  const number = words[at + 1];
  if (word === undefined || number === undefined || (number.gap !== ' ' && number.gap !== '. ')) return null;
  const isMark = /^(?:Mk|MK|Mark)$/.test(word.text);
  if (!isMark && !/^(?:Type|Project)$/.test(word.text)) return null;
  const pattern = word.text === 'Project' ? /^\d{3,5}(?:\p{Lu}{1,3}|\.\d)?$/u : /^\d{1,4}\p{L}{0,3}$/u;
  if (!pattern.test(number.text) || !weaponNear(words, at + 1, nearWordsMax)) return null;
  return { name: `${isMark ? 'Mk' : word.text} ${number.text}`, end: at + 2 };
}

const notClasses =
  /^(?:First|Second|Third|Fourth|World|Business|Middle|Working|Upper|Lower|Best|Top|High|Heavy|Light|Super|New|Economy|Ruling|Political|Military|This|The|A|An|Senior|Last|Small|Large|Medium|\w+ing)$/i;

/** `Arleigh Burke-class destroyer`, `Virginia class submarine`: up to two words before, and the kind of ship behind. */
function classAt({ words, style }: WordField, at: number): Named | null {
  const word = words[at];
  if (word === undefined || !isCapital(word)) return null;
  const own = /^(\p{Lu}[\p{L}']+)-[Cc]lass$/u.exec(word.text);
  const next = words[at + 1];
  const isApart =
    own === null && next !== undefined && next.gap === ' ' && /^(?:class|Class)$/.test(next.text);
  const stem = own?.[1] ?? (isApart ? word.text : '');
  if (stem === '' || notClasses.test(stem) || word.shape === 'number') return null;
  const noun = shipNounBehind(words, own === null ? at + 2 : at + 1);
  if (noun === null) return null;
  const before = words[at - 1];
  const isTwo =
    style === 'sentence' &&
    word.gap === ' ' &&
    before?.shape === 'title' &&
    before.gap === ' ' &&
    before.known === undefined;
  return { name: `${isTwo ? `${before.text} ` : ''}${stem}-class ${noun.noun}`, end: noun.end };
}

/** The kind of ship within four words that describe it: `guided-missile destroyers`, `nuclear attack submarine`. */
function shipNounBehind(
  words: readonly NameWord[],
  from: number,
): { readonly noun: string; readonly end: number } | null {
  for (let at = from; at < Math.min(words.length, from + 4); at += 1) {
    const word = words[at];
    if (word === undefined || word.gap !== ' ') return null;
    const noun = word.lower.replace(/s$/, '');
    if (noun === 'landing' || noun === 'patrol') continue;
    if (shipNouns.has(noun)) return { noun: noun === 'carrier' ? 'aircraft carrier' : noun, end: at + 1 };
  }
  return null;
}

/** `“Kestrel” glide bomb`: a quoted name and, right behind it, up to two words that end in a weapon. */
function quotedAt({ words }: WordField, at: number): Named | null {
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || next === undefined || !isCapital(word) || !/["\u201c\u2018']$/.test(word.gap))
    return null;
  if (!/^["\u201d\u2019'] $/.test(next.gap)) return null;
  for (let end = at + 2; end <= Math.min(words.length, at + 3); end += 1) {
    const last = words[end - 1];
    if (last === undefined || (end > at + 2 && last.gap !== ' ')) return null;
    const noun = last.lower.replace(/s$/, '');
    if (!weaponNouns.has(noun)) continue;
    const kind = words.slice(at + 1, end).map(({ lower }) => lower);
    return { name: [word.text, ...kind.slice(0, -1), noun].join(' '), end };
  }
  return null;
}

const weaponNouns = setOf(
  'missile drone bomb tank howitzer torpedo rocket helicopter interceptor munition submarine uav fighter bomber glider',
);

function weaponNear(words: readonly NameWord[], at: number, distance: number): boolean {
  return words
    .slice(Math.max(0, at - distance), at + distance + 1)
    .some(({ lower }) => weaponWords.has(lower) || weaponWords.has(lower.replace(/s$/, '')));
}

function isKnown(words: readonly NameWord[], at: number, end: number): boolean {
  return words.slice(at, end).some(({ known }) => {
    const kind = known?.concept.name?.kind;
    return kind === 'systems' || (kind !== undefined && kind !== 'countries' && kind !== 'people');
  });
}
