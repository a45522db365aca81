import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type MadeUpFeed, madeUpFeeds, seededChance } from './made-up-news.ts';

/** How a publisher answers "anything new?"; `lying` says 304 although there is, `churning` gives another ETag each time. */
export type ValidatorHabit = 'both' | 'etag' | 'last-modified' | 'none' | 'ignored' | 'churning' | 'lying';

/** A feed with its publisher's habits. `moved` leads to another path, on another host or the same, for good or not. */
export interface PublishedFeed {
  readonly news: MadeUpFeed;
  readonly host: string;
  readonly habit: ValidatorHabit;
  readonly isGzipped: boolean;
  readonly latencyMs: number;
  readonly hangs: boolean;
  readonly moved: { readonly status: 301 | 302; readonly host: string } | null;
}

/** A time in which all of a host is in trouble; `retryAfter` is a header, as seconds or as a date. */
export interface Trouble {
  readonly host: string;
  readonly from: number;
  readonly to: number;
  readonly status: 429 | 503;
  readonly retrySeconds: number | null;
  readonly asDate: boolean;
}

/** A request as a host saw it; `isHop` when a redirect of the same poll led there. Times are epoch milliseconds. */
export interface SeenRequest {
  readonly host: string;
  readonly at: number;
  readonly endsAt: number;
  readonly isHop: boolean;
  /** Until when the answer asked for peace, 0 when it did not. */
  readonly waitUntil: number;
}

/** The publishers, listening on a loopback address for each host. */
export interface Publishers {
  readonly port: number;
  readonly addressOf: (host: string) => string | null;
  readonly seen: readonly SeenRequest[];
  readonly latencyMs: (url: string) => number;
  readonly close: () => void;
}

const hostsCount = 40;
const hourMs = 3_600_000;

export const hostName = (at: number): string => `host-${String(at + 1).padStart(2, '0')}.example`;
const feedPath = (feed: PublishedFeed): string => `/${feed.news.id}.xml`;

/** The catalogue's address of a feed. */
export const feedUrl = (feed: PublishedFeed, port: number): string =>
  `http://${feed.host}:${port}${feedPath(feed)}`;

/** Feeds of each host: one hosts 120, some two dozen each, most a handful. */
const hostOfFeed = (at: number): string => {
  if (at < 120) return hostName(0);
  if (at < 220) return hostName(1 + (at % 4));
  return hostName(5 + (at % (hostsCount - 5)));
};

/** Of a hundred feeds so many keep each habit. */
const habits: readonly (readonly [ValidatorHabit, number])[] = [
  ['both', 50],
  ['etag', 22],
  ['last-modified', 14],
  ['none', 5],
  ['ignored', 2],
  ['churning', 4],
  ['lying', 3],
];

function habitOf(chance: number): ValidatorHabit {
  let left = chance * 100;
  for (const [habit, share] of habits) {
    if (left < share) return habit;
    left -= share;
  }
  return 'both';
}

/** Five hundred feeds on forty hosts, the same for the same seed. */
export function publishedFeeds(period: { from: number; to: number }, seed: number): PublishedFeed[] {
  const chance = seededChance(seed + 1_000);
  const rates = [
    [25, 40],
    [75, 12],
    [200, 3],
    [150, 0.6],
    [50, 0.05],
  ] as const;
  const groups = rates.map(([feeds, perDay]) => ({ feeds, perDay: () => perDay }));
  const news = madeUpFeeds({ name: 'feed', groups }, period, seed);
  // Dealt out at random, so that every host has busy and silent feeds.
  const order = news.map((feed) => ({ feed, at: chance() })).sort((one, other) => one.at - other.at);
  return order.map(({ feed }, at) => {
    const host = hostOfFeed(at);
    const isSlow = chance() < 0.04;
    return {
      news: feed,
      host,
      habit: habitOf(chance()),
      isGzipped: chance() < 0.7,
      latencyMs: Math.round(isSlow ? 4_000 + chance() * 5_000 : 150 + chance() * 900),
      hangs: at === 499,
      moved: movedOf(at, host),
    };
  });
}

function movedOf(at: number, host: string): PublishedFeed['moved'] {
  if (at % 50 === 7) return { status: 301, host };
  if (at % 50 === 32) return { status: 301, host: hostName(20 + (at % 10)) };
  return at % 125 === 13 ? { status: 302, host } : null;
}

/** Storms of refusals in the simulated time: with Retry-After in seconds, as a date, and without one. */
export function madeUpTroubles(from: number): Trouble[] {
  const trouble = (
    host: number,
    hour: number,
    hours: number,
    rest: Pick<Trouble, 'status' | 'retrySeconds' | 'asDate'>,
  ) => ({
    host: hostName(host),
    from: from + hour * hourMs,
    to: from + (hour + hours) * hourMs,
    ...rest,
  });
  return [
    trouble(0, 9, 1, { status: 429, retrySeconds: 600, asDate: false }),
    trouble(2, 14, 2, { status: 429, retrySeconds: 1_800, asDate: false }),
    trouble(7, 6, 3, { status: 503, retrySeconds: 900, asDate: true }),
    trouble(9, 11, 4, { status: 503, retrySeconds: null, asDate: false }),
    trouble(12, 3, 8, { status: 429, retrySeconds: null, asDate: false }),
  ];
}

/** Starts a server for each host, on 127.1.0.1 and upwards at one port; needs a system that owns all of 127.0.0.0/8. */
export async function startPublishers(options: {
  readonly feeds: readonly PublishedFeed[];
  readonly troubles: readonly Trouble[];
  readonly clock: () => number;
}): Promise<Publishers> {
  const { clock, troubles } = options;
  const seen: SeenRequest[] = [];
  const lastAsked = new Map<string, number>();
  const feeds = new Map(options.feeds.map((feed) => [feed.news.id, feed]));
  const feedOf = (path: string) => feeds.get(path.replace(/^(?:\/moved)?\//, '').replace('.xml', ''));
  const answer: http.RequestListener = (request, response) => {
    const now = clock();
    const path = request.url ?? '';
    const host = (request.headers.host ?? '').split(':')[0] ?? '';
    const feed = feedOf(path);
    if (feed === undefined) return void response.writeHead(404).end();
    const isHop = lastAsked.get(feed.news.id) === now;
    lastAsked.set(feed.news.id, now);
    const endsAt = now + (feed.hangs ? 10_000 : feed.latencyMs);
    const trouble = troubles.find((one) => one.host === host && one.from <= now && now < one.to);
    const waitUntil = trouble?.retrySeconds == null ? 0 : endsAt + trouble.retrySeconds * 1_000;
    seen.push({ host, at: now, endsAt, isHop, waitUntil });
    if (trouble !== undefined) return refuse(response, trouble, endsAt);
    if (feed.hangs) return;
    if (feed.moved !== null && !path.startsWith('/moved/')) {
      const port = request.socket.localPort ?? 0;
      const location = `http://${feed.moved.host}:${port}/moved${feedPath(feed)}`;
      return void response.writeHead(feed.moved.status, { Location: location }).end();
    }
    serve(feed, request, response, now);
  };
  const servers: http.Server[] = [];
  let port = 0;
  for (let at = 0; at < hostsCount; at += 1) {
    const server = http.createServer(answer);
    server.listen(port, addressAt(at));
    await once(server, 'listening');
    port = addressInfo(server).port;
    servers.push(server);
  }
  const addresses = new Map(servers.map((_, at) => [hostName(at), addressAt(at)]));
  return {
    port,
    addressOf: (host) => addresses.get(host) ?? null,
    seen,
    latencyMs: (url) => {
      const feed = feedOf(new URL(url).pathname);
      return feed === undefined ? 0 : feed.hangs ? 10_000 : feed.latencyMs;
    },
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

const addressAt = (at: number): string => `127.1.0.${at + 1}`;

function addressInfo(server: http.Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  return address;
}

function refuse(response: http.ServerResponse, { status, retrySeconds, asDate }: Trouble, now: number): void {
  if (retrySeconds === null) return void response.writeHead(status).end();
  const value = asDate ? new Date(now + retrySeconds * 1_000).toUTCString() : String(retrySeconds);
  response.writeHead(status, { 'Retry-After': value }).end();
}

function serve(
  feed: PublishedFeed,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  now: number,
): void {
  const { habit, news } = feed;
  let end = news.times.length;
  while (end > 0 && (news.times[end - 1] ?? 0) > now) end -= 1;
  const newest = Math.floor((news.times[end - 1] ?? now) / 1_000) * 1_000;
  const etag = habit === 'churning' ? `"${now}"` : `"${end}"`;
  const lastModified = new Date(newest).toUTCString();
  const headers: Record<string, string> = { 'Content-Type': 'application/rss+xml' };
  if (habit !== 'none' && habit !== 'last-modified') headers.ETag = etag;
  if (habit !== 'none' && habit !== 'etag' && habit !== 'churning') headers['Last-Modified'] = lastModified;
  if (isUnchanged(habit, request, { etag, lastModified })) return void response.writeHead(304, headers).end();
  const body = Buffer.from(documentOf(news, end));
  if (feed.isGzipped) headers['Content-Encoding'] = 'gzip';
  response.writeHead(200, headers).end(feed.isGzipped ? gzipSync(body) : body);
}

function isUnchanged(
  habit: ValidatorHabit,
  { headers }: http.IncomingMessage,
  present: { etag: string; lastModified: string },
): boolean {
  const match = headers['if-none-match'];
  const since = headers['if-modified-since'];
  if (habit === 'ignored' || habit === 'none') return false;
  if (habit === 'lying') return match !== undefined || since !== undefined;
  return match === undefined ? since === present.lastModified : match === present.etag;
}

const sentence =
  'The ministry said on Thursday that the work at the yard goes on as planned and gave no further details. ';

function documentOf({ id, times, hasDates, listedMax }: MadeUpFeed, end: number): string {
  const items = Array.from({ length: Math.min(end, listedMax) }, (_, at) => {
    const number = end - 1 - at;
    const date = hasDates ? `<pubDate>${new Date(times[number] ?? 0).toUTCString()}</pubDate>` : '';
    return (
      `<item><title>${id}: report ${number} from the yard</title><link>https://${id}.example/${number}</link>` +
      `<guid>${id}-${number}</guid>${date}<description>${sentence.repeat(3)}</description></item>`
    );
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${id}</title>${items.join('\n')}</channel></rss>`;
}
