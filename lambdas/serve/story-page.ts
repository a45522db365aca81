import { collapseDefault } from '../core/query/collapse.ts';
import { cursorAfter, positionFromCursor } from '../core/query/cursor.ts';
import { read, refused, type Reading } from '../core/query/query-problem.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import { type OtherReports, otherReports } from '../core/cluster-view/other-reports.ts';
import type { StoryLine } from '../core/words/story.ts';
import type { Position } from '../core/query/position.ts';
import { readCollapsed } from './collapsed-page.ts';
import type { ServeContext } from './serve-context.ts';

/** Stories in an answer that does not say how many. */
export const limitDefault = 50;

/**
 * A page of stories; `nextCursor` continues after it, `cursorFor` after any earlier line. `reportsOf` gives the other
 * reports that a line of the page stands for. `readUnits` is what the store charged for lines, `clustersRead` how many
 * clusters were asked for besides.
 */
export interface StoryPage {
  readonly lines: readonly StoryLine[];
  readonly nextCursor: string | null;
  readonly cursorFor: (position: Position) => string;
  readonly reportsOf: (line: StoryLine) => OtherReports;
  readonly readUnits: number;
  readonly clustersRead: number;
}

/**
 * Reads one page of a query. A cursor that is not ours, or is of another query, is refused before the store is asked.
 * `whole` is what the query is a part of, as a month is of an archived feed: a story that stands in one part is not shown
 * again in another.
 */
export async function readStoryPage(
  query: StoryQuery,
  context: ServeContext,
  whole: StoryQuery = query,
): Promise<Reading<StoryPage>> {
  const binding = { query, key: context.cursorKey };
  const after = query.cursor === null ? null : positionFromCursor(query.cursor, binding);
  if (query.cursor !== null && after === null) {
    return refused({
      parameter: 'cursor',
      value: query.cursor,
      detail:
        'Expected `cursor` to be one given out for this query, got a broken one or one of another query',
      allowed: 'a `nextCursor` of the same query, unchanged',
    });
  }
  const limit = query.limit ?? limitDefault;
  const page = await readCollapsed({ query, whole, after, limit }, context);
  const cursorFor = (position: Position) => cursorAfter(position, binding);
  const collapse = query.collapse ?? collapseDefault;
  return read({
    lines: page.lines,
    nextCursor: page.next === null ? null : cursorFor(page.next),
    cursorFor,
    reportsOf: (line) => otherReports(line, { collapse, cluster: page.clusterOf(line) }),
    readUnits: page.readUnits,
    clustersRead: page.clustersRead,
  });
}

/** What the log line of an answer tells of its stories: how many, and the first few ids. */
export const loggedStories = (lines: readonly { readonly id: string }[]) => ({
  stories: lines.length,
  ids: lines.slice(0, 5).map(({ id }) => id),
});
