import type { TopicModelData } from './topic-model.ts';

/** Kinds of name a story can be tagged with; the same words as the fields of Tags. */
export const nameKinds = ['countries', 'organisations', 'people', 'systems', 'operations'] as const;
export type NameKind = (typeof nameKinds)[number];

/**
 * What a phrase stands for. `mask` hides the words it covers from everything else (a war chest is no war); `name` is
 * an entity; `service` is the army or navy of whichever country stands before it; `topic` and `context` are words
 * about the subject; `class` is a kind of word the topic model knows (a verb of attack, a warship); `part` is half of a
 * phrase with a gap.
 */
export type Layer = 'mask' | 'name' | 'service' | 'topic' | 'context' | 'class' | 'part';

/**
 * One meaning, however many spellings it has. `topics` are [position in `rules.topics`, weight]; `defence` says how
 * much the words speak for a defence story (0 to 1), `civil` how much against one. `countries` are implied.
 */
export interface Concept {
  readonly layer: Layer;
  readonly name?: { readonly kind: NameKind; readonly name: string };
  /** The word class of the lexicon, as the topic model spells it: `%strike-verb`. */
  readonly wordClass?: string;
  readonly countries?: readonly string[];
  /** The country of a company or a type of weapon; it counts only where the name is what the story is about. */
  readonly home?: string;
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
  /** What some countries call theirs, by code; the others' name is adjective and label. */
  readonly names?: Readonly<Record<string, string>>;
  /** The word means those who serve (`Airmen`); they stand for their service only where no body is named. */
  readonly isMembers?: boolean;
}

/** A war or operation that a text is part of when it names all of `all` (country codes and canonical names). */
export interface ImpliedOperation {
  readonly name: string;
  readonly all: readonly string[];
}

/**
 * Everything the tagger knows, as plain JSON: what compile-data writes and the ingest function bundles.
 */
export interface TaggingRules {
  readonly version: number;
  readonly topics: readonly RuleTopic[];
  /** What concepts are like, each likeness once. */
  readonly kinds: readonly Concept[];
  /** For each concept the position of its kind. */
  readonly concepts: readonly number[];
  /** Key sequences and the concepts they mean, packed (see matcher.ts). */
  readonly patterns: string;
  readonly gaps: readonly Gap[];
  readonly services: readonly ServiceForm[];
  /** The adjective that names a country's services, by code: `DE` → `German`. */
  readonly adjectives: Readonly<Record<string, string>>;
  readonly implied?: readonly ImpliedOperation[];
  /** What was learnt from labelled stories, added to the rules; null: the rules stand alone. */
  readonly model: TopicModelData | null;
}
