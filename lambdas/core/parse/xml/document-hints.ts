import type { FeedHints } from '../../words/feed-hints.ts';
import type { Draft } from './drafts.ts';
import { syndicationMinutes } from './syndication-minutes.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * What a feed says of its own pace: `ttl`, the syndication module, `skipHours` (0 to 23; the 24 of RSS 0.91 is midnight)
 * and `skipDays` (English names, whole or shortened). What cannot be read is left out. Never throws.
 * Source: RSS 2.0, RSS 0.91 `skipHours`, RSS 1.0 syndication module.
 */
export function documentHints(feed: Draft): FeedHints {
  const ttl = ttlMinutes(feed.of('ttl')[0]?.value ?? '');
  const period = syndicationMinutes(feed.of('updatePeriod')[0]?.value, feed.of('updateFrequency')[0]?.value);
  const skipHours = wordsOf(feed.of('skipHours')).flatMap(hourOf);
  const skipDays = wordsOf(feed.of('skipDays')).flatMap(dayOf);
  return {
    ...(ttl === null ? {} : { ttlMinutes: ttl }),
    ...(period === null ? {} : { updatePeriodMinutes: period }),
    ...(skipHours.length === 0 ? {} : { skipHours: ascending(skipHours) }),
    ...(skipDays.length === 0 ? {} : { skipDays: ascending(skipDays) }),
  };
}

/** A ttl is a whole number of minutes; zero or a year and more say nothing. Source: RSS 2.0 `ttl`. */
function ttlMinutes(text: string): number | null {
  const minutes = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return minutes > 0 && minutes < 525_600 ? minutes : null;
}

// A list has at most 24 members; one of a megabyte is an attack.
const listCharactersMax = 1_000;

function wordsOf(values: readonly { readonly value: string }[]): readonly string[] {
  return (values[0]?.value.slice(0, listCharactersMax) ?? '').split(/[\s,;]+/).filter((word) => word !== '');
}

function hourOf(word: string): readonly number[] {
  const hour = /^\d{1,2}$/.test(word) ? Number(word) : 25;
  return hour > 24 ? [] : [hour % 24];
}

function dayOf(word: string): readonly number[] {
  const day = days.indexOf(word.slice(0, 3).toLowerCase());
  return day < 0 ? [] : [day];
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
