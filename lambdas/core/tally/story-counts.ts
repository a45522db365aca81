import type { StoryLine } from '../words/story.ts';
import type { CountedStory } from './counted-stories.ts';

/**
 * How many stories carry something. `count`: as `/api/stories` shows by default, a copy only where its original does not
 * carry it too; `copies`: those that are left out, so that `count + copies` is with `collapse=none`; `events`: clusters and
 * lone stories, as with `collapse=cluster`.
 */
export interface StoryCount {
  readonly count: number;
  readonly copies: number;
  readonly events: number;
}

/** What stories can be counted by: the values that one line carries, each once. */
export type Facet = (line: StoryLine) => readonly string[];

/** The facets there are. A story of a topic is also one of the topic's domain. */
export const facets = {
  topic: (line) => [...new Set(line.topics.flatMap(({ topic }) => [topic, topic.split('.', 1)[0] ?? topic]))],
  country: (line) => unique(line.countries),
  organisation: (line) => unique(line.organisations),
  person: (line) => unique(line.people),
  system: (line) => unique(line.systems),
  operation: (line) => unique(line.operations),
  source: (line) => [line.source],
} satisfies Record<string, Facet>;

const unique = (values: readonly string[]): readonly string[] =>
  values.length < 2 ? values : [...new Set(values)];

interface Tally {
  count: number;
  copies: number;
  lone: number;
  readonly clusters: Set<string>;
}

const emptyTally = (): Tally => ({ count: 0, copies: 0, lone: 0, clusters: new Set() });

/** The count of what nothing carries. */
export const noStories: StoryCount = { count: 0, copies: 0, events: 0 };

/** How many stories there are in all. */
export function countAll(stories: readonly CountedStory[]): StoryCount {
  return countBy(stories, () => ['']).get('') ?? noStories;
}

/** How many stories carry each value of a facet; values that none carries are not there. */
export function countBy(stories: readonly CountedStory[], facet: Facet): Map<string, StoryCount> {
  const tallies = new Map<string, Tally>();
  for (const { entry, line, original } of stories) {
    const repeated = original === null ? null : new Set(facet(original));
    for (const value of facet(line)) {
      const tally = tallies.get(value) ?? emptyTally();
      tallies.set(value, tally);
      if (repeated?.has(value) === true) tally.copies += 1;
      else tally.count += 1;
      if (entry.cluster === null) tally.lone += 1;
      else tally.clusters.add(entry.cluster);
    }
  }
  return new Map([...tallies].map(([value, tally]) => [value, countOf(tally)]));
}

const countOf = ({ count, copies, lone, clusters }: Tally): StoryCount => ({
  count,
  copies,
  events: lone + clusters.size,
});
