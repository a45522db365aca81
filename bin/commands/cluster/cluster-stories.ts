import { createMemoryClusterStore } from '../../../lambdas/adapters/local/memory-cluster-store.ts';
import { createMemoryStoryWriter } from '../../../lambdas/adapters/local/memory-story-writer.ts';
import { entryFromParsed } from '../../../lambdas/core/parse/entry-from-parsed.ts';
import type { Clusterer } from '../../../lambdas/core/words/cluster.ts';
import type { Story, Tags } from '../../../lambdas/core/words/story.ts';
import { ingestEntry } from '../../../lambdas/ingest/ingest-entry.ts';
import type { Log } from '../../../lambdas/ports.ts';
import type { ToldTime } from './told-time.ts';

/** A story as a line tells it. A story whose outlet is not told is of an outlet of its own. */
export interface ToldStory {
  readonly title: string;
  readonly summary: string;
  readonly outlet: string | null;
  readonly time: ToldTime;
}

/** Where a story ended: the story whose text it has (itself, unless it is a copy), and its cluster (itself, when alone). */
export interface Standing {
  readonly story: number;
  readonly cluster: number;
}

/** The flow of the ingest hop over stores in memory; stories are numbered in the order in which they are put. */
export interface StoryClusters {
  put(told: ToldStory): Promise<void>;
  /** Where every story stands now, in the order of putting. */
  standings(): Promise<readonly Standing[]>;
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An id of the n-th story; text order is number order, as ids break ties. */
export const idOf = (number: number): string => `line-${String(number).padStart(12, '0')}`;
export const numberOf = (id: string): number => Number(id.slice('line-'.length));

/** Stories in memory that find each other by these rules, as they would on a table. */
export function createStoryClusters(rules: {
  readonly clusterer: Clusterer;
  readonly tag: (text: { readonly title: string; readonly summary: string }) => Tags;
}): StoryClusters {
  let count = 0;
  const stories = createMemoryStoryWriter();
  // Time does not pass here: a line with a wrong date must not make the others forget each other.
  const clusters = createMemoryClusterStore(() => 0);
  const deps = { stories, clusters, clusterer: rules.clusterer, log: silent };
  return {
    put: async (told) => {
      const number = count;
      count += 1;
      const entry = entryOf(told);
      if ('rejected' in entry) return;
      const { seenAt } = told.time;
      const outlet = told.outlet ?? `outlet of ${idOf(number)}`;
      await ingestEntry(deps, entry, {
        id: idOf(number),
        feed: { id: outlet, source: outlet, kind: 'general' },
        trace: 'cluster',
        sequence: number,
        seenAt,
        // Its own date is its place, however late its line comes.
        firstPoll: true,
        handedDay: null,
        retentionDays: 0,
        taxonomyVersion: 0,
        tag: rules.tag,
      });
    },
    standings: async () => {
      const found = await Promise.all(Array.from({ length: count }, (_, at) => stories.current(idOf(at))));
      return found.map((story, number) => standingOf(story, number));
    },
  };
}

function entryOf({ title, summary, time }: ToldStory) {
  const parsed = { id: null, title, link: null, published: time.published, updated: null, summary };
  return entryFromParsed({ ...parsed, content: null, author: null, categories: [] }, { feedLanguage: 'en' });
}

function standingOf(story: Story | null, number: number): Standing {
  const cluster = story?.cluster ?? null;
  return {
    story: story?.original === undefined ? number : numberOf(story.original.id),
    cluster: cluster === null ? number : numberOf(cluster),
  };
}
