import { describe, expect, test } from 'vitest';
import { loadData, dataDirectory } from '../../bin/compile-data.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import { nearMisses, topicExamples } from './topic-examples.ts';

const { rules, tree } = loadData(dataDirectory);
const tag = createTagger(rules);
const slugs = tree.domains.flatMap((domain) => domain.topics.map((topic) => topic.slug));

describe('the shipped taxonomy', () => {
  test('has thirteen domains and seventy-seven topics, each with an example', () => {
    expect(tree.domains).toHaveLength(13);
    expect(Object.keys(topicExamples).sort()).toEqual([...slugs].sort());
    expect(slugs).toHaveLength(77);
  });

  test.each(Object.entries(topicExamples))('knows %s in a plain headline', (topic, title) => {
    const { relevance, topics } = tag({ title, summary: '' });
    expect(topics.map((found) => found.topic)).toContain(topic);
    expect(relevance).toBe('core');
  });

  test.each(nearMisses)('finds no defence in: %s', (title) => {
    const { relevance, topics } = tag({ title, summary: '' });
    expect(relevance).toBe('none');
    expect(topics).toEqual([]);
  });
});
