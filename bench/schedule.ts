/**
 * Measures the poll schedule: `node --import tsx bench/schedule.ts [SEED]`. Made-up feeds of several mixes publish for
 * four weeks; each policy polls them, learns for one week and is measured for three. Others are slowed down or sped up
 * until they make as many requests as ours. Prints, for each mix and policy, the story delay in minutes (mean, median, 95th
 * percentile), mean and 95th percentile against a fixed interval at the same number of requests (goal: mean at most 0.65 on
 * the defence mix, 1.02 on the uniform ones), requests per feed and day, writes of state and of schedule rows per request, and
 * stories missed. Then what a budget of requests does to the defence mix. The same seed prints the same. Takes two minutes.
 */
import { planBudget } from '../lambdas/core/schedule/request-budget.ts';
import type { PollPace } from '../lambdas/core/schedule/quiet-times.ts';
import { type MadeUpFeed, madeUpFeeds } from './support/made-up-news.ts';
import { newsMixes } from './support/news-mixes.ts';
import {
  commaFeedPolicy,
  fixedPolicy,
  mediaCloudPolicy,
  minifluxPolicy,
  oraclePolicy,
  ourPolicy,
  stretchMinutesMax,
} from './support/poll-policies.ts';
import { type Policy, type PollTotals, simulatePolls } from './support/poll-simulation.ts';

const dayMs = 86_400_000;
const learningDays = 7;
const measuredDays = 21;
const from = Date.parse('2026-02-02T00:00:00Z');
const measuredFrom = from + learningDays * dayMs;
const time = { from, measuredFrom, to: measuredFrom + measuredDays * dayMs };
const bounds = { min: 10, max: 480 };
const seed = Number(process.argv[2] ?? 1);

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? 0;

/** One feed in so many is enough to find how slow a policy has to be. */
const sampleEvery = 6;
const sampleOf = (feeds: readonly MadeUpFeed[]) => feeds.filter((_, at) => at % sampleEvery === 0);

/** Runs the policy at the slowness at which it makes this many requests, first found on a sample of the feeds. */
function atRequests(feeds: readonly MadeUpFeed[], policy: Policy, requests: number): PollTotals {
  const sample = sampleOf(feeds);
  const ofSample = (requests * sample.length) / feeds.length;
  let slowness = 1;
  for (let round = 0; round < 2; round += 1)
    slowness *= simulatePolls(sample, policy, { ...time, slowness }).requests / ofSample;
  let totals = simulatePolls(feeds, policy, { ...time, slowness });
  for (let round = 0; round < 4 && Math.abs(totals.requests / requests - 1) > 0.005; round += 1) {
    slowness *= totals.requests / requests;
    totals = simulatePolls(feeds, policy, { ...time, slowness });
  }
  return totals;
}

const nameWidth = 20;
const header = ['mean', 'median', 'p95', 'mean ×', 'p95 ×', 'polls/day', 'state', 'row', 'missed'];
const headLine = ' '.repeat(nameWidth) + header.map((cell) => cell.padStart(10)).join('');

/** A line of the table. The ratios allow for the little by which the numbers of requests differ. */
function line(name: string, totals: PollTotals, of: { fixed: PollTotals; feeds: number }): string {
  const { delays, requests } = totals;
  const { fixed } = of;
  const minutes = [mean(delays), quantile(delays, 0.5), quantile(delays, 0.95)];
  const perRequest = requests / fixed.requests;
  const ratios = [mean(delays) / mean(fixed.delays), quantile(delays, 0.95) / quantile(fixed.delays, 0.95)];
  const writes = [totals.stateWrites, totals.rowWrites].map((count) => (count / requests).toFixed(3));
  const cells = [
    ...minutes.map((value) => value.toFixed(1)),
    ...ratios.map((ratio) => (ratio * perRequest).toFixed(3)),
    (requests / of.feeds / measuredDays).toFixed(1),
    ...writes,
    String(totals.missed),
  ];
  return name.padEnd(nameWidth) + cells.map((cell) => cell.padStart(10)).join('');
}

function compareOn(name: string, feeds: readonly MadeUpFeed[]): void {
  const ours = simulatePolls(feeds, ourPolicy(from, { bounds }), { ...time, slowness: 1 });
  const at = (other: Policy): PollTotals => atRequests(feeds, other, ours.requests);
  const fixed = at(fixedPolicy(from));
  const rows = {
    'fixed interval': fixed,
    'Media Cloud': at(mediaCloudPolicy(from)),
    Miniflux: at(minifluxPolicy(from)),
    CommaFeed: at(commaFeedPolicy(from)),
    'true rate, no hours': at(oraclePolicy(from)),
    ours,
  };
  console.log(`\n${name}: ${feeds.length} feeds, ${ours.delays.length} stories`);
  console.log(headLine);
  for (const [policy, totals] of Object.entries(rows))
    console.log(line(policy, totals, { fixed, feeds: feeds.length }));
}

/** Ours under a budget, stretched by what the paces of an unbounded run ask for on each weekday, against others at the same requests. */
function compareBudgets(name: string, feeds: readonly MadeUpFeed[]): void {
  const paces = new Map<string, PollPace>();
  simulatePolls(feeds, ourPolicy(from, { bounds, paces }), { ...time, slowness: 1 });
  const rows = [...paces].map(([feedId, pace]) => {
    const { intervalMinutes, quiet } = pace;
    const row = { feedId, intervalMinutes, notBefore: 0, ...(quiet && { quiet }) };
    return { row, maxMinutes: stretchMinutesMax };
  });
  const days = Array.from({ length: 7 }, (_, day) => time.to + day * dayMs);
  const natural = Math.max(...days.map((day) => planBudget(rows, 0, day).polls));
  console.log(`\n${name} under a budget: ${natural} polls on the busiest day without one`);
  console.log(headLine);
  for (const share of [1, 0.75, 0.5, 0.25, 0.1]) {
    const budget = Math.floor(natural * share);
    const factors = days.map((day) => planBudget(rows, budget, day).factor);
    const factorAt = (at: number) => factors[Math.floor((at - time.to) / dayMs + 7_000) % 7] ?? 1;
    const ours = simulatePolls(feeds, ourPolicy(from, { bounds, factorAt }), { ...time, slowness: 1 });
    const fixed = atRequests(feeds, fixedPolicy(from), ours.requests);
    const oracle = atRequests(feeds, oraclePolicy(from), ours.requests);
    const perDay = Math.round(ours.requests / measuredDays);
    console.log(
      `${budget} a day (${100 * share} %): stretched by ${Math.min(...factors).toFixed(2)} to ${Math.max(...factors).toFixed(2)}, made ${perDay} in the mean`,
    );
    console.log(line('  true rate', oracle, { fixed, feeds: feeds.length }));
    console.log(line('  ours', ours, { fixed, feeds: feeds.length }));
  }
}

const mixes = newsMixes().map((mix) => ({ name: mix.name, feeds: madeUpFeeds(mix, time, seed) }));
for (const { name, feeds } of mixes) compareOn(name, feeds);
for (const { name, feeds } of mixes.slice(0, 1)) compareBudgets(name, feeds);
