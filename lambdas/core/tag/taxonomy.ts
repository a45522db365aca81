import * as z from 'zod/mini';
import { readPhrase } from './phrase.ts';
import type { TopicTree } from '../words/topic.ts';
import { cappedProblems, readYamlDocument, schemaProblems, shown } from '../catalogue/yaml-document.ts';
import type { DocumentPath, YamlDocument } from '../catalogue/yaml-document.ts';

/** Phrases by how much they say: `sure` settles it alone, `likely` does in a title, `hint` only helps. */
export interface PhraseLevels {
  readonly sure?: readonly string[];
  readonly likely?: readonly string[];
  readonly hint?: readonly string[];
}

/** How a topic is recognised. Any phrase of `not` takes the topic off the story. */
export interface TopicMatch extends PhraseLevels {
  readonly not?: readonly string[];
}

/** A topic with its rules; `needsDefence` marks everyday words that count only in a defence story. */
export interface TaxonomyTopic {
  readonly slug: string;
  readonly label: string;
  readonly definition: string;
  readonly needsDefence?: boolean;
  readonly match: TopicMatch;
}

/** The checked content of `data/topics.yaml`. */
export interface Taxonomy {
  readonly version: number;
  /** Words that speak for or against a defence story, whatever its topic. */
  readonly context: { readonly defence: PhraseLevels; readonly civil: PhraseLevels };
  /** Turns of phrase whose words mean nothing here, such as war chest. */
  readonly ignore: readonly string[];
  readonly domains: readonly {
    readonly slug: string;
    readonly label: string;
    readonly topics: readonly TaxonomyTopic[];
  }[];
}

export type TaxonomyReading =
  | { readonly ok: true; readonly taxonomy: Taxonomy; readonly document: YamlDocument }
  | { readonly ok: false; readonly problems: readonly string[] };

const taxonomyBytesMax = 2_000_000;
const topicsPerDomainMax = 100;

const word = z.string().check(z.minLength(1), z.maxLength(1_000));
const phrases = z.exactOptional(z.array(word).check(z.maxLength(2_000)));
const levels = { sure: phrases, likely: phrases, hint: phrases };
const slug = (pattern: RegExp, example: string) =>
  z.string().check(z.maxLength(80), z.regex(pattern, `expected a slug such as ${example}`));

const TaxonomyFile = z.strictObject({
  version: z.int().check(z.minimum(1)),
  context: z.strictObject({ defence: z.strictObject(levels), civil: z.strictObject(levels) }),
  ignore: z.array(word).check(z.maxLength(5_000)),
  domains: z
    .array(
      z.strictObject({
        slug: slug(/^[a-z][a-z0-9-]*$/, 'sea'),
        label: word,
        topics: z
          .array(
            z.strictObject({
              slug: slug(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, 'sea.submarines'),
              label: word,
              definition: z.string().check(z.minLength(1), z.maxLength(500)),
              needsDefence: z.exactOptional(z.boolean()),
              match: z.strictObject({ ...levels, not: phrases }),
            }),
          )
          .check(z.minLength(1), z.maxLength(topicsPerDomainMax)),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
});

const knownKeys = (
  'version context ignore domains defence civil slug label topics definition needsDefence match ' +
  'sure likely hint not'
).split(' ');

/**
 * Reads the taxonomy. Every problem is one line, `file:line path: reason`: schema faults, repeated slugs, a topic
 * outside its domain, a topic that nothing could match, and phrases whose notation cannot be read. Never throws.
 */
export function readTaxonomy(text: string, fileName: string): TaxonomyReading {
  const reading = readYamlDocument({ text, fileName, bytesMax: taxonomyBytesMax });
  if (!reading.ok) return reading;
  const { document } = reading;
  const result = z.safeParse(TaxonomyFile, document.value);
  if (!result.success)
    return {
      ok: false,
      problems: cappedProblems(schemaProblems(result.error.issues, document, knownKeys)),
    };
  const taxonomy = result.data;
  const problems = [...slugProblems(taxonomy, document), ...phraseProblems(taxonomy, document)];
  return problems.length > 0
    ? { ok: false, problems: cappedProblems(problems) }
    : { ok: true, taxonomy, document };
}

/** What the serving side shows of a taxonomy: names and definitions without the rules. */
export function topicTree(taxonomy: Taxonomy): TopicTree {
  return {
    version: taxonomy.version,
    domains: taxonomy.domains.map((domain) => ({
      slug: domain.slug,
      label: domain.label,
      topics: domain.topics.map(({ slug: topic, label, definition }) => ({ slug: topic, label, definition })),
    })),
  };
}

function slugProblems(taxonomy: Taxonomy, document: YamlDocument): string[] {
  const seen = new Set<string>();
  const repeated = (name: string, path: DocumentPath) => {
    if (seen.has(name)) return [document.problem(path, `expected each slug once, got ${shown(name)} again`)];
    seen.add(name);
    return [];
  };
  return taxonomy.domains.flatMap((domain, index) => [
    ...repeated(domain.slug, ['domains', index, 'slug']),
    ...domain.topics.flatMap((topic, position) => {
      const path = ['domains', index, 'topics', position];
      const { sure = [], likely = [] } = topic.match;
      const isOutside = topic.slug.split('.')[0] !== domain.slug;
      return [
        ...repeated(topic.slug, [...path, 'slug']),
        ...(isOutside
          ? [document.problem([...path, 'slug'], `expected ${domain.slug}.…, got ${shown(topic.slug)}`)]
          : []),
        ...(sure.length + likely.length === 0
          ? [document.problem([...path, 'match'], 'expected at least one sure or likely phrase, got none')]
          : []),
      ];
    }),
  ]);
}

function phraseProblems(taxonomy: Taxonomy, document: YamlDocument): string[] {
  const { defence, civil } = taxonomy.context;
  return [
    ...badPhrases(taxonomy.ignore, ['ignore'], document),
    ...badLevels({ ...defence }, ['context', 'defence'], document),
    ...badLevels({ ...civil }, ['context', 'civil'], document),
    ...taxonomy.domains.flatMap((domain, index) =>
      domain.topics.flatMap((topic, position) =>
        badLevels({ ...topic.match }, ['domains', index, 'topics', position, 'match'], document),
      ),
    ),
  ];
}

function badLevels(match: TopicMatch, path: DocumentPath, document: YamlDocument): string[] {
  return (['sure', 'likely', 'hint', 'not'] as const).flatMap((level) =>
    badPhrases(match[level] ?? [], [...path, level], document),
  );
}

/** The problems of the phrases in one list that cannot be read, each with its line. */
export function badPhrases(list: readonly string[], path: DocumentPath, document: YamlDocument): string[] {
  return list.flatMap((phrase, index) => {
    const reading = readPhrase(phrase);
    if (reading.ok) return [];
    return [document.problem([...path, index], `${reading.reason}, got ${shown(phrase)}`)];
  });
}
