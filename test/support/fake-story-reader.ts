import { listedTags, storyLine } from '../../lambdas/core/story/story-line.ts';
import type { Story } from '../../lambdas/core/words/story.ts';
import type { Position } from '../../lambdas/core/query/position.ts';
import type { Page, PageRequest, StoryReader } from '../../lambdas/ports.ts';

/** A StoryReader over stories in memory, with a count of the reads it was asked for. `fail` makes every read throw. */
export interface FakeStoryReader extends StoryReader {
  readonly requests: readonly PageRequest[];
  reads(): number;
  all(): readonly Story[];
  fail(error: Error | null): void;
  add(...stories: readonly Story[]): void;
  remove(id: string): void;
}

const isAfter = (a: Position, b: Position): boolean =>
  a.sortTime < b.sortTime || (a.sortTime === b.sortTime && a.id < b.id);

/** Implements the port as ports.ts words it: order, tags, bounds of time, `after`, `accepts`, `rowsMax` and `next`. */
export function fakeStoryReader(initial: readonly Story[]): FakeStoryReader {
  const stories = new Map(initial.map((story) => [story.id, story]));
  const requests: PageRequest[] = [];
  let reads = 0;
  let failure: Error | null = null;
  const readFrom = () => {
    reads += 1;
    if (failure !== null) throw failure;
    return [...stories.values()].sort((a, b) => (isAfter(a, b) ? 1 : -1));
  };
  return {
    requests,
    reads: () => reads,
    all: () => [...stories.values()],
    fail: (error) => {
      failure = error;
    },
    add: (...more) => {
      for (const story of more) stories.set(story.id, story);
    },
    remove: (id) => {
      stories.delete(id);
    },
    story: async (id) => readFrom().find((story) => story.id === id) ?? null,
    page: async (request) => {
      requests.push(request);
      return pageOf(readFrom(), request);
    },
    totals: async () => {
      const all = readFrom();
      return { stories: all.length, newestStory: all[0]?.firstSeen ?? null };
    },
  };
}

function pageOf(stories: readonly Story[], request: PageRequest): Page {
  const { after, since, until } = request;
  const rows = stories.filter(
    (story) =>
      listedTags(story).some((tag) => request.tags.includes(tag)) &&
      (after === null || isAfter(story, after)) &&
      (since === null || story.sortTime >= since) &&
      (until === null || story.sortTime < until),
  );
  const lines = [];
  for (const [at, row] of rows.entries()) {
    const line = storyLine(row);
    if (lines.length === request.limit || at === request.rowsMax) {
      const last = rows[at - 1];
      return { lines, next: last === undefined ? null : positionOf(last), readUnits: 0.5 };
    }
    if (request.accepts(line)) lines.push(line);
  }
  return { lines, next: null, readUnits: 0.5 };
}

const positionOf = ({ sortTime, id }: Story): Position => ({ sortTime, id });
