/**
 * Measures the manners of the poller: `node --import tsx bench/politeness.ts [--days 1] [--seed 1] [--pollers 6]
 * [--late 0.03] [--duplicates 0] [--skew 0] [--budget 0] [--log FILE]`. 500 made-up feeds on 40 hosts, each host a server on
 * its own loopback address behind a public name, so that every limit for public hosts holds. The real schedule and poll
 * handlers run against them for a simulated day, through several functions at once, over real sockets and the embedded engine;
 * only time is made up: it stands still while anything is under way, so nothing is scaled. Late messages (share of `--late`, up
 * to 90 s) and cold starts are part of it; `--duplicates` (share of messages delivered twice) and `--skew` (milliseconds the
 * functions' clocks may be off) ask for more than a queue and a cloud usually do.
 * A simulated day takes about two minutes. Exits with 1 when a host was asked too often, too many times at once, or while it had asked to be left alone.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { spacingMs } from '../lambdas/core/schedule/host-turns.ts';
import type { Feed } from '../lambdas/core/words/feed.ts';
import { seededChance } from './support/made-up-news.ts';
import {
  feedUrl,
  madeUpTroubles,
  publishedFeeds,
  type SeenRequest,
  startPublishers,
} from './support/made-up-publishers.ts';
import { type EndedPoll, type FleetRecord, isConditional, startFleet } from './support/poll-fleet.ts';
import { virtualTime } from './support/virtual-time.ts';

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    pollers: { type: 'string', default: '6' },
    late: { type: 'string', default: '0.03' },
    duplicates: { type: 'string', default: '0' },
    skew: { type: 'string', default: '0' },
    budget: { type: 'string', default: '0' },
    log: { type: 'string' },
  },
});
const [days, seed, pollers] = [Number(values.days), Number(values.seed), Number(values.pollers)];
const minuteMs = 60_000;
const from = Date.parse('2026-02-03T00:00:00Z');
const to = from + days * 1_440 * minuteMs;
const atOnceMax = 2;

/** What one host saw. */
interface HostManners {
  readonly host: string;
  readonly requests: number;
  readonly hops: number;
  readonly atOnce: number;
  readonly spacingMs: number;
  /** Starts too soon after another's, starts beyond two at once, and starts while the host wanted to be left alone. */
  readonly tooSoon: number;
  readonly tooMany: number;
  readonly unwelcome: number;
  /** The same with requests that a redirect led here, which are part of their poll. */
  readonly atOnceWithHops: number;
  readonly closeHops: number;
}

/** How many requests were under way when each of them began, itself included. */
const underWay = (requests: readonly SeenRequest[]): number[] =>
  requests.map(({ at }) => requests.filter((other) => other.at <= at && at < other.endsAt).length);

function mannersOf(host: string, seen: readonly SeenRequest[]): HostManners {
  const all = seen.filter((request) => request.host === host).sort((one, other) => one.at - other.at);
  const starts = all.filter(({ isHop }) => !isHop);
  const gaps = starts.slice(1).map(({ at }, before) => at - (starts[before]?.at ?? 0));
  const under = underWay(starts);
  const waits = all.filter(({ waitUntil }) => waitUntil > 0);
  const isUnwelcome = ({ at }: SeenRequest) =>
    waits.some((wait) => wait.endsAt <= at && at < wait.waitUntil - 1_000);
  return {
    host,
    requests: all.length,
    hops: all.length - starts.length,
    atOnce: Math.max(0, ...under),
    atOnceWithHops: Math.max(0, ...underWay(all)),
    spacingMs: Math.min(Number.POSITIVE_INFINITY, ...gaps),
    tooSoon: gaps.filter((gap) => gap < spacingMs).length,
    tooMany: under.filter((count) => count > atOnceMax).length,
    unwelcome: starts.filter(isUnwelcome).length,
    closeHops: all.filter(
      (hop) => hop.isHop && starts.some(({ at }) => Math.abs(at - hop.at) < spacingMs && at !== hop.at),
    ).length,
  };
}

const lines: string[] = [];
const say = (line = ''): void => {
  lines.push(line);
  console.log(line);
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const share = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
const row = (name: string, ...cells: readonly (string | number)[]): void =>
  say(name.padEnd(18) + cells.map((cell) => String(cell).padStart(11)).join(''));

function sayHosts(hosts: readonly HostManners[], feedsOf: ReadonlyMap<string, number>): void {
  row('host', 'feeds', 'requests', 'redirects', 'at once', 'spacing s', 'violations');
  for (const one of hosts) {
    const violations = one.tooSoon + one.tooMany + one.unwelcome;
    const spacing = (one.spacingMs / 1_000).toFixed(1);
    row(one.host, feedsOf.get(one.host) ?? 0, one.requests, one.hops, one.atOnce, spacing, violations);
  }
}

const isUnchanged = ({ outcome }: EndedPoll): boolean =>
  outcome === 'not-modified' || outcome === 'unchanged';

/** How often each word comes, the most frequent first, as text. */
function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const inOrder = [...counts].sort((one, other) => other[1] - one[1]);
  return inOrder.map(([word, count]) => `${word} ${count}`).join(', ') || 'none';
}

function sayPolls({ asked, ended, events, entries, ticks }: FleetRecord): void {
  const requests = sum(asked.map(({ result }) => result.requests));
  const unchanged = ended.filter(isUnchanged);
  const told = unchanged.filter(({ outcome }) => outcome === 'not-modified');
  const bytes = (polls: readonly EndedPoll[]) =>
    Math.round(sum(polls.map(({ wireBytes }) => wireBytes)) / polls.length);
  const conditional = asked.filter(({ request }) => isConditional(request)).length;
  const reasons = counted(unchanged.flatMap(({ writes }) => writes));
  const perFeed = (asked.length / days / 500).toFixed(1);
  say();
  say(`polls ${asked.length} (${perFeed} a feed and day), requests ${requests}`);
  const daysOf = counted(asked.map(({ at }) => `on day ${Math.floor((at - from) / (1_440 * minuteMs)) + 1}`));
  say(`polls                              ${daysOf}`);
  say(`requests per poll                  ${(requests / asked.length).toFixed(3)}   goal 1.05`);
  say(`conditional share                  ${share(conditional, asked.length)}`);
  say(
    `unchanged polls                    ${unchanged.length} (${share(unchanged.length, ended.length)}), of them 304: ${told.length}`,
  );
  say(
    `bytes in per unchanged poll        ${bytes(unchanged)} in the mean, ${bytes(told)} for a 304   goal 1024`,
  );
  const writes = sum(unchanged.map((poll) => poll.writes.length));
  say(`writes per unchanged poll          ${(writes / unchanged.length).toFixed(4)}   goal 0; ${reasons}`);
  say(`entries handed on                  ${entries.handedOn} in ${entries.messages} messages`);
  say(
    `schedule                           ${ticks.count} ticks, ${(ticks.ms / ticks.count).toFixed(1)} ms each with its store`,
  );
  say(`outcomes                           ${counted(ended.map(({ outcome }) => outcome))}`);
  const rest = [...events].filter(([name]) => !/finished|entries-sent|schedule\.(sent|tick)/.test(name));
  say(
    `other events                       ${rest.map(([name, count]) => `${name} ${count}`).join(', ') || 'none'}`,
  );
}

function sayViolations(hosts: readonly HostManners[]): number {
  const count = (of: (one: HostManners) => number): number => sum(hosts.map(of));
  const tooSoon = count((one) => one.tooSoon);
  const tooMany = count((one) => one.tooMany);
  const unwelcome = count((one) => one.unwelcome);
  const spacing = Math.min(...hosts.map((one) => one.spacingMs));
  say(`closest starts on one host         ${(spacing / 1_000).toFixed(3)} s   goal ${spacingMs / 1_000}`);
  say(
    `most at once on one host           ${Math.max(...hosts.map(({ atOnce }) => atOnce))}   goal ${atOnceMax}`,
  );
  say(
    `violations                         too soon ${tooSoon}, too many ${tooMany}, while told to wait ${unwelcome}   goal 0`,
  );
  const closeHops = count((one) => one.closeHops);
  const withHops = Math.max(...hosts.map(({ atOnceWithHops }) => atOnceWithHops));
  say(
    `redirects, part of their poll      ${closeHops} within the spacing of another request, at most ${withHops} at once with them`,
  );
  return tooSoon + tooMany + unwelcome;
}

async function run(): Promise<number> {
  const time = virtualTime(from - minuteMs);
  const published = publishedFeeds({ from, to }, seed);
  const publishers = await startPublishers({
    feeds: published,
    troubles: madeUpTroubles(from),
    clock: time.now,
  });
  const feeds = published.map((feed): Feed => {
    const { id } = feed.news;
    const url = feedUrl(feed, publishers.port);
    return { id, url, title: id, source: id, country: 'INT', language: 'en', kind: 'trade' };
  });
  const fleet = await startFleet({
    feeds,
    publishers,
    time,
    pollers,
    chance: seededChance(seed),
    lateShare: Number(values.late),
    duplicateShare: Number(values.duplicates),
    skewMs: Number(values.skew),
    requestBudget: Number(values.budget),
  });
  const began = performance.now();
  for (let minute = from / minuteMs; minute < to / minuteMs; minute += 1) void fleet.tick(minute);
  await time.runUntil(to + 5 * minuteMs);
  const took = ((performance.now() - began) / 1_000).toFixed(0);
  say(
    `politeness: 500 feeds on 40 hosts, ${days} simulated day(s) in ${took} s, ${pollers} functions at once, seed ${seed}`,
  );
  say(
    `late messages ${share(Number(values.late), 1)}, duplicates ${share(Number(values.duplicates), 1)}, clocks off by up to ${values.skew} ms, budget ${values.budget}`,
  );
  say();
  const names = [...new Set(publishers.seen.map(({ host }) => host))].sort();
  const hosts = names.map((host) => mannersOf(host, publishers.seen));
  const feedsOf = new Map<string, number>();
  for (const { host } of published) feedsOf.set(host, (feedsOf.get(host) ?? 0) + 1);
  sayHosts(hosts, feedsOf);
  sayPolls(fleet.record);
  const violations = sayViolations(hosts);
  publishers.close();
  await fleet.stop();
  return violations;
}

const violations = await run();
if (values.log !== undefined) writeFileSync(values.log, `${lines.join('\n')}\n`);
process.exitCode = violations === 0 ? 0 : 1;
