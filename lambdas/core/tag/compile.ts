import type { PhraseLevels, Taxonomy, TopicMatch } from './taxonomy.ts';
import type { Country, Entity, Gazetteer } from './gazetteer.ts';
import type { TopicModelData } from './topic-model.ts';
import type { Lexicon } from './lexicon.ts';
import { packIndex } from './packed-index.ts';
import { readPhrase } from './phrase.ts';
import type { Concept, Gap, NameKind, RuleTopic, ServiceForm, TaggingRules } from './rules.ts';

const levels = ['sure', 'likely', 'hint'] as const;
type Level = (typeof levels)[number];

/** How much a phrase of each level says for its topic. A sign of 0.5 in a title is enough. Measured on labelled stories. */
const topicWeights: Readonly<Record<Level, number>> = { sure: 0.8, likely: 0.5, hint: 0.25 };

/** How much it says that the story is about defence at all; everyday words say little of that. */
const defenceWeights: Readonly<Record<Level, number>> = { sure: 0.75, likely: 0.35, hint: 0.06 };
const everydayWeights: Readonly<Record<Level, number>> = { sure: 0.15, likely: 0.04, hint: 0 };

/** Words of the subject matter at large, for and against. */
const contextWeights: Readonly<Record<Level, number>> = { sure: 0.75, likely: 0.45, hint: 0.15 };

/** A named system or unit points to its topic as much as a likely phrase does. */
const impliedWeight = 0.65;

/** How much a name speaks for a defence story unless its entry says otherwise. */
const nameDefence: Readonly<Record<Exclude<NameKind, 'countries'>, number>> = {
  organisations: 0.5,
  systems: 0.65,
  operations: 0.65,
  people: 0.15,
};

const gapTokensMax = 5;

/** The data files as read. Without a lexicon there are no word classes; without a model the rules stand alone. */
export interface RuleSources {
  readonly taxonomy: Taxonomy;
  readonly gazetteer: Gazetteer;
  readonly lexicon: Lexicon;
  readonly model: TopicModelData | null;
}

/**
 * Compiles taxonomy, gazetteer and lexicon into what the tagger needs, as plain JSON. Phrases must have been checked
 * by readTaxonomy and readGazetteer; one that cannot be read is left out. Pure, and the same input gives the same output.
 */
export function compileRules({ taxonomy, gazetteer, lexicon, model }: RuleSources): TaggingRules {
  const table = new ConceptTable();
  const slugs = taxonomy.domains.flatMap((domain) => domain.topics.map((topic) => topic.slug));
  const topicAt = new Map(slugs.map((slug, index) => [slug, index]));
  const topics = taxonomy.domains.flatMap((domain) =>
    domain.topics.map((topic): RuleTopic => {
      const needsDefence = topic.needsDefence ?? false;
      const not = addTopic(table, topicAt.get(topic.slug) ?? 0, { match: topic.match, needsDefence });
      return { slug: topic.slug, needsDefence, not };
    }),
  );
  addContext(table, taxonomy);
  for (const country of gazetteer.countries) addCountry(table, country);
  for (const kind of ['organisations', 'systems', 'people', 'operations'] as const)
    for (const entity of gazetteer[kind]) addEntity(table, { kind, entity, topicAt });
  for (const { name, words } of lexicon.classes) table.add({ layer: 'class', wordClass: `%${name}` }, words);
  const services = gazetteer.services.map(
    ({ label, words, unitedStates, names = {}, members = false }): ServiceForm => {
      const concept = table.add({ layer: 'service', defence: 0.5 }, words);
      return { concept, label, unitedStates: unitedStates ?? null, names, isMembers: members };
    },
  );
  const adjectives = Object.fromEntries(
    gazetteer.countries.flatMap(({ code, adjectives: [first] = [] }) =>
      first === undefined ? [] : [[code, first] as const],
    ),
  );
  const implied = gazetteer.operations.flatMap(({ name, implied: sets = [] }) =>
    sets.map((all) => ({ name, all })),
  );
  const { kinds, concepts, gaps } = table;
  const patterns = packIndex(table.patterns);
  return {
    version: taxonomy.version,
    topics,
    kinds,
    concepts,
    patterns,
    gaps,
    services,
    adjectives,
    implied,
    model,
  };
}

/** Concepts and patterns in the order they were added. */
class ConceptTable {
  readonly kinds: Concept[] = [];
  readonly concepts: number[] = [];
  readonly patterns: (readonly [string, number])[] = [];
  readonly gaps: Gap[] = [];
  readonly #kindOf = new Map<string, number>();
  readonly #partOf = new Map<string, number>();

  /** Adds a meaning with its phrases and gives its number. */
  add(concept: Concept, phrases: readonly string[]): number {
    const number = this.#conceptOf(concept);
    const keysSeen = new Set<string>();
    for (const text of phrases) {
      const reading = readPhrase(text);
      if (!reading.ok) continue;
      const { phrase } = reading;
      if (phrase.kind === 'gap') {
        this.gaps.push({
          first: this.#part(phrase.first),
          second: this.#part(phrase.second),
          tokensMax: gapTokensMax,
          concept: number,
        });
        continue;
      }
      for (const keys of phrase.patterns) {
        if (!keysSeen.has(keys)) this.patterns.push([keys, number]);
        keysSeen.add(keys);
      }
    }
    return number;
  }

  /** Many phrases have like meanings; each is kept once. */
  #conceptOf(concept: Concept): number {
    const text = JSON.stringify(concept);
    const kind = this.#kindOf.get(text) ?? this.kinds.push(concept) - 1;
    this.#kindOf.set(text, kind);
    return this.concepts.push(kind) - 1;
  }

  /** The half of a phrase with a gap; phrases share equal halves. */
  #part(patterns: readonly string[]): number {
    const text = patterns.join('|');
    const known = this.#partOf.get(text);
    if (known !== undefined) return known;
    const number = this.#conceptOf({ layer: 'part' });
    for (const keys of patterns) this.patterns.push([keys, number]);
    this.#partOf.set(text, number);
    return number;
  }
}

function addTopic(
  table: ConceptTable,
  index: number,
  { match, needsDefence }: { readonly match: TopicMatch; readonly needsDefence: boolean },
): number[] {
  const defenceOf = needsDefence ? everydayWeights : defenceWeights;
  for (const level of levels)
    for (const phrase of match[level] ?? [])
      table.add({ layer: 'topic', topics: [[index, topicWeights[level]]], defence: defenceOf[level] }, [
        phrase,
      ]);
  return (match.not ?? []).map((phrase) => table.add({ layer: 'context' }, [phrase]));
}

function addContext(table: ConceptTable, { context, ignore }: Taxonomy): void {
  const add = (phrases: PhraseLevels, side: 'defence' | 'civil') => {
    for (const level of levels)
      for (const phrase of phrases[level] ?? [])
        table.add({ layer: 'context', [side]: contextWeights[level] }, [phrase]);
  };
  add(context.defence, 'defence');
  add(context.civil, 'civil');
  table.add({ layer: 'mask' }, ignore);
}

function addCountry(table: ConceptTable, country: Country): void {
  const { code, name, aliases = [], adjectives = [], capital, places = [], not = [] } = country;
  const words = [name, ...aliases, ...adjectives];
  table.add({ layer: 'name', name: { kind: 'countries', name: code } }, words);
  const sites = capital === undefined ? places : [capital, ...places];
  if (sites.length > 0) table.add({ layer: 'name', countries: [code] }, sites);
  // A name of nothing: it hides the country's word inside it and says no more.
  if (not.length > 0) table.add({ layer: 'name' }, not);
}

function addEntity(
  table: ConceptTable,
  about: {
    readonly kind: Exclude<NameKind, 'countries'>;
    readonly entity: Entity;
    readonly topicAt: ReadonlyMap<string, number>;
  },
): void {
  const { kind, entity, topicAt } = about;
  const { name, aliases = [], matchName = true, countries = [], topics = [], defence, home } = entity;
  const implied = topics.flatMap((slug) => {
    const index = topicAt.get(slug);
    return index === undefined ? [] : [[index, impliedWeight] as const];
  });
  table.add(
    {
      layer: 'name',
      name: { kind, name },
      ...(countries.length > 0 ? { countries } : {}),
      ...(home === undefined ? {} : { home }),
      ...(implied.length > 0 ? { topics: implied } : {}),
      defence: defence ?? nameDefence[kind],
    },
    matchName ? [name, ...aliases] : aliases,
  );
}
