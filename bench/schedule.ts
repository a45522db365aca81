/**
 * Measures the poll schedule: `node --import tsx bench/schedule.ts [SEED]`. Made-up feeds of several mixes publish for
 * four weeks; each policy polls them, learns for one week and is measured for three. Others are slowed down or sped up
 * until they make as many requests as ours. Prints, for each mix and policy, the story delay in minutes (mean, median, 95th
 * percentile), the mean against a fixed interval at the same number of requests (goal: at most 0.65 on the defence mix, 1.02
 * on the uniform ones), requests per feed and day, writes of state and of schedule rows per request, and stories missed.
 * The same seed prints the same. Takes about half a minute.
 */
import { type MadeUpFeed, madeUpFeeds, newsMixes } from './support/made-up-news.ts';
import {
  commaFeedPolicy,
  fixedPolicy,
  mediaCloudPolicy,
  oraclePolicy,
  ourPolicy,
} from './support/poll-policies.ts';
import { type Policy, type PollTotals, simulatePolls } from './support/poll-simulation.ts';

const dayMs = 86_400_000;
const learningDays = 7;
const measuredDays = 21;
const from = Date.parse('2026-02-02T00:00:00Z');
const measuredFrom = from + learningDays * dayMs;
const time = { from, measuredFrom, to: measuredFrom + measuredDays * dayMs };
const seed = Number(process.argv[2] ?? 1);

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? 0;

/** One feed in so many is enough to find how slow a policy has to be. */
const sampleEvery = 6;

/** Runs the policy at the slowness at which it makes as many requests as ours, first found on a sample of the feeds. */
function atRequests(feeds: readonly MadeUpFeed[], policy: Policy, wanted: Wanted): PollTotals {
  const sample = sampleOf(feeds);
  let slowness = 1;
  for (let round = 0; round < 2; round += 1)
    slowness *= simulatePolls(sample, policy, { ...time, slowness }).requests / wanted.ofSample;
  const totals = simulatePolls(feeds, policy, { ...time, slowness });
  slowness *= totals.requests / wanted.ofAll;
  return simulatePolls(feeds, policy, { ...time, slowness });
}

/** Requests that ours makes of all feeds and of the sample. */
interface Wanted {
  readonly ofAll: number;
  readonly ofSample: number;
}

const sampleOf = (feeds: readonly MadeUpFeed[]) => feeds.filter((_, at) => at % sampleEvery === 0);

/** A line of the table. The ratio allows for the little by which the numbers of requests differ. */
function line(name: string, totals: PollTotals, of: { fixed: PollTotals; feeds: number }): string {
  const { delays, requests } = totals;
  const ratio = (mean(delays) * requests) / (mean(of.fixed.delays) * of.fixed.requests);
  const minutes = [mean(delays), quantile(delays, 0.5), quantile(delays, 0.95)].map((value) =>
    value.toFixed(1),
  );
  const perFeedDay = (requests / of.feeds / measuredDays).toFixed(1);
  const writes = [totals.stateWrites, totals.rowWrites].map((count) => (count / requests).toFixed(3));
  const cells = [...minutes, ratio.toFixed(3), perFeedDay, ...writes, String(totals.missed)];
  return name.padEnd(20) + cells.map((cell) => cell.padStart(9)).join('');
}

const header = ['mean', 'median', 'p95', 'ratio', 'polls/day', 'state', 'row', 'missed'];
for (const mix of newsMixes) {
  const feeds = madeUpFeeds(mix, time, seed);
  const policy = ourPolicy(from, { min: 10, max: 480 });
  const ours = simulatePolls(feeds, policy, { ...time, slowness: 1 });
  const ofSample = simulatePolls(sampleOf(feeds), policy, { ...time, slowness: 1 }).requests;
  const at = (other: Policy): PollTotals => atRequests(feeds, other, { ofAll: ours.requests, ofSample });
  const fixed = at(fixedPolicy(from));
  const rows = {
    'fixed interval': fixed,
    'Media Cloud': at(mediaCloudPolicy(from)),
    CommaFeed: at(commaFeedPolicy(from)),
    'true rate, no hours': at(oraclePolicy(from)),
    ours,
  };
  console.log(`\n${mix.name}: ${feeds.length} feeds, ${ours.delays.length} stories`);
  console.log(' '.repeat(20) + header.map((cell) => cell.padStart(9)).join(''));
  for (const [name, totals] of Object.entries(rows))
    console.log(line(name, totals, { fixed, feeds: feeds.length }));
}
