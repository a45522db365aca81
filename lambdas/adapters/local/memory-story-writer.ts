import type { PlacementPlan } from '../../core/words/cluster.ts';
import type { Story } from '../../core/words/story.ts';
import type { StoredStory, StoryWriter } from '../../ports.ts';

/** Stories in this process with what was stored of each; `all` gives them in order of their claims. */
export interface MemoryStories extends StoryWriter {
  all(): IterableIterator<Story>;
}

/** The writing side without listings, for the command line: the same claims, versions and conflicts as on the table. */
export function createMemoryStoryWriter(): MemoryStories {
  const stored = new Map<string, StoredStory>();
  const isNow = (version: number, id: string): boolean => stored.get(id)?.story.version === version;
  const keep = (story: Story, listed: number, plan: PlacementPlan | null): void => {
    stored.set(story.id, { story, listed, plan, complete: listed >= story.version, dropped: [] });
  };
  const claims = (story: Story, listed: number): boolean => {
    if (stored.has(story.id)) return false;
    keep(story, listed, null);
    return true;
  };
  return {
    find: async (id) => stored.get(id) ?? null,
    current: async (id) => stored.get(id)?.story ?? null,
    claim: async (story) => (claims(story, 0) ? 'claimed' : 'exists'),
    amend: async (story, previous, plan) => {
      if (!isNow(previous.story.version, story.id)) return null;
      keep(story, stored.get(story.id)?.listed ?? 0, plan);
      return stored.get(story.id) ?? null;
    },
    publish: async ({ story: { id } }) => {
      const now = stored.get(id);
      if (now !== undefined) keep(now.story, now.story.version, now.plan);
    },
    create: async (story) => (claims(story, story.version) ? 'created' : 'exists'),
    replace: async (story, previous) => {
      if (!isNow(previous.version, story.id)) return 'conflict';
      keep(story, story.version, null);
      return 'replaced';
    },
    stamp: async (story, previous) => {
      if (!isNow(previous.story.version, story.id)) return 'conflict';
      keep(story, previous.listed, previous.plan);
      return 'stamped';
    },
    all: () => [...stored.values()].map(({ story }) => story)[Symbol.iterator](),
  };
}
