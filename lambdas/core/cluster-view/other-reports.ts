import type { Collapse } from '../query/query-single.ts';
import { byFirstSight } from '../story/cluster-members.ts';
import type { Cluster } from '../words/cluster.ts';
import type { CopyReference, StoryLine } from '../words/story.ts';

/** Reports that an item names; further ones are only counted, so that an item stays short however large its event is. */
export const namedReportsMax = 8;

/** One other report of what an item tells. `title` is null for a copy, whose text is the item's own. Times are ISO 8601. */
export interface OtherReport {
  readonly id: string;
  readonly source: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly published: string;
  /** The story whose text it repeats; null for a text of its own. */
  readonly copyOf: string | null;
}

/**
 * What an item stands for besides itself: the reports it names, how many more there are, and when the list last grew or
 * changed (ISO 8601; null while it is empty or that is not known). `total` counts the stories of the event, the item
 * included, and is null where the list is of copies alone.
 */
export interface OtherReports {
  readonly reports: readonly OtherReport[];
  readonly more: number;
  readonly changed: string | null;
  readonly total: number | null;
}

/** An item that stands for itself alone. */
export const noReports: OtherReports = { reports: [], more: 0, changed: null, total: null };

/** The copies that a line lists, in order of first sight. Costs no read, because they stand in the line. */
export function copyReports({ id, copies }: Pick<StoryLine, 'id' | 'copies'>): OtherReports {
  const reports = copies.map((copy) => ({
    id: copy.id,
    source: copy.source,
    title: null,
    url: copy.url,
    published: copy.published,
    copyOf: id,
  }));
  const named = reports.slice(0, namedReportsMax);
  return {
    reports: named,
    more: reports.length - named.length,
    changed: latest(copies.map(firstSeenOf)),
    total: null,
  };
}

const firstSeenOf = ({ firstSeen, published }: CopyReference): string => firstSeen ?? published;

/**
 * The other reports of a line under a way of collapsing: none where each story stands for itself, its copies, or the other
 * members of its cluster (null: none is stored), those with a text of their own before copies.
 */
export function otherReports(
  line: StoryLine,
  { collapse, cluster }: { readonly collapse: Collapse; readonly cluster: Cluster | null },
): OtherReports {
  if (collapse === 'none') return noReports;
  return collapse === 'cluster' && cluster !== null ? memberReports(line, cluster) : copyReports(line);
}

function memberReports(line: StoryLine, cluster: Cluster): OtherReports {
  const others = cluster.members.filter(({ id }) => id !== line.id).sort(byFirstSight);
  const isOwn = ({ original }: StoryLine) => original === undefined;
  const ordered = [...others.filter(isOwn), ...others.filter((other) => !isOwn(other))];
  const reports = ordered.slice(0, namedReportsMax).map((other) => ({
    id: other.id,
    source: other.source,
    title: other.original?.id === line.id ? null : other.title,
    url: other.url,
    published: other.published,
    copyOf: other.original?.id ?? null,
  }));
  const total = Math.max(cluster.total, others.length + 1);
  return {
    reports,
    more: total - 1 - reports.length,
    changed: latest(others.flatMap(({ firstSeen, updated }) => [firstSeen, updated])),
    total,
  };
}

const latest = (times: readonly string[]): string | null =>
  times.reduce<string | null>((last, time) => (last === null || time > last ? time : last), null);
