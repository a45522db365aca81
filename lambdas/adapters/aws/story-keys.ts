import type { Position } from '../../core/query/position.ts';

/**
 * Keys of the one table (docs/data-model.md says which access pattern each serves). `pk` and `sk` are strings.
 * A story: `S#<id>` / `S`. A line in a listing: `T#<tag>#<yyyy-mm>` / `<sortTime>#<id>`, so a listing reads newest first
 * within a month. The months a listing has: `T#<tag>` / `<yyyy-mm>`.
 */
export const storyKey = (id: string) => ({ pk: `S#${id}`, sk: 'S' });

export const monthOf = (sortTime: string): string => sortTime.slice(0, 7);

export const linePartition = (tag: string, month: string): string => `T#${tag}#${month}`;

export const lineSortKey = ({ sortTime, id }: Position): string => `${sortTime}#${id}`;

export const lineKey = (tag: string, position: Position) => ({
  pk: linePartition(tag, monthOf(position.sortTime)),
  sk: lineSortKey(position),
});

export const monthsPartition = (tag: string): string => `T#${tag}`;

export const feedStateKey = (feedId: string) => ({ pk: `FEED#${feedId}`, sk: 'STATE' });

export const schedulePartition = 'SCHEDULE';

export const tickKey = { pk: 'SCHEDULE#TICK', sk: 'TICK' };

/** The position a line's sort key stands for. */
export function positionOf(sortKey: string): Position {
  const at = sortKey.indexOf('#');
  return { sortTime: sortKey.slice(0, at), id: sortKey.slice(at + 1) };
}
