import { feedDate } from '../../../lambdas/core/parse/feed-dates.ts';
import { isoTime } from '../../../lambdas/core/words/time.ts';

const dayMs = 86_400_000;

/** A line may be so much older than the one before without its being another time altogether. */
const disorderMsMax = 8 * dayMs;

/** When a story was published, as far as its line says (ISO 8601), and when it counts as seen. */
export interface ToldTime {
  readonly published: string | null;
  readonly seenAt: string;
}

/**
 * Gives each line its times: it is seen when it was published, or a moment after the line before it where that is later
 * or it says nothing, so that the order of the lines is the order of first sight. A line far from the one before
 * (one wrong date among right ones) is seen in its own time. A bare day is kept as the first moment of it, which the rules
 * take for a day; a bare month or year says nothing. `published` is 'unreadable' for a text that is no date.
 */
export function createToldTimes(): (published: string | null) => ToldTime | 'unreadable' {
  let last = Date.parse('2000-01-01T00:00:00.000Z') - 1;
  return (told) => {
    const text = told?.trim() ?? '';
    const published = text === '' || /^\d{4}(?:-\d{2})?$/.test(text) ? null : feedDate(text);
    const isUnreadable = published === null && text !== '' && !/^\d{4}(?:-\d{2})?$/.test(text);
    const at = published === null ? last + 1 : Date.parse(published);
    const isFar = Math.abs(at - last) > disorderMsMax;
    last = isFar ? at : Math.max(at, last + 1);
    return isUnreadable ? 'unreadable' : { published, seenAt: isoTime(last) };
  };
}
