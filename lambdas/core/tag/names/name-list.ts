import type { Evidence, NameTag, Tags } from '../../words/story.ts';
import type { NameKind } from '../rules.ts';

/** A story is about its principals; a list of everything named in it helps nobody. Countries act in larger groups. */
const namesMax: Readonly<Record<NameKind, number>> = {
  countries: 8,
  organisations: 5,
  people: 5,
  systems: 5,
  operations: 5,
};

/**
 * A name that a summary first gives behind this many code units is a passing mention, unless no other of its kind is given.
 * Measured on labelled stories.
 */
const passingFrom: Readonly<Record<NameKind, number>> = {
  countries: 600,
  organisations: 600,
  people: 1500,
  systems: 1500,
  operations: 600,
};

/** Enough to show why; a name repeated thirty times says no more. */
const evidenceMax = 3;

export type NameTags = Pick<Tags, NameKind>;

/** Names by kind, those of the title first and then by where they stand; what is implied comes last. */
export class NameList {
  readonly #byKind = new Map<NameKind, Map<string, Evidence[]>>();

  /** Adds a sight of a name; sights may come in any order. */
  add(kind: NameKind, name: string, evidence: Evidence): void {
    const names = this.#byKind.get(kind) ?? new Map<string, Evidence[]>();
    const known = names.get(name) ?? [];
    known.push(evidence);
    this.#byKind.set(kind, names.set(name, known));
  }

  names(kind: NameKind): readonly string[] {
    return [...(this.#byKind.get(kind)?.keys() ?? [])];
  }

  evidence(kind: NameKind, name: string): readonly Evidence[] {
    return this.#byKind.get(kind)?.get(name) ?? [];
  }

  tags(): NameTags {
    const of = (kind: NameKind): NameTag[] => {
      const names = [...(this.#byKind.get(kind) ?? [])]
        .map(([name, evidence]) => ({ name, evidence: [...evidence].sort(byPlace) }))
        .sort((one, other) => byPlace(one.evidence[0], other.evidence[0]));
      return names
        .filter(
          ({ evidence: [first] }, index) =>
            index === 0 || first?.field === 'title' || (first?.at ?? 0) < passingFrom[kind],
        )
        .slice(0, namesMax[kind])
        .map(({ name, evidence }) => ({ name, evidence: evidence.slice(0, evidenceMax) }));
    };
    return {
      countries: of('countries'),
      organisations: of('organisations'),
      people: of('people'),
      systems: of('systems'),
      operations: of('operations'),
    };
  }
}

/** The title before the summary, the earlier before the later. */
function byPlace(one: Evidence | undefined, other: Evidence | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const side = (one.field === 'title' ? 0 : 1) - (other.field === 'title' ? 0 : 1);
  return side === 0 ? one.at - other.at : side;
}
