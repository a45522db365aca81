import { leadOf } from '../cluster/lead.ts';
import { type EventNews, eventNews } from '../cluster-view/event-news.ts';
import { type EventReport, eventReports } from '../cluster-view/event-reports.ts';
import { byFirstSight } from '../story/cluster-members.ts';
import type { Cluster } from '../words/cluster.ts';
import type { StoryLine } from '../words/story.ts';
import { isoTime } from '../words/time.ts';
import { sourceTitle } from './also-reported.ts';
import type { FeedDirectory } from './feed-directory.ts';
import { itemLink } from './item-link.ts';
import { servedTimes } from './served-time.ts';
import { copyFields, shortStory } from './story-json.ts';
import { wellFormedText } from './xml-text.ts';

/** Names people know sources by, and the time of asking (epoch milliseconds). */
export interface ClusterLook {
  readonly directory: FeedDirectory;
  readonly nowMs: number;
}

/**
 * An event as `/api/clusters/{id}` gives it. `members` are in order of first sight; `timeline` has an entry for each
 * independent report, with what it said first and who copied it. `complete` is false when the event has more stories than
 * are named; counts other than `stories` are of those named. Null for a cluster without members.
 */
export function clusterDocument(cluster: Cluster, look: ClusterLook) {
  const members = [...cluster.members].sort(byFirstSight);
  const lead = leadOf({ ...cluster, members });
  const [first] = members;
  if (lead === null || first === undefined) return null;
  const reports = eventReports({ members });
  const stories = Math.max(cluster.total, members.length);
  return {
    id: cluster.id,
    lead: lead.id,
    title: wellFormedText(lead.title),
    firstReporter: reporter(first, look),
    firstSeen: first.firstSeen,
    lastSeen: members.at(-1)?.firstSeen ?? first.firstSeen,
    complete: stories === members.length,
    counts: {
      stories,
      independent: reports.length,
      copies: members.length - reports.length,
      sources: new Set(members.map(({ source }) => source)).size,
      independentSources: new Set(reports.map(({ story }) => story.source)).size,
    },
    topics: union(members.map(({ topics }) => topics.map(({ topic }) => topic))),
    countries: union(members.map(({ countries }) => countries)),
    members: members.map((member) => memberFields(member, { members, cluster }, look)),
    timeline: timelineOf(reports, look),
  };
}

/** When an event last changed as far as its stories tell: first sight or edit of any; epoch milliseconds. */
export const clusterChanged = (cluster: Pick<Cluster, 'members'>, nowMs: number): number | null =>
  cluster.members.length === 0
    ? null
    : Math.max(...cluster.members.map((member) => servedTimes(member, nowMs).changed));

/** Who reported a story and when. */
function reporter(line: StoryLine, { directory, nowMs }: ClusterLook) {
  return {
    id: line.id,
    source: line.source,
    sourceTitle: sourceTitle(line.source, directory),
    url: itemLink(line.url),
    published: isoTime(servedTimes(line, nowMs).published),
    firstSeen: line.firstSeen,
  };
}

/** A member in short, with the fields of `/api/stories` it has; `copies` are the other members that repeat it. */
function memberFields(
  line: StoryLine,
  { members, cluster }: { readonly members: readonly StoryLine[]; readonly cluster: Pick<Cluster, 'id'> },
  look: ClusterLook,
) {
  return {
    ...shortStory(line, look.nowMs),
    sourceTitle: sourceTitle(line.source, look.directory),
    kind: line.kind,
    lang: line.lang,
    revision: line.revision,
    topics: line.topics.map(({ topic, score }) => ({ topic, score })),
    countries: line.countries,
    copies: members.filter(({ original }) => original?.id === line.id).map(copyFields),
    cluster: cluster.id,
  };
}

function timelineOf(reports: readonly EventReport[], look: ClusterLook) {
  const news = eventNews(reports.map(({ story }) => story));
  return reports.map(({ story, copyOf, copies }, at) => ({
    at: story.firstSeen,
    ...reporter(story, look),
    title: wellFormedText(story.title),
    copyOf,
    new: newsFields(news[at]),
    copies: copies.map((copy) => reporter(copy, look)),
  }));
}

/** Names that publishers wrote, well-formed. */
const newsFields = (news: EventNews | undefined): EventNews => ({
  topics: news?.topics ?? [],
  countries: news?.countries ?? [],
  organisations: texts(news?.organisations),
  people: texts(news?.people),
  systems: texts(news?.systems),
  operations: texts(news?.operations),
  figures: texts(news?.figures),
});

const texts = (values: readonly string[] = []): string[] => values.map(wellFormedText);

/** All values of these lists: those of most lists first, then by first occurrence. */
function union(lists: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const list of lists)
    for (const value of new Set(list)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([value]) => value);
}
