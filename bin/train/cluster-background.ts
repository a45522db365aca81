import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { readClasses, readFolds, unlistedTopicStep } from '../../lambdas/core/cluster/weights.ts';
import { termsOf, termStem } from '../../lambdas/core/cluster/terms.ts';
import { alternatives } from '../../lambdas/core/tag/phrase.ts';

const Countries = z.object({
  countries: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      aliases: z.optional(z.array(z.string())),
      adjectives: z.optional(z.array(z.string())),
    }),
  ),
});
const Lexicon = z.object({ classes: z.record(z.string(), z.array(z.string())) });

/** Short names of countries that headlines use and the gazetteer reads from their surroundings. */
const shortNames =
  'US=@us USA=@us America=@us American=@us Americans=@us UK=@gb Britain=@gb British=@gb EU=@eu ' +
  'N_Korea=@kp S_Korea=@kr North_Korean=@kp South_Korean=@kr DPRK=@kp Israeli=@il Israelis=@il';

const yamlOf = (directory: string, file: string): unknown =>
  parse(readFileSync(path.join(directory, file), 'utf8'));

/** How countries and their people are written, as `ClusterWeights.folds` wants it: `russian=@ru north_korea=@kp`. */
export function countryFolds(dataDirectory: string): string {
  const folds = new Map<string, string>();
  const note = (name: string, code: string): void => {
    const words = name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .split(/[\s-]+/);
    if (words.length > 3 || /[^\w]/.test(words.join(''))) return;
    const key = words.join('_');
    folds.set(key.length < 4 ? key : key.toLowerCase(), code);
  };
  for (const { code, name, aliases = [], adjectives = [] } of Countries.parse(
    yamlOf(dataDirectory, 'gazetteer/countries.yaml'),
  ).countries)
    for (const spelling of [name, ...aliases, ...adjectives]) note(spelling, `@${code.toLowerCase()}`);
  for (const fold of shortNames.split(' ')) {
    const [name = '', code = ''] = fold.split('=');
    note(name.replaceAll('_', ' '), code);
  }
  return [...folds].map(([key, code]) => `${key}=${code}`).join(' ');
}

/** Classes of what news does not tell events by, or that are too wide: names of outlets' columns, places, sport. */
const classesLeftOut =
  /^(?:sport|film|television|music|videogame|celebrity|fashion|books|food|pets|shopping|horoscope|market-spam|editorial|toy|press-caption|gardening|travel)/;

/** A line of stems for each class of the lexicon; words of more than two are left out. */
export function wordClasses(dataDirectory: string): string[] {
  const { classes } = Lexicon.parse(yamlOf(dataDirectory, 'lexicon.yaml'));
  return Object.entries(classes)
    .filter(([name]) => !classesLeftOut.test(name))
    .map(([, phrases]) => {
      const stems = new Set<string>();
      for (const phrase of phrases.flatMap((text) =>
        text.includes('..') ? [] : (alternatives(text) ?? []),
      )) {
        const words = phrase
          .replace(/[~!]/g, '')
          .toLowerCase()
          .split(/[\s-]+/)
          .filter(Boolean);
        if (words.length > 2 || words.length === 0) continue;
        stems.add(words.map(termStem).join('_'));
      }
      return [...stems].sort().join(' ');
    });
}

/** A text of the background with the topics of its countries, as keys spell them (`@ru|air.drones`). */
export interface TaggedText {
  readonly text: string;
  readonly topics: readonly string[];
}

/**
 * Words and classes by how many texts hold them, as `ClusterWeights.words` wants it. Those of one text only are left out: any
 * unseen word may be one of them.
 */
export function wordSteps(
  texts: readonly TaggedText[],
  tables: { readonly folds: string; readonly classes: readonly string[] },
): string[] {
  const folds = readFolds(tables.folds);
  const classesOf = readClasses(tables.classes);
  const counts = new Map<string, number>();
  for (const { text, topics } of texts) {
    const terms = termsOf(text, folds);
    const keys = new Set([...terms.map(({ key }) => key), ...topics]);
    terms.forEach(({ key }, at) => {
      const pair = classesOf.get(`${terms[at - 1]?.key ?? ''}_${key}`);
      for (const name of pair ?? classesOf.get(key) ?? []) keys.add(name);
    });
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const steps: string[][] = [];
  for (const [key, count] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (count < (key.includes('|') ? 2 ** (unlistedTopicStep + 1) : 2)) continue;
    const step = Math.floor(Math.log2(count));
    while (steps.length <= step) steps.push([]);
    steps[step]?.push(key);
  }
  return steps.map((words) => words.join(' '));
}
