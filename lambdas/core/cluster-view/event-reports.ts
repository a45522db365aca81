import { byFirstSight } from '../story/cluster-members.ts';
import type { Cluster } from '../words/cluster.ts';
import type { StoryLine } from '../words/story.ts';

/**
 * One text about an event: the member that brought it first and those of other sources that repeat it, in order of first
 * sight. `copyOf` is null unless the text itself repeats a story that the cluster does not name.
 */
export interface EventReport {
  readonly story: StoryLine;
  readonly copyOf: string | null;
  readonly copies: readonly StoryLine[];
}

/**
 * The independent reports of an event in order of first sight, with the copies of each. A copy of a copy counts as one of
 * the text both repeat; copies of a story that is not named stand together under the first of them.
 */
export function eventReports(cluster: Pick<Cluster, 'members'>): readonly EventReport[] {
  const members = [...cluster.members].sort(byFirstSight);
  const byId = new Map(members.map((member) => [member.id, member]));
  const texts = new Map<string, StoryLine[]>();
  for (const member of members) {
    const text = textOf(member, byId);
    const stories = texts.get(text);
    if (stories === undefined) texts.set(text, [member]);
    else stories.push(member);
  }
  const reports = [...texts].flatMap(([text, stories]) => {
    const story = stories.find(({ id }) => id === text) ?? stories[0];
    if (story === undefined) return [];
    return [
      { story, copyOf: byId.has(text) ? null : text, copies: stories.filter((other) => other !== story) },
    ];
  });
  return reports.sort((one, other) => byFirstSight(one.story, other.story));
}

/** The id of the story whose text a member repeats in the end; its own where it repeats none, or goes round in a circle. */
function textOf(member: StoryLine, byId: ReadonlyMap<string, StoryLine>): string {
  const passed = new Set<string>();
  let id = member.id;
  for (let at: StoryLine | undefined = member; at?.original !== undefined; at = byId.get(id)) {
    if (passed.has(at.id)) return [...passed].sort()[0] ?? id;
    passed.add(at.id);
    id = at.original.id;
  }
  return id;
}
