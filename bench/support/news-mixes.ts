import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCatalogue } from '../../lambdas/core/catalogue/catalogue.ts';
import { type SourceKind, sourceKinds } from '../../lambdas/core/words/feed.ts';
import type { FeedGroup, NewsMix } from './made-up-news.ts';

const same =
  (perDay: number): FeedGroup['perDay'] =>
  () =>
    perDay;

/** Rates spread about their median; the mean is e^(sigma²/2) times that. */
const lognormal =
  (sigma: number, median = 3): FeedGroup['perDay'] =>
  (chance) =>
    Math.min(
      200,
      median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())),
    );

/** Stories a day in the median of a kind of publisher, spread about it; made up after what such feeds usually list. */
const medianPerDay: Readonly<Record<SourceKind, number>> = {
  wire: 40,
  general: 25,
  trade: 6,
  official: 2,
  'think-tank': 0.6,
};

/** One feed in so many has fallen silent. */
const deadShare = 0.08;

/** The kinds of publisher of the shipped catalogue, each as often as there. */
function catalogueGroups(): FeedGroup[] {
  const file = path.resolve(import.meta.dirname, '../../data/feeds.yaml');
  const parsed = readCatalogue(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(`Expected ${file} to be a catalogue: ${JSON.stringify(parsed)}`);
  return sourceKinds.map((kind) => {
    const rate = lognormal(0.9, medianPerDay[kind]);
    return {
      feeds: parsed.catalogue.feeds.filter((feed) => feed.kind === kind).length,
      perDay: (chance) => (chance() < deadShare ? 0.02 : rate(chance)),
    };
  });
}

/** The mixes that are measured. The first is the one the goal is about, the last two are those it must not lose on. */
export const newsMixes = (): readonly NewsMix[] => [
  { name: 'defence (catalogue)', groups: catalogueGroups() },
  {
    name: 'defence (groups)',
    groups: [
      { feeds: 50, perDay: same(40) },
      { feeds: 150, perDay: same(12) },
      { feeds: 400, perDay: same(3) },
      { feeds: 300, perDay: same(0.6) },
      { feeds: 100, perDay: same(0.05) },
    ],
  },
  { name: 'heavy tail', groups: [{ feeds: 300, perDay: lognormal(2) }] },
  {
    name: 'mostly dead',
    groups: [
      { feeds: 15, perDay: same(25) },
      { feeds: 45, perDay: same(1) },
      { feeds: 240, perDay: same(0.01) },
    ],
  },
  {
    name: 'bursty',
    groups: [{ feeds: 300, perDay: lognormal(1) }],
    officeShare: 0,
    bursts: { chance: 0.25, followers: 12 },
  },
  {
    name: 'newsroom hours',
    groups: [{ feeds: 300, perDay: same(5) }],
    officeShare: 1,
    bursts: { chance: 0, followers: 0 },
    isSteady: true,
  },
  { name: 'uniform', groups: [{ feeds: 300, perDay: same(5) }] },
  {
    name: 'uniform, steady',
    groups: [{ feeds: 300, perDay: same(5) }],
    officeShare: 0,
    bursts: { chance: 0, followers: 0 },
    isSteady: true,
  },
];
