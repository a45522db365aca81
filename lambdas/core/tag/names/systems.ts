import type { FoundName } from './organisations.ts';
import { ranks, roles } from './people-words.ts';
import { isCapital } from './word-field.ts';
import type { NameWord, WordField } from './word-field.ts';

/** Ships' prefixes, their country and its navy. `JS`, `FS` and the like are left out: they are too often something else. */
const shipPrefixes: Readonly<Record<string, readonly [country: string, navy: string]>> = {
  USS: ['US', 'United States Navy'],
  USNS: ['US', 'United States Navy'],
  USCGC: ['US', 'United States Coast Guard'],
  HMS: ['GB', 'Royal Navy'],
  RFA: ['GB', 'Royal Navy'],
  HMAS: ['AU', 'Royal Australian Navy'],
  HMCS: ['CA', 'Royal Canadian Navy'],
  HMNZS: ['NZ', 'Royal New Zealand Navy'],
  INS: ['IN', 'Indian Navy'],
  ROKS: ['KR', 'Republic of Korea Navy'],
  BRP: ['PH', 'Philippine Navy'],
  KRI: ['ID', 'Indonesian Navy'],
  TCG: ['TR', 'Turkish Navy'],
  FGS: ['DE', 'German Navy'],
  ITS: ['IT', 'Italian Navy'],
  HNLMS: ['NL', 'Royal Netherlands Navy'],
  HDMS: ['DK', 'Royal Danish Navy'],
  HNOMS: ['NO', 'Royal Norwegian Navy'],
  HSWMS: ['SE', 'Swedish Navy'],
  ORP: ['PL', 'Polish Navy'],
  PNS: ['PK', 'Pakistan Navy'],
  HTMS: ['TH', 'Royal Thai Navy'],
  JS: ['JP', 'Japan Maritime Self-Defense Force'],
  FS: ['FR', 'French Navy'],
};

/** What a ship is called and whose it is. */
export interface FoundShip extends FoundName {
  readonly navy: string;
}

const hull =
  /^(?:CVN|CV|CG|DDG|FFG|LCS|LHD|LHA|LPD|LSD|LCC|SSN|SSBN|SSGN|ESB|EPF|MCM|AS|T-A[KO])(?:-?\d{1,3})?$/;
const shipNameMax = 4;

/** Ends a ship's name in a headline, or is no part of one anywhere. */
const notShipName =
  /^(?:Carrier|Strike|Group|Class|Sails?|Returns?|Arrives?|Departs?|Leaves?|Enters?|Transits?|Joins?|Conducts?|Completes?|Visits?|Sinks?|Crew|Sailors?|Is|Was|Will|Has|In|At|On|To|From|For|And|After|As|With|The|Makes?|Gets?|Heads?|Fires?|Launches|Begins?|Deploys?|Back|Collides?|Homecoming|Ready|Amphibious|Expeditionary|Aircraft|Destroyer|Frigate|Submarine)$/;

/** Warships by prefix or by hull number (`Enterprise (CVN 65)`). Linear in the text; never throws. */
export function shipsIn(fields: readonly WordField[]): FoundShip[] {
  const found: FoundShip[] = namesakesIn(fields);
  for (const field of fields)
    field.words.forEach((word, at) => {
      if (word.shape === 'lower') return;
      const prefix = word.text.replace(/\./g, '');
      const owner =
        Object.hasOwn(shipPrefixes, prefix.toUpperCase()) && /^[A-Z]/.test(prefix)
          ? shipPrefixes[prefix.toUpperCase()]
          : undefined;
      if (owner === undefined || (prefix !== prefix.toUpperCase() && !/^HNoMS|HSwMS$/.test(prefix))) return;
      const end = shipNameEnd(field, at + 1);
      const first = field.words[at + 1];
      if (end === at + 1 || first === undefined) return;
      const [country, navy] = owner;
      // Short prefixes are other abbreviations too, so the ship must say that it is one.
      if (prefix.length < 3 && !isShipTalk(field.words, at)) return;
      const name = `${prefix} ${joined(field, at + 1, end)}`;
      found.push({
        field,
        name,
        from: word.from,
        to: field.words[end - 1]?.to ?? word.to,
        countries: [country],
        navy,
      });
    });
  return found;
}

/** Carriers named for people: in a text about ships, their names without a prefix are the ships. */
const namesakes: ReadonlyMap<string, string> = new Map(
  [
    'USS Abraham Lincoln',
    'USS Carl Vinson',
    'USS Dwight D. Eisenhower',
    'USS George H.W. Bush',
    'USS George Washington',
    'USS Gerald R. Ford',
    'USS Harry S. Truman',
    'USS John C. Stennis',
    'USS John F. Kennedy',
    'USS Nimitz',
    'USS Ronald Reagan',
    'USS Theodore Roosevelt',
    'HMS Queen Elizabeth',
    'HMS Prince of Wales',
  ].map((ship) => [ship.slice(4).replaceAll('.', ''), ship]),
);

const namesakeWordsMax = 4;
const fleetWord =
  /^(?:carrier|carriers|amphibious|fleet|warship|warships|flattop|usni|deck|strike|aboard|underway|squadron)$/;

function namesakesIn(fields: readonly WordField[]): FoundShip[] {
  if (!fields.some(({ words }) => words.some(({ lower }) => fleetWord.test(lower)))) return [];
  return fields.flatMap((field) =>
    field.words.flatMap((word, at) => {
      if (
        !isCapital(word) ||
        /^[A-Z.]{3,}$/.test(field.words[at - 1]?.text ?? '') ||
        isTitled(field.words[at - 1])
      )
        return [];
      for (let end = Math.min(field.words.length, at + namesakeWordsMax); end > at; end -= 1) {
        const words = field.words.slice(at, end);
        const ship = namesakes.get(words.map(({ text }) => text.replaceAll('.', '')).join(' '));
        const last = words.at(-1);
        if (ship === undefined || last === undefined) continue;
        const [country, navy] = shipPrefixes[ship.slice(0, 3)] ?? ['US', 'United States Navy'];
        return [{ field, name: ship, from: word.from, to: last.to, countries: [country], navy }];
      }
      return [];
    }),
  );
}

/** `President Ronald Reagan`, `Adm. Nimitz` are the men. */
function isTitled(before: NameWord | undefined): boolean {
  return before !== undefined && (ranks.has(before.lower) || roles.has(before.lower)) && isCapital(before);
}

function shipNameEnd({ words, style }: WordField, at: number): number {
  let end = at;
  while (end < Math.min(words.length, at + shipNameMax)) {
    const word = words[end];
    if (word?.lower === 'of' && end > at && isCapital(words[end + 1])) {
      end += 1;
      continue;
    }
    if (word === undefined || !isCapital(word) || words[end - 1]?.isOwner) break;
    const before = words[end - 1];
    const isJoined =
      word.gap === ' ' || (word.gap === '. ' && /^\p{Lu}$/u.test(before?.text ?? '') && end > at);
    if (
      !isJoined ||
      notShipName.test(word.text) ||
      hull.test(word.text) ||
      /-(?:class|Class)$/.test(word.text)
    )
      break;
    // A headline capitalises what comes behind: a name goes on only behind an initial or a first name of two.
    if (style === 'headline' && end > at + 1 && !/^(?:\p{Lu}|of)$/u.test(before?.text ?? '')) break;
    end += 1;
  }
  return end;
}

const shipWord =
  /^(?:ship|warship|destroyer|frigate|carrier|submarine|corvette|vessel|navy|naval|helicopter|minesweeper)s?$/;

function isShipTalk(words: readonly NameWord[], at: number): boolean {
  return words.slice(Math.max(0, at - 8), at + 9).some(({ lower }) => shipWord.test(lower));
}

function joined({ words }: WordField, at: number, end: number): string {
  return words
    .slice(at, end)
    .map(({ text }) => (/^\p{Lu}$/u.test(text) ? `${text}.` : text))
    .join(' ');
}
