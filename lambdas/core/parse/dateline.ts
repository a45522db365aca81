import type { Dateline } from '../words/entry.ts';
import { agencyNamed } from './agency.ts';
import { isKnownPlace, isNoPlace } from './dateline-places.ts';

// The longest dateline seen has 70 characters: an air base, a country and a date.
const headCharactersMax = 160;

const capitals = String.raw`\p{Lu}[\p{Lu}\p{M}.'’/-]*(?:\s(?:\p{Lu}[\p{Lu}\p{M}.'’/-]*|\d{1,4}(?:ST|ND|RD|TH)?|OF|of|de|la|del|on)){0,6}`;
const capitalised = String.raw`\p{Lu}[\p{L}\p{M}.'’]*(?:[\s/-]\p{Lu}[\p{L}\p{M}.'’]*){0,3}`;
const month = String.raw`(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?`;
const date = String.raw`(?:${month}\s\d{1,2}(?:,\s\d{4})?|\d{1,2}\s${month}(?:\s\d{4})?|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)`;
const named = String.raw`\.?\s?(?:--)?(?:\(([^()]{2,40})\)|/([^/]{2,40})/)`;
const separator = String.raw`(?:\s*(?:—|–|―|--)-?\s*|\s-\s*|-\s|\s?:\s|\.\s)`;

const pattern = (place: string): RegExp =>
  new RegExp(
    `^(${place})((?:,\\s?(?:${date}|${capitalised})){0,4}),?(?:${named})?(?:,?\\s(${date}))?(${separator})`,
    'u',
  );

const capitalPlace = pattern(capitals);
const mixedPlace = pattern(capitalised);
const onlyDate = new RegExp(`^${date}$`, 'u');
const dashed = /^\s*(?:—|–|―|-)/u;

interface Head {
  readonly place: string;
  readonly region: string;
  readonly agency: string | null;
  readonly hasDate: boolean;
  readonly separator: string;
  readonly length: number;
}

/**
 * The dateline that a text begins with, null when it has none: a place in capitals (with a region, a date or an agency,
 * or one that is known: `CAMP X, South Korea — `, `WASHINGTON (AP) — `, `KYIV, June 3 (Reuters) - `), or one in
 * normal letters in front of an agency (`Kabul (AFP) – `). Doubt is no dateline. Looks at 160 characters; never throws.
 * Source: AP and Reuters style; forms as in feeds of the services and of press-release wires.
 */
export function datelineOf(text: string): Dateline | null {
  // Nearly every text ends here: a dateline begins with a capital, and a dash or a bracket follows soon.
  const start = text.slice(0, headCharactersMax);
  if (!/^\p{Lu}/u.test(start) || !/[—–―:(/.]|-\s|\s-|--/u.test(start)) return null;
  const inCapitals = headOf(capitalPlace, start);
  const head =
    inCapitals !== null && isInCapitals(inCapitals) ? inCapitals : withAgency(headOf(mixedPlace, start));
  if (head === null) return null;
  const place = head.place + head.region;
  const { agency, length } = head;
  return { place, ...(agency === null ? {} : { agency }), length };
}

/** Agency that a text names in front of everything else: `(Reuters) - `, `AFP — `; null when it does not. */
export function leadingAgency(text: string): string | null {
  const match = /^\(?([\p{L} -]{2,30}?)\)?\s?(?:—|–|--|\s-)\s/u.exec(text.slice(0, headCharactersMax));
  return match === null ? null : agencyNamed(match[1] ?? '');
}

function headOf(form: RegExp, start: string): Head | null {
  const match = form.exec(start);
  if (match === null) return null;
  const [whole, place = '', parts = '', inBrackets, inSlashes, dateAfter, end = ''] = match;
  const pieces = parts.split(/,\s?/).filter((piece) => piece !== '' && !/^\d{4}$/.test(piece));
  const regions = pieces.filter((piece) => !onlyDate.test(piece));
  const said = inBrackets ?? inSlashes ?? '';
  const credit = said.split(/\s*[,;]\s*/).find((piece) => agencyNamed(piece) !== null);
  return {
    place: place.replace(/[-/\s]+$/, ''),
    region: regions.map((region) => `, ${region}`).join(''),
    agency: credit === undefined ? null : agencyNamed(credit),
    hasDate: dateAfter !== undefined || regions.length < pieces.length || onlyDate.test(said),
    separator: end,
    length: whole.length,
  };
}

function isInCapitals(head: Head): boolean {
  if (!/\p{Lu}{3}/u.test(head.place) || (isNoPlace(head.place) && !isKnownPlace(head.place))) return false;
  if (head.agency !== null) return true;
  // Without an agency a colon or a full stop is that of a headline (`UPDATE: …`), unless a date stands before it.
  if (!dashed.test(head.separator)) return head.hasDate && head.separator.trim() === ':';
  return isRegion(head.region) || head.hasDate || isKnownPlace(head.place);
}

/** `, South Korea` and `, N.C.`, but not a second name in capitals (`HIMARS, ATACMS — what they do`). */
function isRegion(region: string): boolean {
  return /\p{Ll}|\p{Lu}\.|^, (?:UAE|UK|USA|DRC)$/u.test(region);
}

function withAgency(head: Head | null): Head | null {
  return head === null || head.agency === null ? null : head;
}
