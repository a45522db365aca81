import { isNameListing, wireTag } from '../../core/story/story-line.ts';
import type { Position } from '../../core/query/position.ts';
import type { RetagMode } from '../../core/retag/retag-progress.ts';

/**
 * Keys of the one table (docs/data-model.md says which access pattern each serves). `pk` and `sk` are strings.
 * A story: `S#<id>` / `S`. A line in a listing: `T#<tag>#<bucket>` / `<sortTime>#<id>`, so a listing reads newest first
 * within a bucket. The buckets a listing has: `T#<tag>` / `<bucket>`.
 */
export const storyKey = (id: string) => ({ pk: `S#${id}`, sk: 'S' });

/** The one bucket of a listing that is not divided by time. */
const wholeBucket = 'all';

/**
 * The stretch of time whose lines share a partition: `yyyy-mm` for the wire, which takes every story, and `yyyy` for any
 * other listing, so that five years of a rare tag are six Queries. Cut from a sort time or a bound on one. The listing of
 * a name is one partition: most names are rare, and a row to say in which years each was met would double their cost.
 */
export function bucketOf(tag: string, sortTime: string): string {
  if (isNameListing(tag)) return wholeBucket;
  return sortTime.slice(0, tag === wireTag ? 'yyyy-mm'.length : 'yyyy'.length);
}

/** The instant a bucket ends, epoch milliseconds; NaN for a text that is no bucket. */
export function bucketEnd(bucket: string): number {
  const [year = Number.NaN, month = 12] = bucket.split('-').map(Number);
  return Date.UTC(year, month, 1);
}

export const linePartition = (tag: string, bucket: string): string => `T#${tag}#${bucket}`;

export const lineSortKey = ({ sortTime, id }: Position): string => `${sortTime}#${id}`;

export const lineKey = (tag: string, position: Position) => ({
  pk: linePartition(tag, bucketOf(tag, position.sortTime)),
  sk: lineSortKey(position),
});

export const bucketsPartition = (tag: string): string => `T#${tag}`;

export const bucketKey = (tag: string, bucket: string) => ({ pk: bucketsPartition(tag), sk: bucket });

export const feedStateKey = (feedId: string) => ({ pk: `FEED#${feedId}`, sk: 'STATE' });

/** How all feeds fare, in one partition; the key of no feed's state, whose ids hold no such character. */
export const feedHealthKey = (feedId: string) => ({ pk: 'FEED#HEALTH#', sk: feedId });

export const schedulePartition = 'SCHEDULE';

export const tickKey = { pk: 'SCHEDULE#TICK', sk: 'TICK' };

export const retagKey = (mode: RetagMode) => ({ pk: 'RETAG', sk: mode });

/** A key takes at most 2,048 bytes of a row, and words come from anybody; longer ones share a partition. */
const blockingKeyMax = 200;

/** Where the stories announced under a blocking key stand, each under its `lineSortKey`. */
export const announcedPartition = (key: string): string => `B#${key.slice(0, blockingKeyMax)}`;

export const clusterKey = (id: string) => ({ pk: `C#${id}`, sk: 'C' });

/** What is counted of the stories of a day (`yyyy-mm-dd` of the sort time), each under its time of day and id. */
export const tallyKey = ({ sortTime, id }: Position) => ({
  pk: tallyPartition(sortTime.slice(0, 'yyyy-mm-dd'.length)),
  sk: `${sortTime.slice('yyyy-mm-ddT'.length, -'Z'.length)}#${id}`,
});

export const tallyPartition = (day: string): string => `N#${day}`;

/** The same rows once more where they were written after the day's roll-up of that generation began. */
export const lateTallyPartition = (day: string, generation: number): string => `N#${day}#${generation}`;

/** Which days are rolled up. */
export const rolledDaysPartition = 'N#D';

/** A part of a day's roll-up; two generations have places of their own, so that one can be read while the next is written. */
export const rolledDayKey = (day: string, generation: number, part: number) => ({
  pk: `N#D#${day}`,
  sk: `${generation % 2}#${part}`,
});

/** The position a line's sort key stands for. */
export function positionOf(sortKey: string): Position {
  const at = sortKey.indexOf('#');
  return { sortTime: sortKey.slice(0, at), id: sortKey.slice(at + 1) };
}
