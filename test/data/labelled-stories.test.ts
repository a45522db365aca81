import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { comparableName, labelScores, scoreOf } from '../../bench/support/tag-scores.ts';
import { dataDirectory, loadData } from '../../bin/compile-data.ts';
import { readLabelledStories } from '../../bin/train/labelled-stories.ts';
import { nameKinds } from '../../lambdas/core/tag/rules.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import { countryCodes } from '../../lambdas/core/words/country-codes.ts';
import { relevances } from '../../lambdas/core/words/story.ts';

/** What the tagger must reach on the evaluation stories: about .03 under what was measured. */
const floors = {
  topicPrecision: 0.74,
  topicRecall: 0.75,
  topicMacroF1: 0.76,
  relevanceF1: 0.95,
  countriesF1: 0.9,
  organisationsRecall: 0.74,
  peopleRecall: 0.86,
  systemsRecall: 0.73,
  operationsRecall: 0.49,
};

/** Two titles are nearly equal when they share this much of their words, or a run of this many. */
const titleLikenessMax = 0.6;
const titleRunWords = 5;
/** A run of this many words is taken from somewhere; stock phrases of the trade are shorter. */
const textRunWords = 8;

const { rules, tree } = loadData(dataDirectory);
const slugs = new Set(tree.domains.flatMap(({ topics }) => topics.map(({ slug }) => slug)));

const fewNames = z.array(z.string().check(z.trim(), z.minLength(2), z.maxLength(80))).check(z.maxLength(5));
const Evaluated = z.strictObject({
  id: z.string().check(z.regex(/^e\d{3}$/)),
  title: z.string().check(z.minLength(10), z.maxLength(150)),
  summary: z.string().check(z.maxLength(1000)),
  relevance: z.enum(relevances),
  topics: z.array(z.string()).check(z.maxLength(4)),
  countries: z.array(z.string()),
  organisations: fewNames,
  people: fewNames,
  systems: fewNames,
  operations: fewNames,
  entities_labelled: z.optional(z.literal(false)),
});

interface Text {
  readonly title: string;
  readonly summary: string;
}

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));

const evaluation = linesOf(path.join(dataDirectory, 'labelled/evaluation.ndjson')).map((line) =>
  Evaluated.parse(line),
);
const training = readLabelledStories(path.join(dataDirectory, 'labelled/training'), slugs);

/** Texts of other people that may lie beside the checkout, as they do where the tagger is developed. */
function textsBeside(): Text[] {
  const folder = path.resolve(dataDirectory, '../../shared/eval');
  if (!existsSync(folder)) return [];
  const Other = z.object({ title: z.nullish(z.string()), summary: z.nullish(z.string()) });
  return readdirSync(folder)
    .filter((name) => name.endsWith('_dev.jsonl'))
    .flatMap((name) => linesOf(path.join(folder, name)))
    .map((line) => Other.parse(line))
    .map(({ title, summary }) => ({ title: title ?? '', summary: summary ?? '' }));
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function runsOf(text: string, words: number): string[] {
  const all = wordsOf(text);
  return all.slice(words - 1).map((_word, start) => all.slice(start, start + words).join(' '));
}

/** The stories of one list that share a run of words with the other, as title and run. */
function sharedRuns(stories: readonly Text[], others: readonly Text[], words: number): string[] {
  const runs = ({ title, summary }: Text) => [...runsOf(title, words), ...runsOf(summary, words)];
  const known = new Set(others.flatMap(runs));
  return stories.flatMap((story) => {
    const shared = runs(story).find((run) => known.has(run));
    return shared === undefined ? [] : [`${story.title}: ${shared}`];
  });
}

/** Words two titles have in common, of all words of both. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return common / Math.max(1, one.size + other.size - common);
}

function likeTitles(stories: readonly Text[], others: readonly Text[]): string[] {
  const known = others.map(({ title }) => ({ title, words: new Set(wordsOf(title)) }));
  return stories.flatMap(({ title }) => {
    const words = new Set(wordsOf(title));
    const like = known.find((other) => likeness(words, other.words) >= titleLikenessMax);
    return like === undefined ? [] : [`${title} ~ ${like.title}`];
  });
}

const titlesOnly = (stories: readonly Text[]): Text[] => stories.map(({ title }) => ({ title, summary: '' }));

describe('the evaluation stories', () => {
  test('are numbered, told apart by title, and enough of every relevance', () => {
    expect(evaluation.map(({ id }) => id)).toEqual(
      evaluation.map((_story, index) => `e${String(index + 1).padStart(3, '0')}`),
    );
    expect(new Set(evaluation.map(({ title }) => wordsOf(title).join(' '))).size).toBe(evaluation.length);
    const count = (wanted: string) => evaluation.filter(({ relevance }) => relevance === wanted).length;
    expect(count('core')).toBeGreaterThanOrEqual(200);
    expect(count('none')).toBeGreaterThanOrEqual(35);
    expect(count('peripheral')).toBeGreaterThanOrEqual(8);
  });

  test('have topics when they are core, no others, and every topic at least twice', () => {
    for (const { id, relevance, topics } of evaluation) {
      expect([id, topics.length > 0]).toEqual([id, relevance === 'core']);
      expect([id, new Set(topics).size]).toEqual([id, topics.length]);
    }
    const given = evaluation.flatMap(({ topics }) => topics);
    expect(given.filter((topic) => !slugs.has(topic))).toEqual([]);
    const rare = [...slugs].filter((slug) => given.filter((topic) => topic === slug).length < 2);
    expect(rare).toEqual([]);
  });

  test('name each country by its code and each name once', () => {
    const countries = evaluation.flatMap((story) => story.countries);
    expect(countries.filter((code) => !countryCodes.has(code))).toEqual([]);
    for (const story of evaluation)
      for (const kind of nameKinds)
        expect([story.id, kind, new Set(story[kind]).size]).toEqual([story.id, kind, story[kind].length]);
  });
});

describe('the labelled texts', () => {
  test('have no evaluation title that is nearly a training title', () => {
    expect(likeTitles(evaluation, training)).toEqual([]);
    expect(sharedRuns(titlesOnly(evaluation), titlesOnly(training), titleRunWords)).toEqual([]);
  });

  test('share no run of eight words between evaluation and training, nor with texts of other people', () => {
    const others = textsBeside();
    expect(sharedRuns(evaluation, [...training, ...others], textRunWords)).toEqual([]);
    expect(sharedRuns(training, others, textRunWords)).toEqual([]);
  });

  test('are compared by words, whatever their capitals, apostrophes and punctuation', () => {
    const story = {
      title: 'Navy’s oldest frigate sails',
      summary: 'It left the pier at dawn, on the last tide.',
    };
    const taken = {
      title: 'NAVYS OLDEST FRIGATE SAILS!',
      summary: 'it left the pier: at dawn on the morning',
    };
    expect(sharedRuns([story], [taken], textRunWords)).toEqual([
      'Navy’s oldest frigate sails: it left the pier at dawn on the',
    ]);
    expect(sharedRuns([story], [taken], textRunWords + 1)).toEqual([]);
    expect(likeTitles([story], [taken])).toHaveLength(1);
    expect(likeTitles([story], [{ title: 'Navy sails', summary: '' }])).toEqual([]);
  });
});

describe('the shipped tagger, on the evaluation stories', () => {
  const tag = createTagger(rules);
  const tagged = evaluation
    .filter(({ relevance }) => relevance !== 'peripheral')
    .map((story) => ({ story, tags: tag(story) }));

  test('finds the topics', () => {
    const { micro, macroF1 } = labelScores(
      tagged.map(({ story, tags }) => ({
        wanted: story.topics,
        given: tags.topics.map(({ topic }) => topic),
      })),
    );
    expect(micro.precision).toBeGreaterThan(floors.topicPrecision);
    expect(micro.recall).toBeGreaterThan(floors.topicRecall);
    expect(macroF1).toBeGreaterThan(floors.topicMacroF1);
  });

  test('tells defence from what only looks like it', () => {
    const count = (wanted: boolean, given: boolean) =>
      tagged.filter(
        ({ story, tags }) => (story.relevance !== 'none') === wanted && (tags.relevance !== 'none') === given,
      ).length;
    const score = scoreOf({
      right: count(true, true),
      wrong: count(false, true),
      missed: count(true, false),
    });
    expect(score.f1).toBeGreaterThan(floors.relevanceF1);
  });

  test('finds the names', () => {
    const named = tagged.filter(({ story }) => story.entities_labelled !== false);
    const score = (kind: (typeof nameKinds)[number]) => {
      const plain = (name: string) => (kind === 'countries' ? name : comparableName(name, new Map()));
      const answers = named.map(({ story, tags }) => ({
        wanted: story[kind].map(plain),
        given: tags[kind].map(({ name }) => plain(name)),
      }));
      return labelScores(answers).micro;
    };
    expect(score('countries').f1).toBeGreaterThan(floors.countriesF1);
    expect(score('organisations').recall).toBeGreaterThan(floors.organisationsRecall);
    expect(score('people').recall).toBeGreaterThan(floors.peopleRecall);
    expect(score('systems').recall).toBeGreaterThan(floors.systemsRecall);
    expect(score('operations').recall).toBeGreaterThan(floors.operationsRecall);
  });
});
