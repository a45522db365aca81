import type { TopicTree } from '../words/topic.ts';
import type { CountedStory } from './counted-stories.ts';
import { countAll, countBy, facets, noStories } from './story-counts.ts';

/**
 * The taxonomy with how many stories carry each topic, and all of them. A domain counts the stories of any of its topics,
 * each once, so it is not the sum of its topics. Topics that left the taxonomy are not listed.
 */
export function topicTable(tree: TopicTree, counted: readonly CountedStory[]) {
  const counts = countBy(counted, facets.topic);
  const { count: stories, copies, events } = countAll(counted);
  return {
    version: tree.version,
    stories,
    copies,
    events,
    domains: tree.domains.map(({ slug, label, topics }) => ({
      slug,
      label,
      ...(counts.get(slug) ?? noStories),
      topics: topics.map((topic) => ({ ...topic, ...(counts.get(topic.slug) ?? noStories) })),
    })),
  };
}
