import { closestWord } from '../words/closest-word.ts';
import { countryCodes } from '../words/country-codes.ts';
import { foldedText } from '../words/folded-text.ts';
import { sourceKinds } from '../words/feed.ts';
import type { Catalogue } from '../words/feed.ts';
import { languageCodes } from '../words/language-codes.ts';
import type { TopicTree } from '../words/topic.ts';

/** The filters that name things; each follows the grammar `a,b` any of, repeated all of, `-a` none of. */
export const filterNames = [
  'topic',
  'country',
  'org',
  'person',
  'system',
  'operation',
  'source',
  'lang',
  'kind',
] as const;
export type FilterName = (typeof filterNames)[number];

/**
 * What one filter accepts. `canonical` gives the value's one spelling or null when it is not allowed;
 * `allowed` lists or describes what is; `nearest` is a valid value that was perhaps meant.
 */
export interface ValueRule {
  readonly canonical: (value: string) => string | null;
  readonly allowed: readonly string[] | string;
  readonly nearest: (value: string) => string | null;
}

/** The rules of every filter, for one taxonomy and catalogue. */
export type QueryVocabulary = Readonly<Record<FilterName, ValueRule>>;

const nameLengthMax = 120;
/** Codes people write for countries whose ISO 3166-1 code is another. */
const countryHabits: ReadonlyMap<string, string> = new Map([
  ['UK', 'GB'],
  ['USA', 'US'],
  ['GBR', 'GB'],
]);

/**
 * The vocabulary queries are checked against: topics and domains of the tree, sources of the catalogue, ISO 3166-1
 * countries with XK, ISO 639-1 languages, the kinds of source. Names of organisations, people, systems and operations
 * are open. Country and language codes are read in any case (ISO 3166-1, RFC 5646 §2.1.1); ids are exact.
 */
export function queryVocabulary(tree: TopicTree, catalogue: Catalogue): QueryVocabulary {
  const topics = tree.domains.flatMap((domain) => [domain.slug, ...domain.topics.map((topic) => topic.slug)]);
  const countries = [...countryCodes];
  const languages = new Set([
    ...languageCodes,
    ...catalogue.feeds.map((feed) => primaryLanguage(feed.language)),
  ]);
  return {
    topic: { ...listRule(topics), nearest: (value) => topicNamed(value, topics) },
    country: {
      canonical: (value) => member(value.toUpperCase(), countryCodes),
      allowed: 'an ISO 3166-1 alpha-2 country code such as US, or XK',
      nearest: (value) => countryHabits.get(value.toUpperCase()) ?? countryNamed(value, countries),
    },
    org: openRule,
    person: openRule,
    system: openRule,
    operation: openRule,
    source: listRule(catalogue.sources.map((source) => source.id)),
    lang: {
      canonical: (value) => member(value.toLowerCase(), languages),
      allowed: 'an ISO 639-1 language code such as en',
      nearest: (value) => member(primaryLanguage(value), languages),
    },
    kind: listRule(sourceKinds),
  };
}

/** The primary subtag of a language tag, lower-case: `pt` for `pt-BR`. Source: RFC 5646 §2.2.1. */
export const primaryLanguage = (tag: string): string => (tag.split('-', 1)[0] ?? '').toLowerCase();

const openRule: ValueRule = {
  canonical: (value) => {
    const name = value.trim().replaceAll(/\s+/g, ' ');
    return name.length <= nameLengthMax && foldedText(name) !== ' ' ? name : null;
  },
  allowed: `a name of at most ${nameLengthMax} characters`,
  nearest: () => null,
};

const member = (value: string, set: ReadonlySet<string>): string | null => (set.has(value) ? value : null);

function listRule(values: readonly string[]): ValueRule {
  const known = new Set(values);
  return {
    canonical: (value) => member(value, known),
    allowed: values,
    nearest: (value) => closestWord(value, values),
  };
}

/** `submarines` is taken for `sea.submarines` before any spelling is compared. */
function topicNamed(value: string, topics: readonly string[]): string | null {
  const leaf = value.toLowerCase().replace(/^.*[./]/, '');
  return topics.find((topic) => topic.split('.')[1] === leaf) ?? closestWord(value, topics);
}

/** The code of a country given by its English name. Built only to word an error, so it is not kept. */
function countryNamed(value: string, codes: readonly string[]): string | null {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const wanted = foldedText(value);
  return wanted === ' ' ? null : (codes.find((code) => foldedText(names.of(code) ?? '') === wanted) ?? null);
}
