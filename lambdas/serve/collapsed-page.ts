import { collapseRule, type CollapseRule } from '../core/query/collapse.ts';
import type { Position } from '../core/query/position.ts';
import { limitMax } from '../core/query/query-single.ts';
import { planQuery } from '../core/query/query-plan.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import type { Cluster } from '../core/words/cluster.ts';
import type { StoryLine } from '../core/words/story.ts';
import { type ClusterReads, createClusterReads } from './cluster-reads.ts';
import type { ServeDependencies } from './serve-context.ts';

/** Rows one answer may look at; a rare match further down is found by following the cursor. */
export const rowsMax = 2_000;

/** Lines a further reading of the store asks for at least, because a reading for one line costs as much as for ten. */
const furtherLinesMin = 20;

/**
 * What to read: `limit` shown lines of `query` after a position, newest first. `whole` is the query within which stories
 * stand for each other; it is wider than `query` for one document of a feed that is served in parts.
 */
export interface CollapsedRequest {
  readonly query: StoryQuery;
  readonly whole: StoryQuery;
  readonly after: Position | null;
  readonly limit: number;
}

/**
 * The lines that stand in the answer. `next` is null when nothing older can; `clusterOf` gives a line's cluster where it
 * was read; `readUnits` is what the store charged for lines, `clustersRead` how many clusters were asked for besides.
 */
export interface CollapsedPage {
  readonly lines: readonly StoryLine[];
  readonly next: Position | null;
  readonly clusterOf: (line: StoryLine) => Cluster | null;
  readonly readUnits: number;
  readonly clustersRead: number;
}

/**
 * Reads until `limit` lines are shown, the listing ends or a bound is reached. Most queries need one reading: only lines
 * that their cluster must settle can turn out hidden after they were read.
 */
export async function readCollapsed(
  request: CollapsedRequest,
  dependencies: Pick<ServeDependencies, 'stories' | 'clusters'>,
): Promise<CollapsedPage> {
  const { query, whole, limit } = request;
  const { tags, others, accepts } = planQuery(query);
  const rule = collapseRule(whole, accepts);
  const clusters = createClusterReads(rule, dependencies);
  const lines: StoryLine[] = [];
  let [after, rows, readUnits] = [request.after, 0, 0];
  for (let asked = limit; ; asked = Math.min(limitMax, Math.max(asked, furtherLinesMin) * 2)) {
    const page = await dependencies.stories.page({
      tags,
      others,
      accepts: (line) => {
        rows += 1;
        return accepts(line) && verdictOn(line, rule, clusters) !== 'hidden';
      },
      limit: asked,
      after,
      since: query.since?.at ?? null,
      until: query.until?.at ?? null,
      rowsMax: rowsMax - rows,
    });
    readUnits += page.readUnits;
    const open = page.lines.filter((line) => verdictOn(line, rule, clusters) === 'open');
    await clusters.read([...new Set(open.flatMap(({ cluster }) => cluster ?? []))]);
    const shown = page.lines.filter((line) => verdictOn(line, rule, clusters) === 'shown');
    const room = limit - lines.length;
    lines.push(...shown.slice(0, room));
    const last = lines.at(-1);
    // What is beyond the page is read again with the next one, because a cursor stands for one line.
    const next = shown.length > room && last !== undefined ? last : page.next;
    if (next === null || lines.length === limit || rows >= rowsMax || clusters.isSpent()) {
      const clusterOf = ({ cluster }: StoryLine) => (cluster === null ? null : clusters.get(cluster));
      return { lines, next, clusterOf, readUnits, clustersRead: clusters.count() };
    }
    after = next;
  }
}

/** The verdict on a line as far as is known; never `open` once its cluster was read. */
function verdictOn(line: StoryLine, rule: CollapseRule, clusters: ClusterReads): 'shown' | 'hidden' | 'open' {
  const verdict = rule.verdict(line);
  if (verdict !== 'open' || (line.cluster !== null && !clusters.has(line.cluster))) return verdict;
  return rule.isShown(line, line.cluster === null ? null : clusters.get(line.cluster)) ? 'shown' : 'hidden';
}
