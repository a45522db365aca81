import type { Finding } from '../field-matches.ts';
import type { NameWord, WordField } from './word-field.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/[\s,]+/));

/** The states as AP style shortens them, and whole ones of a single word; Georgia has a rule of its own. */
const stateWords = setOf(`
  Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo
  N.H N.J N.M N.Y N.C N.D R.I S.C S.D W.Va D.C N.H. N.J. N.M. N.Y. N.C. N.D. R.I. S.C. S.D. D.C. TX CA FL PA OH IL NY NJ MD VA WA AL
  Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland
  Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming
`);

const provinceWords = setOf('Ontario Ont Quebec Que Alberta Manitoba Saskatchewan');

/** Words that only stand with the country, and those that only stand with the state. */
const georgiaCountry =
  /^(?:Tbilisi|Batumi|Kutaisi|Abkhazia|Abkhaz|Ossetia|Ossetian|Georgians?|Russians?|Russia|Kremlin|Moscow|Armenia|Azerbaijan|Moldova|Ukraine|Caucasus|Saakashvili|Ivanishvili|Kobakhidze|Zourabichvili)$/;
const georgiaState =
  /^(?:National|Tech|Power|Bulldogs|soldier|soldiers|resident|Republican|Democrat|lawmaker|congressman|senator|Sen|Rep|Gov|governor|Ports|Department|State|Guard|man|woman|plant|native|Dome|airman|Army|Air)$/;
const georgiaPlaces =
  /^(?:Atlanta|Savannah|Augusta|Columbus|Macon|Marietta|Kings|Warner|Benning|Stewart|Gordon|Moore|Moody|Valdosta|Albany|Hunter|Eisenhower|Brunswick|Kennesaw|Robins|Bay|Lawrenceville)$/;

/**
 * What country the words of a finding mean where they stand: a town before a state is in the United States (`Lebanon, Pa.`),
 * as is Georgia behind one of its towns or in a text that speaks of the United States and of nothing near the country.
 * Gives a code, or undefined for what the gazetteer says.
 */
export function placeCode(
  finding: Finding,
  at: number,
  field: WordField,
  text: PlaceSignals,
): string | undefined {
  const { words } = field;
  const last = lastWordOf(words, at, finding.to);
  const next = words[last + 1];
  if (next !== undefined && next.gap === ', ' && !words[last]?.isOwner) {
    if (stateWords.has(next.text)) return 'US';
    if (provinceWords.has(next.text)) return 'CA';
  }
  if (words[at]?.text !== 'Georgia' && words[at]?.text !== 'GEORGIA') return undefined;
  if (finding.to !== words[at]?.to) return undefined;
  return isState(words, at, text) ? 'US' : undefined;
}

/** What a whole text says about which Georgia it means. */
export interface PlaceSignals {
  readonly hasCaucasus: boolean;
  readonly hasUnitedStates: boolean;
}

/** Reads the signals; `hasUnitedStates` comes from the names found. */
export function placeSignals(fields: readonly WordField[], hasUnitedStates: boolean): PlaceSignals {
  const hasCaucasus = fields.some(({ words }) => words.some(({ text }) => georgiaCountry.test(text)));
  return { hasCaucasus, hasUnitedStates };
}

function isState(
  words: readonly NameWord[],
  at: number,
  { hasCaucasus, hasUnitedStates }: PlaceSignals,
): boolean {
  const before = words[at - 1];
  const word = words[at];
  const next = words[at + 1];
  if (
    before !== undefined &&
    word?.gap === ', ' &&
    (georgiaPlaces.test(before.text) || isInUnitedStates(before))
  )
    return true;
  if (next?.gap === ' ' && !word?.isOwner && georgiaState.test(next.text)) return true;
  return hasUnitedStates && !hasCaucasus;
}

function isInUnitedStates({ known }: NameWord): boolean {
  return known?.concept.countries?.includes('US') ?? false;
}

function lastWordOf(words: readonly NameWord[], at: number, to: number): number {
  let last = at;
  while ((words[last + 1]?.to ?? Infinity) <= to) last += 1;
  return last;
}
