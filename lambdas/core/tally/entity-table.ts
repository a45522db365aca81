import { byCodeUnit } from '../words/code-unit-order.ts';
import type { CountedStory } from './counted-stories.ts';
import { countBy, facets, noStories, type StoryCount } from './story-counts.ts';

/** The kinds of thing that `/api/entities` counts. */
export const entityTypes = ['organisation', 'person', 'system', 'operation', 'country', 'source'] as const;
export type EntityType = (typeof entityTypes)[number];

/** One thing with its count, that of the window before, and the topics it occurs with most. */
export interface EntityRow extends StoryCount {
  readonly name: string;
  /** Stories in a window of the same length just before. */
  readonly before: number;
  /** `count` less `before`. */
  readonly change: number;
  readonly topics: readonly { readonly topic: string; readonly count: number }[];
}

/** Topics shown beside one thing. */
const topicsMax = 5;

/**
 * The things of one type that most stories carry, by count, then events, then name; at most `limit`, with how many there
 * are in all. `before` are the stories of the window before under the same filters.
 */
export function entityTable(
  type: EntityType,
  stories: { readonly now: readonly CountedStory[]; readonly before: readonly CountedStory[] },
  limit: number,
): { readonly entities: readonly EntityRow[]; readonly distinct: number } {
  const facet = facets[type];
  const counts = countBy(stories.now, facet);
  const earlier = countBy(stories.before, facet);
  const top = [...counts]
    .sort(([a, one], [b, other]) => other.count - one.count || other.events - one.events || byCodeUnit(a, b))
    .slice(0, limit);
  const topics = topicsBeside(stories.now, type, new Set(top.map(([name]) => name)));
  const entities = top.map(([name, count]) => {
    const before = (earlier.get(name) ?? noStories).count;
    return { name, ...count, before, change: count.count - before, topics: topics.get(name) ?? [] };
  });
  return { entities, distinct: counts.size };
}

/** The topics (no domains) of the stories that carry each of these names, the most frequent first. */
function topicsBeside(stories: readonly CountedStory[], type: EntityType, names: ReadonlySet<string>) {
  const carriers = new Map<string, CountedStory[]>([...names].map((name) => [name, []]));
  for (const story of stories) for (const name of facets[type](story.line)) carriers.get(name)?.push(story);
  return new Map(
    [...carriers].map(([name, carrying]) => {
      const counts = [...countBy(carrying, (line) => line.topics.map(({ topic }) => topic))];
      const top = counts
        .map(([topic, { count }]) => ({ topic, count }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || byCodeUnit(a.topic, b.topic));
      return [name, top.slice(0, topicsMax)];
    }),
  );
}
