import type { Catalogue } from '../../lambdas/core/words/feed.ts';
import type { EventName } from '../../lambdas/core/words/events.ts';
import type { NameTag, Story } from '../../lambdas/core/words/story.ts';
import type { TopicTree } from '../../lambdas/core/words/topic.ts';
import type { Log } from '../../lambdas/ports.ts';
import { createServeHandler } from '../../lambdas/serve/handler.ts';
import type { FeedHealth } from '../../lambdas/core/poll/feed-health.ts';
import { fakeClusterReader } from './fake-cluster-reader.ts';
import { fakeStoryReader } from './fake-story-reader.ts';
import { fakeTallyReader } from './fake-tally-reader.ts';

/** The time every serve test asks at. */
export const nowMs = Date.UTC(2026, 10, 22, 12, 0, 0);

export const tree: TopicTree = {
  version: 3,
  domains: [
    {
      slug: 'sea',
      label: 'Sea',
      topics: [
        { slug: 'sea.submarines', label: 'Submarines', definition: 'Boats that dive' },
        { slug: 'sea.mines', label: 'Mines & <mine> countermeasures', definition: 'Laying and sweeping' },
      ],
    },
    { slug: 'air', label: 'Air', topics: [{ slug: 'air.drones', label: 'Drones', definition: 'Uncrewed' }] },
  ],
};

export const catalogue: Catalogue = {
  sources: [
    {
      id: 'harbour-post',
      title: 'Harbour Post',
      url: 'https://harbour.example/',
      country: 'AU',
      kind: 'trade',
    },
    { id: 'mod-fi', title: 'Ministry', url: 'https://mod.example/', country: 'FI', kind: 'official' },
  ],
  feeds: [
    {
      id: 'harbour-all',
      url: 'https://harbour.example/feed?a=1&b=2',
      title: 'Harbour Post: all',
      source: 'harbour-post',
      country: 'AU',
      language: 'en',
      kind: 'trade',
    },
    {
      id: 'mod-news',
      url: 'https://mod.example/rss',
      title: 'Ministry news',
      source: 'mod-fi',
      country: 'FI',
      language: 'fi',
      kind: 'official',
    },
  ],
};

/** An id as ingest makes them: 22 letters and digits, in the order of `n`. */
export const storyId = (n: number): string => `story${String(n).padStart(17, '0')}`;

const names = (...values: readonly string[]): NameTag[] =>
  values.map((name) => ({ name, evidence: [{ field: 'title', words: name, at: 0 }] }));

/** What a test says of a story: any field, and the names of its tags. `n` counts hours into the past. */
export interface StoryInput extends Partial<Omit<Story, 'tags'>> {
  readonly n: number;
  readonly topics?: readonly string[];
  readonly countries?: readonly string[];
  readonly organisations?: readonly string[];
  readonly systems?: readonly string[];
}

/** A complete story; what is not given is plain. */
export function storyOf({ n, topics, countries, organisations, systems, ...fields }: StoryInput): Story {
  const at = new Date(nowMs - n * 3_600_000).toISOString();
  return {
    id: storyId(n),
    title: `Story ${n}`,
    url: `https://harbour.example/story/${n}`,
    source: 'harbour-post',
    kind: 'trade',
    published: at,
    updated: at,
    firstSeen: at,
    sortTime: at,
    revision: 1,
    summary: `Summary of story ${n}.`,
    authors: ['Ann Lee'],
    categories: [],
    lang: 'en',
    tags: {
      relevance: 'core',
      topics: (topics ?? []).map((topic) => ({
        topic,
        score: 0.9,
        evidence: [{ field: 'title', words: 'story', at: 0 }],
      })),
      countries: names(...(countries ?? [])),
      organisations: names(...(organisations ?? [])),
      people: [],
      systems: names(...(systems ?? [])),
      operations: [],
    },
    taxonomyVersion: 3,
    copies: [],
    cluster: null,
    trace: `trace-${n}`,
    sightings: [{ feed: 'harbour-all', hash: 'h', sequence: 1, seenAt: at }],
    version: 1,
    ...fields,
  };
}

/** A small wire on which every filter has something to find and something to leave out. */
export const wire: readonly Story[] = [
  storyOf({ n: 1, title: 'Submarine leaves Perth', topics: ['sea.submarines'], countries: ['AU'] }),
  storyOf({ n: 2, title: 'Drone over the Baltic', topics: ['air.drones'], countries: ['FI', 'SE'] }),
  storyOf({
    n: 3,
    title: 'Mine hunter and submarine drill',
    topics: ['sea.mines', 'sea.submarines'],
    countries: ['FI'],
    source: 'mod-fi',
    kind: 'official',
    lang: 'fi',
    sightings: [{ feed: 'mod-news', hash: 'h', sequence: 1, seenAt: '2026-11-22T09:00:00.000Z' }],
  }),
  storyOf({
    n: 4,
    title: 'F-35 order',
    topics: ['air.drones'],
    organisations: ['Lockheed Martin'],
    systems: ['F-35'],
  }),
  storyOf({ n: 30, title: 'Old news without a topic' }),
];

/** One line of the log. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: EventName;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The serve handler over a fake store. */
export function serveFixture(
  stories: readonly Story[] = wire,
  options: {
    readonly originSecret?: string;
    readonly clock?: () => number;
    readonly health?: readonly FeedHealth[];
  } = {},
) {
  const reader = fakeStoryReader(stories);
  const clusters = fakeClusterReader(() => reader.all());
  const logged: Logged[] = [];
  const write =
    (level: Logged['level']) =>
    (event: EventName, fields: Readonly<Record<string, unknown>>): void => {
      logged.push({ level, event, fields });
    };
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };
  const handler = createServeHandler({
    stories: reader,
    clusters,
    tally: fakeTallyReader(() => reader.all()),
    health: { feedHealth: async () => options.health ?? [] },
    tree,
    catalogue,
    clock: options.clock ?? (() => nowMs),
    log,
    publicUrl: 'https://wire.example',
    cursorKey: 'a key of the test',
    originSecret: options.originSecret ?? null,
    version: '1.2.3',
  });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    handler(new Request(`http://inside.example${path}`, { method, headers }));
  return { reader, clusters, logged, handler, get };
}
