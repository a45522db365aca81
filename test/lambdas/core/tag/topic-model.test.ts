import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learnTopics } from '../../../../bin/train/learn-topics.ts';
import type { LabelledStory } from '../../../../bin/train/labelled-stories.ts';
import { compileRules } from '../../../../lambdas/core/tag/compile.ts';
import { createTagger, createTextReader } from '../../../../lambdas/core/tag/tag.ts';
import { readTopicModel } from '../../../../lambdas/core/tag/read-topic-model.ts';
import { TopicModel } from '../../../../lambdas/core/tag/topic-model.ts';

const topic = (slug: string, phrase: string) => {
  return { slug, label: slug, definition: slug, match: { sure: [phrase] } };
};
const rules = compileRules({
  taxonomy: {
    version: 3,
    context: { defence: { sure: ['navy', 'army'] }, civil: { sure: ['football'] } },
    ignore: [],
    domains: [{ slug: 'x', label: 'X', topics: [topic('x.ships', 'frigate'), topic('x.tanks', 'tank')] }],
  },
  gazetteer: {
    countries: [{ code: 'SE', name: 'Sweden' }],
    services: [],
    organisations: [],
    systems: [],
    people: [],
    operations: [],
  },
  lexicon: { version: 1, classes: [{ name: 'ship-part', words: ['hull', 'mast', 'keel', 'bow'] }] },
  model: null,
});

const story = (title: string, topics: readonly string[]): LabelledStory => {
  return { title, summary: '', relevance: topics.length > 0 ? 'core' : 'none', topics: [...topics] };
};
const stories = [
  ...['hull laid down for the navy', 'mast lifted aboard', 'crew paints the hull', 'mast falls'].map(
    (title) => story(title, ['x.ships']),
  ),
  ...['tracks and turret tested', 'turret jams', 'army fixes the turret'].map((title) =>
    story(title, ['x.tanks']),
  ),
  ...['football club signs keeper', 'rain in the north', 'bakery wins prize', 'club loses'].map((title) =>
    story(title, []),
  ),
];
const data = learnTopics(stories, rules);
const read = createTextReader(rules);
const slugs = rules.topics.map(({ slug }) => slug);
const model = new TopicModel(data, slugs);
const margin = (output: string, title: string): number =>
  model.read(read({ title, summary: '' })).margins[model.outputs.get(output) ?? -1] ?? Number.NaN;

describe('TopicModel', () => {
  test('prefers what it learnt from words, and from the class of a word it never saw', () => {
    expect(margin('x.ships', 'hull on the slip')).toBeGreaterThan(margin('x.tanks', 'hull on the slip'));
    expect(margin('x.tanks', 'new turret')).toBeGreaterThan(margin('x.ships', 'new turret'));
    expect(margin('x.ships', 'keel on the slip')).toBeGreaterThan(margin('x.ships', 'bread on the slip'));
    expect(margin('relevance', 'army turret')).toBeGreaterThan(margin('relevance', 'football club'));
  });

  test('is the same for the same stories', () => {
    expect(learnTopics(stories, rules)).toEqual(data);
  });

  test('adds to the rules: a topic gets its words as evidence, one it does not know keeps the score of its rules', () => {
    const tag = createTagger({ ...rules, model: data });
    const [first] = tag({ title: 'navy lifts the mast', summary: '' }).topics;
    expect(first?.topic).toBe('x.ships');
    expect(first?.evidence.map(({ words }) => words)).toContain('mast');
    const unknown = { ...data, outputs: data.outputs.map((slug) => (slug === 'x.tanks' ? 'x.gone' : slug)) };
    const tagged = createTagger({ ...rules, model: unknown })({ title: 'army tank', summary: '' });
    expect(tagged.topics).toMatchObject([{ topic: 'x.tanks', score: 0.8 }]);
  });

  test('reads any text without fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
        const { margins } = model.read(read({ title, summary: title }));
        expect([...margins].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test('refuses weights that do not add up', () => {
    expect(() => new TopicModel({ ...data, rowCount: data.rowCount + 1 }, slugs)).toThrow(RangeError);
    expect(() => new TopicModel({ ...data, rows: data.rows.slice(0, -4) }, slugs)).toThrow(RangeError);
  });
});

describe('readTopicModel', () => {
  test('reads what was learnt, and takes an absent file for no model', () => {
    expect(readTopicModel(JSON.stringify(data), 'topic-model.json')).toEqual({ ok: true, model: data });
    expect(readTopicModel('', 'topic-model.json')).toEqual({ ok: true, model: null });
  });

  test.each([
    ['no JSON', 'no'],
    ['another feature version', JSON.stringify({ ...data, featureVersion: 0 })],
    ['a missing field', JSON.stringify({ ...data, unit: undefined })],
  ])('refuses %s and says how to mend it', (_case, text) => {
    const reading = readTopicModel(text, 'topic-model.json');
    expect(reading).toMatchObject({ ok: false, problems: [expect.stringContaining('npm run train')] });
  });
});
