import { cursorAfter, positionFromCursor } from '../core/query/cursor.ts';
import { planQuery } from '../core/query/query-plan.ts';
import { read, refused, type Reading } from '../core/query/query-problem.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import type { StoryLine } from '../core/words/story.ts';
import type { Position } from '../core/query/position.ts';
import type { ServeContext } from './serve-context.ts';

/** Stories in an answer that does not say how many. */
export const limitDefault = 50;

/** Rows one answer may look at; a rare match further down is found by following the cursor. */
export const rowsMax = 2_000;

/** A page of stories; `nextCursor` continues after it, `cursorFor` after any earlier line. */
export interface StoryPage {
  readonly lines: readonly StoryLine[];
  readonly nextCursor: string | null;
  readonly cursorFor: (position: Position) => string;
}

/** Reads one page of a query. A cursor that is not ours, or is of another query, is refused before the store is asked. */
export async function readStoryPage(query: StoryQuery, context: ServeContext): Promise<Reading<StoryPage>> {
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
  const page = await context.stories.page({
    ...planQuery(query),
    limit: query.limit ?? limitDefault,
    after,
    since: query.since?.at ?? null,
    until: query.until?.at ?? null,
    rowsMax,
  });
  const cursorFor = (position: Position) => cursorAfter(position, binding);
  return read({
    lines: page.lines,
    nextCursor: page.next === null ? null : cursorFor(page.next),
    cursorFor,
  });
}

/** What the log line of an answer tells of its stories: how many, and the first few ids. */
export const loggedStories = (lines: readonly { readonly id: string }[]) => ({
  stories: lines.length,
  ids: lines.slice(0, 5).map(({ id }) => id),
});
