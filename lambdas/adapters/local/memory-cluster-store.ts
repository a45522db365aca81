import { mostFound } from '../../core/story/cluster-members.ts';
import { placedDaysMax } from '../../core/story/story-place.ts';
import type { Cluster } from '../../core/words/cluster.ts';
import type { StoryLine } from '../../core/words/story.ts';
import type { Clock, ClusterStore } from '../../ports.ts';

/** As many as the table gives (dynamodb-cluster-store.ts), so that both find the same. */
const candidatesPerKeyMax = 10;

const placedMs = placedDaysMax * 86_400_000;

/** Announcements and clusters in this process, for the command line: what the table does, without what it keeps. */
export function createMemoryClusterStore(clock: Clock): ClusterStore {
  const announced = new Map<string, StoryLine[]>();
  const clusters = new Map<string, Cluster>();
  return {
    announce: async (line, keys) => {
      for (const key of keys) {
        const lines = announced.get(key) ?? [];
        announced.set(key, lines);
        putLine(lines, line);
      }
    },
    candidates: async (keys, since) =>
      mostFound(keys.flatMap((key) => newest(announced.get(key) ?? [], since, clock()))),
    cluster: async (id) => clusters.get(id) ?? null,
    save: async (cluster, previous) => {
      if ((clusters.get(cluster.id)?.version ?? 0) !== previous) return false;
      clusters.set(cluster.id, cluster);
      return true;
    },
  };
}

/** The newest lines of a key from `since` on that are not past their time. */
function newest(lines: readonly StoryLine[], since: string, now: number): StoryLine[] {
  const found: StoryLine[] = [];
  for (const line of lines) {
    if (line.sortTime < since || found.length === candidatesPerKeyMax) break;
    if (Date.parse(line.sortTime) + placedMs > now) found.push(line);
  }
  return found;
}

/** Puts a line in its place, newest first, unless a later revision of the story stands there. */
function putLine(lines: StoryLine[], line: StoryLine): void {
  let at = 0;
  for (let other = lines[at]; other !== undefined && isNewer(other, line); other = lines[at]) at += 1;
  const there = lines[at];
  if (there?.id !== line.id) lines.splice(at, 0, line);
  else if (there.revision <= line.revision) lines[at] = line;
}

const isNewer = (one: StoryLine, other: StoryLine): boolean =>
  one.sortTime === other.sortTime ? one.id > other.id : one.sortTime > other.sortTime;
