import { evidenceAt } from '../field-matches.ts';
import type { Finding, ReadField } from '../field-matches.ts';
import { headlineCompaniesIn } from './companies.ts';
import { designationsIn } from './designations.ts';
import { NameList } from './name-list.ts';
import type { NameTags } from './name-list.ts';
import { operationsIn } from './operations.ts';
import { organisationsIn } from './organisations.ts';
import type { FoundName } from './organisations.ts';
import { keyOf, peopleIn } from './people.ts';
import type { FoundPerson } from './people.ts';
import { placeCode, placeSignals } from './places.ts';
import { claimedService, settleUnclaimed } from './services.ts';
import type { Unclaimed } from './services.ts';
import { shipsIn } from './systems.ts';
import type { FoundShip } from './systems.ts';
import { wordFieldOf } from './word-field.ts';
import type { WordField } from './word-field.ts';
import type { ServiceForm, TaggingRules } from '../rules.ts';

/** Gives the names of a text that was read, with the words that say them. Linear in the text; never throws. */
export type NameReader = (fields: readonly ReadField[]) => NameTags;

/**
 * Makes a reader of names: those of the gazetteer, and those that rules recognise (people, bodies, ships, weapons,
 * operations). What the gazetteer knows keeps its name; a recognised person hides the country inside (`Jordan Smith`).
 * Countries include those that names imply. At most five of a kind, the title's first.
 */
export function createNameReader(rules: TaggingRules): NameReader {
  const tables: NameTables = {
    rules,
    forms: new Map(rules.services.map((service) => [service.concept, service])),
    people: knownPeople(rules),
  };
  return (fields) => namesOf(fields.map(wordFieldOf), tables);
}

interface NameTables {
  readonly rules: TaggingRules;
  readonly forms: ReadonlyMap<number, ServiceForm>;
  readonly people: ReadonlyMap<string, string>;
}

interface Recognised {
  readonly people: readonly FoundPerson[];
  readonly organisations: readonly FoundName[];
  readonly ships: readonly FoundShip[];
  readonly systems: readonly FoundName[];
  readonly operations: readonly FoundName[];
}

function namesOf(fields: readonly WordField[], tables: NameTables): NameTags {
  const ships = shipsIn(fields);
  const found: Recognised = {
    people: peopleIn(
      fields,
      tables.people,
      new Set(ships.map(({ name }) => name.slice(name.indexOf(' ') + 1))),
    ),
    organisations: [...organisationsIn(fields), ...headlineCompaniesIn(fields)],
    ships,
    systems: designationsIn(fields),
    operations: operationsIn(fields),
  };
  const list = new NameList();
  const unclaimed: Unclaimed[] = [];
  for (const field of fields) addKnown(field, { fields, found, tables, list, unclaimed });
  addRecognised(list, found);
  addHomes(list, fields);
  settleUnclaimed(list, unclaimed);
  addImplied(list, tables.rules);
  return list.tags();
}

interface Reading {
  readonly fields: readonly WordField[];
  readonly found: Recognised;
  readonly tables: NameTables;
  readonly list: NameList;
  readonly unclaimed: Unclaimed[];
}

/** What the gazetteer found in a field, less what a recognised name covers. */
function addKnown(field: WordField, { fields, found, tables, list, unclaimed }: Reading): void {
  const cover = coverOf(field, found);
  const signals = placeSignals(
    fields,
    fields.some(({ field: { findings } }) => findings.some(isUnitedStates)),
  );
  const wordAt = wordByToken(field);
  const afterCountry = countryEnds(field.field);
  const shipStarts = new Set(found.ships.flatMap((ship) => (ship.field === field ? [ship.from] : [])));
  for (const finding of field.field.findings) {
    const { id, concept, from, to } = finding;
    if (concept.layer !== 'name' && concept.layer !== 'service') continue;
    const evidence = evidenceAt(field.field, from, to);
    const covered = cover[from];
    const form = tables.forms.get(id);
    if (form !== undefined) {
      const name = claimedService(finding, form, field.field, tables.rules);
      if (name !== null && covered === undefined) list.add('organisations', name, evidence);
      if (
        name === null &&
        /^\p{Lu}/u.test(evidence.words) &&
        !(afterCountry.has(from) && field.field.tokens[from]?.glue !== 'break')
      )
        unclaimed.push({ form, evidence, isOrganisation: covered === undefined });
      continue;
    }
    if (covered === 'whole' || describesShip(finding, shipStarts)) continue;
    const isCountry = concept.name?.kind === 'countries';
    const place =
      isCountry || concept.countries !== undefined
        ? placeCode(finding, wordAt[from] ?? 0, field, signals)
        : undefined;
    if (place !== undefined && (isCountry || concept.name === undefined)) {
      list.add('countries', place, evidence);
      continue;
    }
    if (concept.name !== undefined && (isCountry || covered === undefined))
      list.add(concept.name.kind, concept.name.name, evidence);
    for (const country of concept.countries ?? []) list.add('countries', country, evidence);
    // A summit's name hides the alliance that meets there.
    if (concept.name?.kind === 'operations' && evidence.words.includes('NATO'))
      list.add('organisations', 'NATO', evidence);
  }
}

/** `X-class cruiser USS Y`: the class only describes the ship behind it. */
function describesShip({ concept, to }: Finding, shipStarts: ReadonlySet<number>): boolean {
  if (concept.name?.kind !== 'systems' || !concept.name.name.includes('-class')) return false;
  for (let at = to; at < to + shipDistanceMax; at += 1) if (shipStarts.has(at)) return true;
  return false;
}

const shipDistanceMax = 5;

function isUnitedStates({ concept }: Finding): boolean {
  return concept.name?.name === 'US' || (concept.countries?.includes('US') ?? false);
}

/** Where the countries' names end: right behind one, a service is not the United States' (`Iraqi Soldiers`). */
function countryEnds({ findings }: ReadField): Set<number> {
  return new Set(findings.flatMap(({ concept, to }) => (concept.name?.kind === 'countries' ? [to] : [])));
}

type Cover = 'whole' | 'names' | undefined;

/** A body of a state: the country in its name acts. A firm, a school or a paper only has it in its name. */
const stateBody =
  /(?:Ministry|Command|Army|Forces|Guard|Brigade|Division|Regiment|Corps|Department|Agency|Fleet|Wing|Squadron|Battalion|Committee|Parliament|Directorate|Navy|Council|Movement|Front|Commission)/;

/** For each token: is it inside a recognised name, and does that hide countries too? */
function coverOf(field: WordField, found: Recognised): Cover[] {
  const cover: Cover[] = Array.from({ length: field.field.tokens.length });
  const mark = (
    name: { readonly field: WordField; readonly from: number; readonly to: number },
    kind: Cover,
  ) => {
    if (name.field !== field) return;
    for (let at = name.from; at < name.to; at += 1) cover[at] = kind;
  };
  for (const name of found.organisations) mark(name, stateBody.test(name.name) ? 'names' : 'whole');
  for (const name of found.systems) mark(name, 'whole');
  for (const name of found.operations) mark(name, 'names');
  for (const name of found.ships) mark(name, 'whole');
  for (const name of found.people) mark(name, 'whole');
  return cover;
}

function addRecognised(list: NameList, found: Recognised): void {
  for (const { field, name, from, to, isUnitedStates: isAmerican } of found.people) {
    const evidence = evidenceAt(field.field, from, to);
    list.add('people', name, evidence);
    if (isAmerican) list.add('countries', 'US', evidence);
  }
  for (const { field, name, from, to } of found.organisations)
    list.add('organisations', name, evidenceAt(field.field, from, to));
  for (const { field, name, from, to, countries = [], navy } of found.ships) {
    const evidence = evidenceAt(field.field, from, to);
    list.add('systems', name, evidence);
    list.add('organisations', navy, evidence);
    for (const country of countries) list.add('countries', country, evidence);
  }
  for (const { field, name, from, to } of found.systems)
    list.add('systems', name, evidenceAt(field.field, from, to));
  for (const { field, name, from, to } of found.operations)
    list.add('operations', name, evidenceAt(field.field, from, to));
}

/** The home of what the headline is about counts where the headline names no country, or the text names none. */
function addHomes(list: NameList, fields: readonly WordField[]): void {
  const inTitle = list
    .names('countries')
    .some((code) => list.evidence('countries', code).some(({ field }) => field === 'title'));
  const hasNone = list.names('countries').length === 0;
  for (const { field } of fields)
    for (const { concept, from, to } of field.findings)
      if (concept.home !== undefined && (hasNone || (!inTitle && field.field === 'title')))
        list.add('countries', concept.home, evidenceAt(field, from, to));
}

/** Wars that a text is part of by the names it brings together; the evidence is those names. */
function addImplied(list: NameList, { implied = [] }: TaggingRules): void {
  for (const { name, all } of implied) {
    if (list.names('operations').includes(name)) continue;
    const evidence = all.map((part) => {
      const kind = /^[A-Z]{2}$/.test(part) ? ('countries' as const) : undefined;
      const kinds =
        kind === undefined ? (['organisations', 'people', 'operations', 'systems'] as const) : [kind];
      return kinds.flatMap((each) => list.evidence(each, part))[0];
    });
    const given = evidence.filter((each) => each !== undefined);
    if (given.length === all.length) for (const each of given) list.add('operations', name, each);
  }
}

function wordByToken({ words }: WordField): number[] {
  const byToken: number[] = [];
  words.forEach(({ from, to }, index) => {
    for (let at = from; at < to; at += 1) byToken[at] = index;
  });
  return byToken;
}

/** The people of the gazetteer by first and last name. */
function knownPeople(rules: TaggingRules): Map<string, string> {
  const people = new Map<string, string>();
  for (const { name } of rules.kinds) {
    if (name?.kind !== 'people') continue;
    const parts = keyOf(name.name)
      .split(' ')
      .filter((part) => !/^(?:jr|sr|ii|iii|iv)\.?$/.test(part));
    const [first] = parts;
    const last = parts.at(-1);
    if (first !== undefined && last !== undefined) people.set(`${first} ${last}`, name.name);
  }
  return people;
}
