import type { FieldName } from './field-names.ts';

/** One value that an element gave for a field; the lowest rank wins. `base` resolves a relative link. */
export interface DraftValue {
  readonly field: FieldName;
  readonly rank: number;
  readonly value: string;
  readonly base: string | null;
}

// Values of one field that are worth keeping: 20 categories are served, and every other field has a handful.
const valuesMax = 100;

/** The values found for one entry, or for the feed itself. */
export class Draft {
  readonly #values = new Map<FieldName, DraftValue[]>();

  /** Keeps a value unless it is empty; false when the field has too many already. */
  add(value: DraftValue): boolean {
    if (value.value === '') return true;
    const values = this.#values.get(value.field);
    if (values === undefined) this.#values.set(value.field, [value]);
    else if (values.length >= valuesMax) return false;
    else values.push(value);
    return true;
  }

  /** The values of a field, best rank first, otherwise in document order. */
  of(field: FieldName): readonly DraftValue[] {
    const values = this.#values.get(field) ?? [];
    return values.length < 2 ? values : [...values].sort((a, b) => a.rank - b.rank);
  }
}

/** Everything the collector found in one XML feed. `rejected` counts entries beyond the cap. */
export interface CollectedFeed {
  readonly format: 'rss' | 'rdf' | 'atom';
  readonly feed: Draft;
  readonly entries: readonly Draft[];
  readonly rejected: number;
}

/** Why an XML document is refused. `not-a-feed` names what it is instead, where that can be told. */
export interface RefusedFeed {
  readonly code: 'empty' | 'not-a-feed' | 'html' | 'too-deep' | 'too-large' | 'charset' | 'malformed';
  readonly message: string;
}
