import type { FieldName } from './field-names.ts';

/**
 * One value that an element gave for a field; the lowest rank wins. `base` resolves a relative link; `raw` is an
 * identifier as written, where `value` is its absolute form.
 */
export interface DraftValue {
  readonly field: FieldName;
  readonly rank: number;
  readonly value: string;
  readonly base: string | null;
  readonly raw?: string;
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

/**
 * Why a document is refused. `not-a-feed` names what it is instead, where that can be told; `feedLinks` are the feeds that a
 * web page names as its own (absolute, at most ten), for a proposal of what to poll instead.
 */
export interface RefusedFeed {
  readonly code: 'empty' | 'not-a-feed' | 'html' | 'too-deep' | 'too-large' | 'charset' | 'malformed';
  readonly message: string;
  readonly feedLinks?: readonly string[];
}
