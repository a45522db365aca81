/** Kinds of name a story can be tagged with; the same words as the fields of Tags. */
export const nameKinds = ['countries', 'organisations', 'people', 'systems', 'operations'] as const;
export type NameKind = (typeof nameKinds)[number];

/**
 * What a phrase stands for. `mask` hides the words it covers from everything else (a war chest is no war); `name` is
 * an entity; `service` is the army or navy of whichever country stands before it; `topic` and `context` are words
 * about the subject; `part` is half of a phrase with a gap.
 */
export type Layer = 'mask' | 'name' | 'service' | 'topic' | 'context' | 'part';

/**
 * One meaning, however many spellings it has. `topics` are [position in `rules.topics`, weight]; `defence` says how
 * much the words speak for a defence story (0 to 1), `civil` how much against one. `countries` are implied.
 */
export interface Concept {
  readonly layer: Layer;
  readonly name?: { readonly kind: NameKind; readonly name: string };
  readonly countries?: readonly string[];
  readonly topics?: readonly (readonly [topic: number, weight: number])[];
  readonly defence?: number;
  readonly civil?: number;
}

/** Two parts in this order with at most `tokensMax` tokens between them mean `concept`. */
export interface Gap {
  readonly first: number;
  readonly second: number;
  readonly tokensMax: number;
  readonly concept: number;
}

/** A topic that scores. `needsDefence`: its phrases are everyday words that count only in a defence story. */
export interface RuleTopic {
  readonly slug: string;
  readonly needsDefence: boolean;
  /** Phrase concepts that say the story is about something else; any match takes the topic off. */
  readonly not: readonly number[];
}

/** An armed service as a word; `unitedStates` is the name it has when no country is named. */
export interface ServiceForm {
  readonly concept: number;
  readonly label: string;
  readonly unitedStates: string | null;
}

/**
 * Everything the tagger knows, as plain JSON: what compile-data writes and the ingest function bundles.
 * A pattern is the keys of its tokens joined by spaces (see phrase.ts) and the position of its concept.
 */
export interface TaggingRules {
  readonly version: number;
  readonly topics: readonly RuleTopic[];
  readonly concepts: readonly Concept[];
  readonly patterns: readonly (readonly [keys: string, concept: number])[];
  readonly gaps: readonly Gap[];
  readonly services: readonly ServiceForm[];
  /** The adjective that names a country's services, by code: `DE` → `German`. */
  readonly adjectives: Readonly<Record<string, string>>;
}
