import type { Cluster } from '../words/cluster.ts';
import type { StoryLine } from '../words/story.ts';
import { bySight } from './local-set.ts';

/** An official source that comes later than this after the first report answers others' news; it does not announce its own. */
const announcedHoursMax = 6;

/**
 * The story that stands for a cluster: one with its own text before a copy, news before digests and live pages, an
 * official source before others where the news is its own announcement (first or nearly so), then the earliest, then the
 * lowest id. Null for a cluster without members. Pure; it is decided when a cluster is read and changes no id.
 */
export function leadOf(cluster: Cluster): StoryLine | null {
  const first = Math.min(...cluster.members.map(({ sortTime }) => Date.parse(sortTime)));
  let lead: StoryLine | null = null;
  for (const member of cluster.members) if (lead === null || ranksBefore(member, lead, first)) lead = member;
  return lead;
}

function ranksBefore(one: StoryLine, other: StoryLine, first: number): boolean {
  const [mine, its] = [rankOf(one, first), rankOf(other, first)];
  if (mine !== its) return mine < its;
  if (one.sortTime !== other.sortTime) return one.sortTime < other.sortTime;
  return bySight(one, other) < 0;
}

/** Lower is better. */
function rankOf(line: StoryLine, first: number): number {
  const isCopy = line.original !== undefined;
  const isColumn = (line.marks ?? []).some((mark) => mark !== 'press-release');
  const isSoon = Date.parse(line.sortTime) - first <= announcedHoursMax * 3_600_000;
  const isAnnouncer = line.kind === 'official' && isSoon;
  return (isCopy ? 4 : 0) + (isColumn ? 2 : 0) + (isAnnouncer ? 0 : 1);
}
