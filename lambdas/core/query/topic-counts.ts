import type { StoryLine } from '../words/story.ts';
import type { TopicTree } from '../words/topic.ts';

/**
 * The taxonomy with how many of the lines carry each topic. A domain counts the stories of any of its topics, each once,
 * so it is not the sum of its topics. Topics that left the taxonomy are not counted.
 */
export function topicCounts(tree: TopicTree, lines: readonly Pick<StoryLine, 'topics'>[]) {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const slugs = new Set(line.topics.flatMap(({ topic }) => [topic, topic.split('.', 1)[0] ?? topic]));
    for (const slug of slugs) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  }
  return {
    version: tree.version,
    stories: lines.length,
    domains: tree.domains.map(({ slug, label, topics }) => ({
      slug,
      label,
      count: counts.get(slug) ?? 0,
      topics: topics.map((topic) => ({ ...topic, count: counts.get(topic.slug) ?? 0 })),
    })),
  };
}
