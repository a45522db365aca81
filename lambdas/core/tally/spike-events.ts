import { byFirstSight } from '../story/cluster-members.ts';
import { byCodeUnit } from '../words/code-unit-order.ts';
import type { StoryLine } from '../words/story.ts';

/** What a spike is about: one event with how many publishers and stories it has that day, and its first story. */
export interface SpikeEvent {
  readonly cluster: string | null;
  readonly sources: number;
  readonly stories: number;
  readonly lead: Pick<StoryLine, 'id' | 'title' | 'url' | 'source' | 'published'>;
}

/** Events named for one spike. */
const eventsMax = 3;

/** The events among these lines that most publishers report; a story without a cluster is an event of its own. */
export function spikeEvents(lines: readonly StoryLine[]): SpikeEvent[] {
  const events = new Map<string, StoryLine[]>();
  for (const line of lines) {
    const event = events.get(line.cluster ?? line.id);
    if (event === undefined) events.set(line.cluster ?? line.id, [line]);
    else event.push(line);
  }
  return [...events.values()]
    .flatMap((members): SpikeEvent[] => {
      const [first, ...rest] = members;
      if (first === undefined) return [];
      const lead = rest.reduce((one, other) => (byFirstSight(other, one) < 0 ? other : one), first);
      const { id, title, url, source, published } = lead;
      const sources = new Set(members.map((member) => member.source)).size;
      const stories = members.length;
      return [{ cluster: lead.cluster, sources, stories, lead: { id, title, url, source, published } }];
    })
    .sort((a, b) => b.sources - a.sources || b.stories - a.stories || byCodeUnit(a.lead.id, b.lead.id))
    .slice(0, eventsMax);
}
