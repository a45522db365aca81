/** One day of a topic: its stories, and those of the whole wire, which tell how much was collected at all. */
export interface DayCount {
  readonly count: number;
  readonly total: number;
}

/** How far a day stands out. `score`: robust standard deviations above what is usual; `chance`: of as many by chance. */
export interface Deviation {
  readonly expected: number;
  readonly score: number;
  readonly chance: number;
}

/** Days before that a day is compared with: four weeks, so that each weekday is in it alike. */
export const baselineDaysMax = 28;

/** With fewer days nothing is called unusual. Source: EARS C1 and C2 (Hutwagner et al. 2003) use seven days. */
export const baselineDaysMin = 7;

/**
 * What makes a spike, all of it: the usual three standard deviations of EARS; a chance under one in ten thousand, because a
 * fortnight of 77 topics asks a thousand times; and enough stories and publishers that a person would call it news.
 */
export const spikeBounds = { scoreMin: 3, chanceMax: 1e-4, countMin: 5, sourcesMin: 3 } as const;

/** A median absolute deviation of so much is one standard deviation of a normal distribution. Source: Hampel 1974. */
const deviationsPerMad = 1.4826;

/**
 * How far a day stands out from days before it; null where there are too few. `expected` is their median, which a spike
 * among them does not move; the deviation is the larger of their median absolute deviation and that of a Poisson count,
 * and at least one story, so that small counts are nothing. `chance` is the larger of two: of so many stories, and of so
 * many beside the stories of other topics, each given the days before (with days far out brought in). So neither a weekend nor new feeds
 * make a spike.
 */
export function deviation(day: DayCount, before: readonly DayCount[]): Deviation | null {
  if (before.length < baselineDaysMin) return null;
  const counts = before.map(({ count }) => count);
  const expected = median(counts);
  const spread = deviationsPerMad * median(counts.map((count) => Math.abs(count - expected)));
  const sigma = Math.max(spread, Math.sqrt(expected), 1);
  const score = (day.count - expected) / sigma;
  if (score <= 0) return { expected, score, chance: 1 };
  const usual = before.map(({ count }) => Math.min(count, expected + 3 * sigma));
  const stories = sum(usual);
  const byNumber = tailChance(day.count, { stories, exposure: before.length, next: 1 });
  const byShare = tailChance(day.count, {
    stories,
    exposure: sum(before.map(otherStories)),
    next: otherStories(day),
  });
  return { expected, score, chance: Math.max(byNumber, byShare) };
}

/** Stories without the topic, which tell how much was collected; one more, so that a wire of one topic has spikes too. */
const otherStories = ({ count, total }: DayCount): number => Math.max(0, total - count) + 1;

/** Is a day with so many publishers a spike? */
export const isSpike = (
  found: Deviation,
  { count, sources }: { readonly count: number; readonly sources: number },
): boolean =>
  found.score >= spikeBounds.scoreMin &&
  found.chance <= spikeBounds.chanceMax &&
  count >= spikeBounds.countMin &&
  sources >= spikeBounds.sourcesMin;

/**
 * Of the days before (dates, `yyyy-mm-dd`), those to compare with: of working days the working days, of a weekend the
 * weekends (UTC), where there are enough of them; else all.
 */
export function comparableDays(day: string, before: readonly string[]): readonly string[] {
  const alike = before.filter((other) => isWeekend(other) === isWeekend(day));
  return alike.length >= baselineDaysMin ? alike : before;
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00.000Z`).getUTCDay());

/**
 * The chance of at least `count` events in an exposure `next` after `stories` in `exposure`, when both are Poisson of one
 * unknown rate: the upper tail of a negative binomial distribution. Source: Gelman et al., Bayesian Data Analysis §2.6,
 * with Jeffreys' prior. 1 where nothing was exposed.
 */
export function tailChance(
  count: number,
  { stories, exposure, next }: { readonly stories: number; readonly exposure: number; readonly next: number },
): number {
  if (count <= 0 || exposure <= 0 || next <= 0) return 1;
  const shape = stories + 0.5;
  const share = next / (exposure + next);
  let logTerm = shape * Math.log1p(-share);
  for (let at = 0; at < count; at += 1) logTerm += Math.log((shape + at) / (at + 1)) + Math.log(share);
  let term = Math.exp(logTerm);
  let chance = 0;
  // Far above the mean each term is less than the one before, and the sum soon stands still.
  for (let at = count; at < count + termsMax && term > 0; at += 1) {
    chance += term;
    term *= ((shape + at) / (at + 1)) * share;
    if (term < chance * 1e-13) break;
  }
  return Math.min(1, chance);
}

/** Terms of a tail that are added at most; only a count far below its mean, which is no spike, has more. */
const termsMax = 10_000;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? 0) + upper) / 2 : upper;
}
