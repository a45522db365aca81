import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { Story, Tags } from '../../lambdas/core/words/story.ts';

/** Tags of a text that is plainly about these topics and countries. */
export function tagsOf(topics: readonly string[], countries: readonly string[] = []): Tags {
  return {
    relevance: topics.length > 0 ? 'core' : 'none',
    topics: topics.map((topic, at) => ({
      topic,
      score: 0.9 - at / 10,
      evidence: [
        {
          field: 'title',
          words: topic,
          at: 0,
        },
      ],
    })),
    countries: countries.map((name) => ({
      name,
      evidence: [
        {
          field: 'title',
          words: name,
          at: 0,
        },
      ],
    })),
    organisations: [],
    people: [],
    systems: [],
    operations: [],
  };
}

/** An id of the right shape for a number. */
export const idOf = (number: number): string => `story${String(number).padStart(19, '0')}`;

/** A story first seen at `sortTime`, with whatever the test cares about put in. */
export function storyAt(number: number, sortTime: string, parts: Partial<Story> = {}): Story {
  return {
    id: idOf(number),
    title: `Frigate number ${number} joins the fleet`,
    url: `https://naval.example/${number}`,
    source: 'naval-review',
    kind: 'trade',
    published: sortTime,
    updated: sortTime,
    firstSeen: sortTime,
    sortTime,
    revision: 1,
    version: 1,
    summary: `The ship was handed over after trials; it is number ${number} of its class.`,
    authors: [],
    categories: [],
    lang: 'en',
    tags: tagsOf(['sea.surface-combatants'], ['NO']),
    taxonomyVersion: 1,
    copies: [],
    cluster: null,
    trace: 't-test.naval-review',
    sightings: [{ feed: 'naval-review', hash: `hash-${number}`, sequence: 1, seenAt: sortTime }],
    ...parts,
  };
}

/** A feed of that id, polled on loopback. */
export function feedOf(id: string, parts: Partial<Feed> = {}): Feed {
  return {
    id,
    url: `http://127.0.0.1:9/${id}.xml`,
    title: id,
    source: id,
    country: 'NO',
    language: 'en',
    kind: 'trade',
    ...parts,
  };
}
