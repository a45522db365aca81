import { utcWeekday } from './quiet-times.ts';

/**
 * How a feed publishes, as counts that fade: a story counts 1 on the day it appears and 1/e after `memoryDays`. `days` is
 * how much time was watched, faded alike, so stories over days is the rate. `at` is epoch milliseconds.
 */
export interface Rhythm {
  readonly at: number;
  readonly days: number;
  /** Faded stories by hour of the UTC day. */
  readonly hours: readonly number[];
  /** Faded stories by UTC weekday, Sunday first. */
  readonly weekdays: readonly number[];
}

/** Long enough to tell Sundays from weekdays, short enough to follow a feed that changes. Measured: 14 to 28 do alike. */
const memoryDays = 21;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Fade of something that is so many days old. */
const fade = (days: number): number => Math.exp(-days / memoryDays);

/** Faded length of the last so many days. */
const fadedDays = (days: number): number => memoryDays * (1 - fade(days));

/** The new stories of a poll: when each was published, as ISO 8601, or null where the feed does not say. */
export interface News {
  readonly now: number;
  readonly published: readonly (string | null)[];
}

/** A date further back than this is not when the story appeared on the feed (a republished or a backdated one). */
const lateMsMax = 2 * dayMs;

/** The rhythm after a poll, with its new stories (none for an unchanged document). A clock that went back fades nothing. */
export function rhythmAfter(before: Rhythm, news: News): Rhythm {
  const passedDays = Math.max(0, news.now - before.at) / dayMs;
  const kept = fade(passedDays);
  const times = news.published.map((time) => {
    const at = time === null ? Number.NaN : Date.parse(time);
    return at <= news.now && news.now - at <= lateMsMax ? at : news.now;
  });
  return counted(
    {
      at: Math.max(before.at, news.now),
      days: before.days * kept + fadedDays(passedDays),
      hours: before.hours.map((count) => count * kept),
      weekdays: before.weekdays.map((count) => count * kept),
    },
    times,
  );
}

/**
 * The rhythm a first document tells: its dates are a history, which reaches back to the oldest entry. The oldest bounds
 * the time and is not counted. A document without dates tells nothing, and one whose dates lie ahead no more.
 */
export function firstRhythm(document: News): Rhythm {
  const times = document.published
    .map((time) => (time === null ? Number.NaN : Date.parse(time)))
    .filter((at) => at <= document.now)
    .sort((one, other) => other - one);
  const oldest = times.at(-1) ?? document.now;
  const empty = { at: document.now, days: 0, hours: Array(24).fill(0), weekdays: Array(7).fill(0) };
  const days = fadedDays((document.now - oldest) / dayMs);
  return counted({ ...empty, days }, times.slice(0, -1));
}

function counted(rhythm: Rhythm, times: readonly number[]): Rhythm {
  const hours = [...rhythm.hours];
  const weekdays = [...rhythm.weekdays];
  for (const at of times) {
    const weight = fade((rhythm.at - at) / dayMs);
    const hour = Math.floor((at % dayMs) / hourMs);
    const weekday = utcWeekday(Math.floor(at / dayMs));
    hours[hour] = (hours[hour] ?? 0) + weight;
    weekdays[weekday] = (weekdays[weekday] ?? 0) + weight;
  }
  return { ...rhythm, hours: hours.map(rounded), weekdays: weekdays.map(rounded) };
}

/** Three decimals are ample, and keep the rhythm to some two hundred bytes of the feed's state. */
const rounded = (count: number): number => Math.round(count * 1_000) / 1_000;

/** What is believed of a feed before it was watched: an eighth of a day at two stories a day. */
const believed = { stories: 0.25, days: 0.125 };

/** Stories a day; above zero however long a feed has been silent. */
export function storiesPerDay(rhythm: Rhythm): number {
  const stories = rhythm.hours.reduce((sum, count) => sum + count, 0);
  return (stories + believed.stories) / (rhythm.days + believed.days);
}
