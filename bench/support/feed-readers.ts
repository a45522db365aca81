import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { EdgeAnswer } from '../../lambdas/adapters/edge-answer.ts';
import { answerBytes, type EdgeCache } from './edge-cache.ts';
import type { ViewerRequest } from './edge-policy.ts';
import { seededChance } from './made-up-news.ts';
import { titleMarks } from './reader-stories.ts';

/** How a reader asks: everything each time, by the date it was given, by the tag, or by the tag and for what is new only. */
export const manners = ['plain', 'date', 'tag', 'delta'] as const;
export type Manner = (typeof manners)[number];
export type Coding = 'identity' | 'gzip' | 'br';

/** The feed a reader follows: path, query and share of the readers. */
export interface FeedChoice {
  readonly path: string;
  readonly query: string;
  readonly share: number;
}

/** A reader: what it asks for, how, and what it has. `revisions` by number of story; 0 where it has none. */
export interface FeedReader {
  readonly feed: FeedChoice;
  readonly manner: Manner;
  readonly coding: Coding;
  readonly cache: number;
  readonly polls: readonly number[];
  readonly revisions: Uint8Array;
  etag: string | null;
  lastModified: string | null;
}

/** What readers were sent; `bytesOf` is `bytesDown` by the query of the feed. */
export interface ReaderTraffic {
  requests: number;
  bytesDown: number;
  readonly bytesOf: Record<string, number>;
  bytesUp: number;
  readonly statuses: Record<number, number>;
}

/** Minutes between two polls and the share of readers that keep to it; a poll comes up to a tenth early or late. */
const intervals = [
  { minutes: 15, share: 0.25 },
  { minutes: 30, share: 0.35 },
  { minutes: 60, share: 0.4 },
] as const;
const jitterShare = 0.1;

/** Readers to make. Manners, codings and feeds are dealt out by share; the same for the same seed. */
export interface ReaderWishes {
  readonly count: number;
  readonly seed: number;
  readonly period: { readonly from: number; readonly to: number };
  readonly stories: number;
  readonly feeds: readonly FeedChoice[];
  readonly manners: readonly { readonly value: Manner; readonly share: number }[];
  readonly codings: readonly { readonly value: Coding; readonly share: number }[];
  readonly caches: number;
}

/** Everyone asks once more within this long before the end, so that what each missed can be told. */
const lastPollsMs = 1_800_000;

/** Makes the readers with the times of all their polls. */
export function feedReaders(wishes: ReaderWishes): FeedReader[] {
  const { period, stories } = wishes;
  // Each choice has a row of numbers of its own, so that changing one share leaves the others' readers as they were.
  const [phase, feed, manner, coding] = [1, 2, 3, 4].map((salt) => seededChance(wishes.seed * 10 + salt));
  const dealt = <Choice extends { readonly share: number }>(
    choices: readonly Choice[],
    chance = Math.random,
  ) => {
    let left = chance() * choices.reduce((sum, { share }) => sum + share, 0);
    for (const choice of choices) {
      left -= choice.share;
      if (left < 0) return choice;
    }
    throw new Error('Expected shares above 0');
  };
  return Array.from({ length: wishes.count }, (_, at) => {
    const minutes = dealt(intervals, phase).minutes;
    return {
      feed: dealt(wishes.feeds, feed),
      manner: dealt(wishes.manners, manner).value,
      coding: dealt(wishes.codings, coding).value,
      cache: at % wishes.caches,
      polls: pollTimes(period, minutes * 60_000, phase),
      revisions: new Uint8Array(stories),
      etag: null,
      lastModified: null,
    };
  });
}

function pollTimes(period: { from: number; to: number }, every: number, chance = Math.random): number[] {
  const times: number[] = [];
  const jitter = () => (2 * chance() - 1) * jitterShare * every;
  const last = period.to - chance() * lastPollsMs;
  for (let at = period.from + chance() * every; at < last - every * jitterShare; at += every)
    times.push(Math.max(period.from, Math.min(last, at + jitter())));
  return [...times, last].map(Math.round).sort((one, other) => one - other);
}

const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8';

function requestOf(reader: FeedReader): ViewerRequest {
  const headers: Record<string, string> = { accept };
  if (reader.coding !== 'identity') headers['accept-encoding'] = reader.coding === 'br' ? 'gzip, br' : 'gzip';
  const byDate = reader.manner === 'date' || reader.manner === 'tag';
  if (byDate && reader.lastModified !== null) headers['if-modified-since'] = reader.lastModified;
  const byTag = reader.manner === 'tag' || reader.manner === 'delta';
  if (byTag && reader.etag !== null) headers['if-none-match'] = reader.etag;
  if (reader.manner === 'delta') headers['a-im'] = 'feed';
  return { path: reader.feed.path, query: reader.feed.query, headers };
}

/** One poll: asks the cache, takes in what comes and counts it. Throws on any answer but 200, 226 and 304. */
export async function poll(
  reader: FeedReader,
  edge: EdgeCache,
  nowMs: number,
  traffic: ReaderTraffic,
): Promise<void> {
  const request = requestOf(reader);
  const answer = await edge.ask(request, nowMs);
  const { path, query, headers } = request;
  traffic.requests += 1;
  traffic.bytesDown += answerBytes(answer);
  traffic.bytesOf[query] = (traffic.bytesOf[query] ?? 0) + answerBytes(answer);
  traffic.bytesUp += path.length + query.length + 16;
  for (const [name, value] of Object.entries(headers)) traffic.bytesUp += name.length + value.length + 4;
  traffic.statuses[answer.status] = (traffic.statuses[answer.status] ?? 0) + 1;
  reader.etag = answer.headers.get('etag') ?? reader.etag;
  reader.lastModified = answer.headers.get('last-modified') ?? reader.lastModified;
  if (answer.status === 304) return;
  if (answer.status !== 200 && answer.status !== 226)
    throw new Error(`Expected 200, 226 or 304 of ${path}?${query}, got ${answer.status}`);
  for (const [story, revision] of itemsOf(answer))
    if ((reader.revisions[story] ?? 0) < revision) reader.revisions[story] = revision;
}

const items = new WeakMap<EdgeAnswer, readonly (readonly [number, number])[]>();

/** The stories in a document with their revisions. */
export function itemsOf(answer: EdgeAnswer): readonly (readonly [number, number])[] {
  const known = items.get(answer);
  if (known !== undefined) return known;
  const text = decoded(answer).toString('utf8');
  const found = Array.from(
    text.matchAll(titleMarks),
    ([, story, revision]) => [Number(story), Number(revision)] as const,
  );
  items.set(answer, found);
  return found;
}

function decoded({ headers, body }: EdgeAnswer): Buffer {
  const bytes = body ?? Buffer.alloc(0);
  const coding = headers.get('content-encoding');
  if (coding === undefined) return bytes;
  return coding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
}
