import { isoTime } from '../words/time.ts';
import type { StoryLine } from '../words/story.ts';

/**
 * The times of a story as served, epoch milliseconds. `published` is never after first sight and `updated` never before
 * `published`; `changed` is when the story last altered what a feed lists, the larger of first sight and `updated`.
 */
export interface ServedTimes {
  readonly published: number;
  readonly updated: number;
  readonly changed: number;
}

/**
 * What we tell readers of a line's times. Stored times are checked again here, because an announced date in the future
 * makes readers pin or hide an item (RSS Profile, pubDate); a time that cannot be read counts as first sight.
 */
export function servedTimes(
  line: Pick<StoryLine, 'published' | 'updated' | 'firstSeen' | 'sortTime'>,
  nowMs: number,
): ServedTimes {
  const seen = instant(line.firstSeen) ?? instant(line.sortTime) ?? 0;
  const published = Math.min(instant(line.published) ?? seen, seen);
  const claimed = instant(line.updated) ?? published;
  const updated = Math.max(published, claimed > Math.max(nowMs, seen) ? seen : claimed);
  return { published, updated, changed: Math.max(seen, updated) };
}

/** RFC 822 date with a four-digit year, as RSS 2.0 and HTTP write it; always GMT. `at` is epoch milliseconds. */
export const rfc822Time = (at: number): string => new Date(at).toUTCString();

/** RFC 3339 time without a fraction, as Atom and JSON Feed write it. `at` is epoch milliseconds. */
export const rfc3339Time = (at: number): string => isoTime(at).replace(/\.\d{3}Z$/, 'Z');

const minInstant = Date.UTC(0, 0) - 1_900 * 366 * 86_400_000;
const maxInstant = Date.UTC(9999, 11, 31);

/** Epoch milliseconds of a stored time; null when it is none or its year does not have four digits. */
function instant(text: string): number | null {
  const at = Date.parse(text);
  return at >= minInstant && at <= maxInstant ? at : null;
}
