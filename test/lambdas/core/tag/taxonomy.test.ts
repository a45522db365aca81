import { describe, expect, test } from 'vitest';
import { readTaxonomy, topicTree } from '../../../../lambdas/core/tag/taxonomy.ts';

const head = 'version: 3\ncontext: {defence: {sure: [army]}, civil: {}}\nignore: [war chest]\n';
const domain = (topics: string) => `${head}domains:\n  - slug: sea\n    label: Sea\n    topics:\n${topics}`;
const topic = (slug: string, match = '{sure: [submarine]}') =>
  `      - {slug: ${slug}, label: Boats, definition: Boats., match: ${match}}\n`;
const problemsOf = (text: string) => {
  const reading = readTaxonomy(text, 'topics.yaml');
  return reading.ok ? [] : reading.problems;
};

describe('readTaxonomy', () => {
  test('gives version, context and topics; the tree leaves the rules out', () => {
    const reading = readTaxonomy(domain(topic('sea.boats')), 'topics.yaml');
    if (!reading.ok) throw new Error(reading.problems.join());
    expect(reading.taxonomy.domains[0]?.topics[0]?.match).toEqual({ sure: ['submarine'] });
    expect(topicTree(reading.taxonomy)).toEqual({
      version: 3,
      domains: [
        { slug: 'sea', label: 'Sea', topics: [{ slug: 'sea.boats', label: 'Boats', definition: 'Boats.' }] },
      ],
    });
  });

  test.each([
    [
      'a repeated slug',
      topic('sea.boats') + topic('sea.boats'),
      'topics.yaml:9 domains.0.topics.1.slug: expected each slug once',
    ],
    [
      'a topic outside its domain',
      topic('air.boats'),
      'topics.yaml:8 domains.0.topics.0.slug: expected sea.',
    ],
    [
      'a malformed slug',
      topic('Sea.Boats'),
      'topics.yaml:8 domains.0.topics.0.slug: expected a slug such as',
    ],
    [
      'a topic nothing can match',
      topic('sea.boats', '{hint: [boat]}'),
      'topics.yaml:8 domains.0.topics.0.match: expected at least one',
    ],
    [
      'an open group',
      topic('sea.boats', '{sure: ["(a|b boat"]}'),
      'topics.yaml:8 domains.0.topics.0.match.sure.0: expected closed',
    ],
    [
      'two gaps',
      topic('sea.boats', '{sure: ["a .. b .. c"]}'),
      'topics.yaml:8 domains.0.topics.0.match.sure.0: expected at most one gap',
    ],
    [
      'a phrase without words',
      topic('sea.boats', '{sure: ["!!"]}'),
      'topics.yaml:8 domains.0.topics.0.match.sure.0: expected words',
    ],
    [
      'an unknown key',
      topic('sea.boats', '{shure: [boat]}'),
      'topics.yaml:8 domains.0.topics.0.match.shure: unknown key, did you mean sure?',
    ],
    [
      'a value that is no text',
      topic('sea.boats', '{sure: [false]}'),
      'topics.yaml:8 domains.0.topics.0.match.sure.0: expected text, got false',
    ],
  ])('refuses %s and names line and reason', (_, topics, expected) => {
    expect(problemsOf(domain(topics))[0]?.slice(0, expected.length)).toBe(expected);
  });

  test('refuses what is no taxonomy at all', () => {
    for (const text of ['', '[]', 'version: 0', 'version: one'])
      expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});
