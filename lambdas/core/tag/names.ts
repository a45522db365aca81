import type { Evidence, NameTag, Tags } from '../words/story.ts';
import type { ReadField } from './field-matches.ts';
import type { NameKind, ServiceForm, TaggingRules } from './rules.ts';

/** A story is about its principals; a list of everything named in it helps nobody. Countries act in larger groups. */
const namesMax: Readonly<Record<NameKind, number>> = {
  countries: 8,
  organisations: 5,
  people: 5,
  systems: 5,
  operations: 5,
};

/** Enough to show why; a name repeated thirty times says no more. */
const evidenceMax = 3;

export type NameTags = Pick<Tags, NameKind>;

/**
 * The names a text gives, those of the title first. A service takes the country word directly before it (`Polish
 * navy`); without one, a capitalised service is the United States' when no other country is named, as in that
 * country's press. Countries include those that names imply.
 */
export function namesIn(fields: readonly ReadField[], rules: TaggingRules): NameTags {
  const found = new NameList();
  const unclaimed: { readonly name: string; readonly evidence: Evidence }[] = [];
  const forms = new Map(rules.services.map((service) => [service.concept, service]));
  for (const field of fields) {
    const countryBefore = countriesByEnd(field);
    for (const { id, concept, from, evidence } of field.findings) {
      const form = forms.get(id);
      if (form !== undefined) {
        const country = field.tokens[from]?.glue === 'break' ? undefined : countryBefore.get(from);
        const name = serviceName(form, country, rules);
        if (name !== null && country !== undefined) found.add('organisations', name, evidence);
        if (name !== null && country === undefined && /^\p{Lu}/u.test(evidence.words))
          unclaimed.push({ name, evidence });
      }
      if (concept.name !== undefined) found.add(concept.name.kind, concept.name.name, evidence);
      for (const country of concept.countries ?? []) found.add('countries', country, evidence);
    }
  }
  if (found.countries().every((country) => country === 'US'))
    for (const { name, evidence } of unclaimed) {
      found.add('organisations', name, evidence);
      found.add('countries', 'US', evidence);
    }
  return found.tags();
}

/** What a service of this country is called; without a country, what the United States calls its own; null: nothing. */
function serviceName(form: ServiceForm, country: string | undefined, rules: TaggingRules): string | null {
  if (country === undefined || (country === 'US' && form.unitedStates !== null)) return form.unitedStates;
  const adjective = rules.adjectives[country];
  return adjective === undefined || form.label === '' ? null : `${adjective} ${form.label}`;
}

/** The countries a field names, by the token after the name. */
function countriesByEnd({ findings }: ReadField): Map<number, string> {
  return new Map(
    findings.flatMap(({ concept, to }) =>
      concept.name?.kind === 'countries' ? [[to, concept.name.name] as const] : [],
    ),
  );
}

/** Names by kind in order of first sight, which is title before summary. */
class NameList {
  readonly #byKind = new Map<NameKind, Map<string, Evidence[]>>();

  add(kind: NameKind, name: string, evidence: Evidence): void {
    const names = this.#byKind.get(kind) ?? new Map<string, Evidence[]>();
    const known = names.get(name) ?? [];
    if (known.length < evidenceMax) known.push(evidence);
    this.#byKind.set(kind, names.set(name, known));
  }

  countries(): readonly string[] {
    return [...(this.#byKind.get('countries')?.keys() ?? [])];
  }

  tags(): NameTags {
    const of = (kind: NameKind): NameTag[] =>
      [...(this.#byKind.get(kind) ?? [])]
        .slice(0, namesMax[kind])
        .map(([name, evidence]) => ({ name, evidence }));
    return {
      countries: of('countries'),
      organisations: of('organisations'),
      people: of('people'),
      systems: of('systems'),
      operations: of('operations'),
    };
  }
}
