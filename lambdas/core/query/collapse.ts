import { byFirstSight } from '../story/cluster-members.ts';
import type { Cluster } from '../words/cluster.ts';
import type { OriginalReference, StoryLine } from '../words/story.ts';
import type { Collapse } from './query-single.ts';
import type { StoryQuery } from './story-query.ts';

/** How stories are collapsed when a query does not say. */
export const collapseDefault: Collapse = 'copies';

/** What a line alone tells of its place in an answer; `open` is settled by its cluster. */
export type CollapseVerdict = 'shown' | 'hidden' | 'open';

/**
 * Which of the lines that match a query stand in its answer. Nothing is hidden but for another story that stands in the
 * same answer, so what a line is hidden for depends on the whole query and never on the page.
 */
export interface CollapseRule {
  verdict(line: StoryLine): CollapseVerdict;
  /** Is an `open` line shown? `cluster` is the line's own as it is stored, null when there is none by now. */
  isShown(line: StoryLine, cluster: Cluster | null): boolean;
  /** Must the story of a cluster's member be read to know whether it matches, because the cluster keeps it cut? */
  needsWhole(member: StoryLine): boolean;
}

/**
 * The rule of one query; `accepts` is its plan's test of a line. `none` hides nothing. `copies` hides a copy whose
 * original matches too, window of time included. `cluster` shows of each event the member that was seen first among those
 * that match: members join after those that were seen before them, so whichever stands for an event goes on doing so
 * while it grows, and no reader is shown it a second time.
 */
export function collapseRule(query: StoryQuery, accepts: (line: StoryLine) => boolean): CollapseRule {
  const collapse = query.collapse ?? collapseDefault;
  const [since, until] = [query.since?.at ?? null, query.until?.at ?? null];
  const hasWords = query.words.all.length + query.words.none.length > 0;
  const hasExclusions =
    query.words.none.length > 0 || Object.values(query.filters).some(({ none }) => none.length > 0);
  const matches = (line: StoryLine) =>
    (since === null || line.sortTime >= since) && (until === null || line.sortTime < until) && accepts(line);
  const isRepeated = (line: StoryLine, cluster: Cluster | null): boolean => {
    const { original } = line;
    if (original === undefined) return false;
    const stored = cluster?.members.find(({ id }) => id === original.id);
    return matches(stored === undefined ? originalLine(line, original) : wholeText(stored, line));
  };
  return {
    verdict: (line) => {
      if (collapse === 'none') return 'shown';
      if (collapse === 'cluster' && line.cluster !== null) return 'open';
      if (!isRepeated(line, null)) return 'shown';
      // Texts are nearly the same, not quite: only the original's own words tell whether it holds those asked for.
      return hasWords && line.cluster !== null ? 'open' : 'hidden';
    },
    isShown: (line, cluster) =>
      collapse === 'cluster' && cluster !== null
        ? !cluster.members.some((other) => byFirstSight(other, line) < 0 && matches(other))
        : !isRepeated(line, cluster),
    needsWhole: (member) => {
      const isLost = hasWords ? isCut(member.summary) || isCut(member.title) : member.summary === cutMark;
      return collapse === 'cluster' && isLost && (hasExclusions || !matches(member));
    },
  };
}

/** What ends a text that a cluster keeps shortened; alone where nothing is kept, and then names may be missing too. */
const cutMark = '…';
const isCut = (text: string): boolean => text.endsWith(cutMark);

/** An original as its cluster lists it, where a long summary is cut: then the copy's stands for the rest of it. */
const wholeText = (stored: StoryLine, copy: StoryLine): StoryLine =>
  isCut(stored.summary) ? { ...stored, summary: copy.summary } : stored;

/** The original of a copy as far as filters ask: the copy's text, with the original's own source, time and tags. */
export function originalLine(copy: StoryLine, original: OriginalReference): StoryLine {
  const { id, source, kind, lang, sortTime, lacks, adds } = original;
  const lacked = new Set(lacks);
  const values = (filter: string, held: readonly string[]) => [
    ...held.filter((value) => !lacked.has(`${filter}:${value}`)),
    ...adds.filter((tag) => tag.startsWith(`${filter}:`)).map((tag) => tag.slice(filter.length + 1)),
  ];
  const topics = values(
    'topic',
    copy.topics.map(({ topic }) => topic),
  );
  return {
    ...copy,
    id,
    source,
    kind,
    lang,
    sortTime,
    topics: topics.map((topic) => ({ topic, score: 0, evidence: [] })),
    countries: values('country', copy.countries),
    organisations: values('org', copy.organisations),
    people: values('person', copy.people),
    systems: values('system', copy.systems),
    operations: values('operation', copy.operations),
  };
}
