import { positionFromCursor } from '../core/query/cursor.ts';
import { archivedUntil, isSettled, monthAt, type ArchiveMonth } from '../core/query/archive-month.ts';
import { limitMax } from '../core/query/query-single.ts';
import { read, type Reading } from '../core/query/query-problem.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import { isoTime } from '../core/words/time.ts';
import type { ServeContext } from './serve-context.ts';
import { readStoryPage } from './story-page.ts';

/** The months on both sides of an archived one that its documents lead to; null where there is none to lead to. */
export interface ArchiveNeighbours {
  readonly older: string | null;
  readonly newer: string | null;
}

/** The query of one month of the archive: the filters as asked, the month as the window, the largest page. */
export const archiveQuery = (query: StoryQuery, { start, end }: ArchiveMonth): StoryQuery => ({
  ...query,
  ...bounds(start, end),
  limit: limitMax,
});

const bounds = (start: number | null, end: number) => ({
  since: start === null ? null : { asked: isoTime(start), at: isoTime(start) },
  until: { asked: isoTime(end), at: isoTime(end) },
});

/**
 * The nearest months with something to tell. Older: that of the newest story before the month, or of the place where
 * looking for one was left off, so a rare filter is walked in bounded steps. Newer: the month after, when it is archived
 * and stands in one document; a longer one is reached from its own side.
 */
export async function archiveNeighbours(
  query: StoryQuery,
  month: ArchiveMonth,
  { context, nowMs }: { readonly context: ServeContext; readonly nowMs: number },
): Promise<Reading<ArchiveNeighbours>> {
  const before = { ...query, ...bounds(null, month.start), cursor: null, limit: 1 };
  const older = await readStoryPage(before, context, query);
  if (!older.ok) return older;
  const cursor = older.value.nextCursor;
  const left = cursor === null ? null : positionFromCursor(cursor, { query: before, key: context.cursorKey });
  const oldest = older.value.lines[0]?.sortTime ?? left?.sortTime ?? null;
  const after = monthAt(month.end);
  return read({
    older: oldest === null ? null : monthAt(Date.parse(oldest)).name,
    newer: isSettled(after, nowMs) && (await isOneDocument(query, after, context)) ? after.name : null,
  });
}

/** Stories of a month that surely fit into one document, however long they are (see feedBytesMax). */
const surelyFitting = limitMax / 8;

async function isOneDocument(
  query: StoryQuery,
  month: ArchiveMonth,
  context: ServeContext,
): Promise<boolean> {
  const page = await readStoryPage(
    { ...archiveQuery(query, month), cursor: null, limit: surelyFitting },
    context,
    query,
  );
  return page.ok && page.value.nextCursor === null;
}

/**
 * Where the stories before the last one listed are found. As long as that one is in the archive already, in its month's
 * document, whose address is for ever; else on the next page, which is addressed by that very place. So the documents
 * that a reader is led to always join without a gap. Source: RFC 5005 §4.
 */
export function precedingMonth(lastSortTime: string | null, nowMs: number): string | null {
  const at = lastSortTime === null ? Number.NaN : Date.parse(lastSortTime);
  return at < archivedUntil(nowMs) ? monthAt(at).name : null;
}
