import * as z from 'zod/mini';
import { countryCodes } from '../words/country-codes.ts';
import { badPhrases } from './taxonomy.ts';
import { cappedProblems, readYamlDocument, schemaProblems } from '../catalogue/yaml-document.ts';
import type { YamlDocument } from '../catalogue/yaml-document.ts';

/** The files of the gazetteer by name, without folder. */
export type GazetteerFile =
  | 'countries.yaml'
  | 'organisations.yaml'
  | 'systems.yaml'
  | 'people.yaml'
  | 'operations.yaml';

const text = z.string().check(z.minLength(1), z.maxLength(200));
const words = z.exactOptional(z.array(text).check(z.maxLength(200)));
const code = z
  .string()
  .check(z.refine((value) => countryCodes.has(value), 'expected an ISO 3166-1 alpha-2 country code'));
const share = z.exactOptional(z.number().check(z.minimum(0), z.maximum(1)));

const Country = z.strictObject({
  code,
  name: text,
  aliases: words,
  adjectives: words,
  capital: z.exactOptional(text),
  places: words,
  /** Names that hold a word of the country and do not mean it: Jordan Brand, Geneva Conventions. */
  not: words,
});

const Entity = z.strictObject({
  name: text,
  aliases: words,
  /** false: the name is a common word, so that only the aliases are looked for. */
  matchName: z.exactOptional(z.boolean()),
  countries: z.exactOptional(z.array(code).check(z.maxLength(20))),
  topics: z.exactOptional(z.array(text).check(z.maxLength(4))),
  defence: share,
  /** Where a company or a weapon is from; counts as a country only where the name is what the story is about. */
  home: z.exactOptional(code),
  /** What kind of body it is: service, command, unit, ministry, agency, alliance, armed-group, company, yard, institute, outlet. */
  type: z.exactOptional(text),
  /** What a person was known as, for readers of the file: `Secretary of Defense`. */
  office: z.exactOptional(text),
  /** When: `2021-2025`, `2023`, or `2025-`. */
  years: z.exactOptional(z.string().check(z.regex(/^(?:19|20)\d\d(?:-(?:(?:19|20)\d\d)?)?$/))),
  /** An operation that a text is part of when it names all of one list: country codes and canonical names. */
  implied: z.exactOptional(
    z.array(z.array(text).check(z.minLength(1), z.maxLength(4))).check(z.maxLength(20)),
  ),
});

const Service = z.strictObject({
  label: z.string(),
  words: z.array(text),
  unitedStates: z.exactOptional(text),
  /** What some countries call theirs, by code; the others' name is adjective and label. */
  names: z.exactOptional(z.record(code, text)),
  /** The words mean those who serve; they stand for their service only where no body is named. */
  members: z.exactOptional(z.boolean()),
});

const list = <Item extends z.ZodMiniType>(item: Item) => z.array(item).check(z.maxLength(20_000));

const schemas = {
  'countries.yaml': z.strictObject({ countries: list(Country) }),
  'organisations.yaml': z.strictObject({ services: list(Service), organisations: list(Entity) }),
  'systems.yaml': z.strictObject({ systems: list(Entity) }),
  'people.yaml': z.strictObject({ people: list(Entity) }),
  'operations.yaml': z.strictObject({ operations: list(Entity) }),
};

/** A country with its words; `adjectives[0]` is the one its services are named with. */
export type Country = z.infer<typeof Country>;

/** A name with its spellings and what it implies. `defence`, 0 to 1: how much the name alone speaks for a defence story. */
export type Entity = z.infer<typeof Entity>;

/** An armed service or ministry of whichever country is named before it. An empty label implies no organisation. */
export type Service = z.infer<typeof Service>;

export interface Gazetteer {
  readonly countries: readonly Country[];
  readonly services: readonly Service[];
  readonly organisations: readonly Entity[];
  readonly systems: readonly Entity[];
  readonly people: readonly Entity[];
  readonly operations: readonly Entity[];
}

export type GazetteerReading =
  | { readonly ok: true; readonly gazetteer: Gazetteer }
  | { readonly ok: false; readonly problems: readonly string[] };

const knownKeys = (
  'countries services organisations systems people operations code name aliases adjectives capital ' +
  'places not matchName topics defence home type office years implied label words unitedStates names members'
).split(' ');

const bytesMax = 5_000_000;

/**
 * Reads the five files of the gazetteer. `topics` are the slugs that names may imply, unchecked when undefined. Every problem is one line,
 * `file:line path: reason`; repeated names and codes are problems. Never throws.
 */
export function readGazetteer(
  files: Readonly<Record<GazetteerFile, { readonly text: string; readonly fileName: string }>>,
  topics: ReadonlySet<string> | undefined,
): GazetteerReading {
  const countries = readPart(files['countries.yaml'], schemas['countries.yaml']);
  const organisations = readPart(files['organisations.yaml'], schemas['organisations.yaml']);
  const systems = readPart(files['systems.yaml'], schemas['systems.yaml']);
  const people = readPart(files['people.yaml'], schemas['people.yaml']);
  const operations = readPart(files['operations.yaml'], schemas['operations.yaml']);
  const parts = [countries, organisations, systems, people, operations];
  const problems = parts.flatMap((part) =>
    part.ok ? entryProblems(part.value, part.document, topics) : part.problems,
  );
  if (
    problems.length > 0 ||
    !countries.ok ||
    !organisations.ok ||
    !systems.ok ||
    !people.ok ||
    !operations.ok
  )
    return { ok: false, problems: cappedProblems(problems) };
  return {
    ok: true,
    gazetteer: {
      ...countries.value,
      ...organisations.value,
      ...systems.value,
      ...people.value,
      ...operations.value,
    },
  };
}

type PartReading<Value> =
  | { readonly ok: true; readonly value: Value; readonly document: YamlDocument }
  | { readonly ok: false; readonly problems: readonly string[] };

function readPart<Schema extends z.ZodMiniType>(
  file: { readonly text: string; readonly fileName: string },
  schema: Schema,
): PartReading<z.output<Schema>> {
  const reading = readYamlDocument({ ...file, bytesMax });
  if (!reading.ok) return reading;
  const result = z.safeParse(schema, reading.document.value);
  if (result.success) return { ok: true, value: result.data, document: reading.document };
  return { ok: false, problems: schemaProblems(result.error.issues, reading.document, knownKeys) };
}

type Entry = Partial<Country & Entity & Service>;

function entryProblems(
  part: Readonly<Record<string, readonly Entry[]>>,
  document: YamlDocument,
  topics: ReadonlySet<string> | undefined,
): string[] {
  return Object.entries(part).flatMap(([list, entries]) => {
    const seen = new Set<string>();
    return entries.flatMap((entry, index) => {
      const name = entry.code ?? entry.name ?? entry.label ?? '';
      const isRepeat = seen.has(name) && name !== '';
      seen.add(name);
      const path = [list, index];
      const unknown = (entry.topics ?? []).filter((slug) => topics !== undefined && !topics.has(slug));
      return [
        ...(isRepeat ? [document.problem(path, `expected each name once, got ${name} again`)] : []),
        ...unknown.map((slug) => document.problem(path, `expected topics of the taxonomy, got ${slug}`)),
        ...(['aliases', 'adjectives', 'places', 'not', 'words'] as const).flatMap((field) =>
          badPhrases(entry[field] ?? [], [...path, field], document),
        ),
      ];
    });
  });
}
