/**
 * Measures clustering on labelled reports: `node --import tsx bench/evaluate-clusters.ts [--set NAME] [--errors N]
 * [--shuffle N] [--in-stream N] [--announced N]`. Reports arrive one after the other through keys, candidates and placement, in
 * order of time or, with --shuffle, in N other orders. --in-stream puts N made-up stories of the same days around them.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dataDirectory, loadClusterWeights, loadData } from '../bin/compile-data.ts';
import { lineOf, readLabelledReports } from '../bin/train/labelled-events.ts';
import type { LabelledReport } from '../bin/train/labelled-events.ts';
import { readLabelledStories } from '../bin/train/labelled-stories.ts';
import { createClusterer } from '../lambdas/core/cluster/clusterer.ts';
import { createTagger } from '../lambdas/core/tag/tag.ts';
import type { StoryLine } from '../lambdas/core/words/story.ts';
import { ClusterLoop } from './support/cluster-loop.ts';
import { bcubed, clusterScores } from './support/cluster-scores.ts';
import type { PairScore, ScoredReport } from './support/cluster-scores.ts';
import { seededChance } from './support/made-up-news.ts';

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: 'all' },
    errors: { type: 'string', default: '0' },
    shuffle: { type: 'string', default: '0' },
    'in-stream': { type: 'string', default: '0' },
    announced: { type: 'string', default: '9' },
    'all-pairs': { type: 'boolean', default: false },
  },
});

const { rules } = loadData(dataDirectory);
const tag = createTagger(rules);
const rulesOfPairs = createClusterer(loadClusterWeights(dataDirectory));
// With --all-pairs every story of the window is a candidate, which tells the loss by keys from the loss by rules.
const everybody = { announced: ['all'], asked: ['all'] };
const clusterer = options['all-pairs'] ? { ...rulesOfPairs, keysOf: () => everybody } : rulesOfPairs;
const beside = path.resolve(dataDirectory, '../../shared/eval');
const sets = {
  own: path.join(dataDirectory, 'labelled/events/evaluation.ndjson'),
  training: path.join(dataDirectory, 'labelled/events/training.ndjson'),
  beside: path.join(beside, 'clusters_dev.jsonl'),
};

const byTime = (one: StoryLine, other: StoryLine): number =>
  one.sortTime === other.sortTime ? (one.id < other.id ? -1 : 1) : one.sortTime < other.sortTime ? -1 : 1;

/** Lines of the training stories, re-dated evenly over the time of the reports. */
function stream(reports: readonly LabelledReport[], count: number): StoryLine[] {
  const stories = readLabelledStories(
    path.join(dataDirectory, 'labelled/training'),
    new Set(rules.topics.map(({ slug }) => slug)),
  );
  const chance = seededChance(7);
  return Array.from({ length: count }, (_, at) => {
    const { title, summary } = stories[at % stories.length] ?? { title: '', summary: '' };
    const near = reports[Math.floor(chance() * reports.length)]?.line.sortTime ?? '2026-01-01T00:00:00.000Z';
    const published = new Date(Date.parse(near) + (chance() - 0.5) * 2 * 86_400_000).toISOString();
    return lineOf({ id: `noise-${at}`, title, summary, outlet: `outlet ${at % 40}`, published, tag });
  });
}

function run(lines: readonly StoryLine[]): ClusterLoop {
  const loop = new ClusterLoop(clusterer, {
    announcedMax: Number(options.announced),
    perKeyMax: options['all-pairs'] ? 1_000 : 40,
  });
  for (const line of lines) loop.arrive(line);
  return loop;
}

function scored(reports: readonly LabelledReport[], loop: ClusterLoop): ScoredReport[] {
  return reports.map(({ line, story, event, kind }) => {
    const placed = loop.lines.get(line.id);
    return {
      id: line.id,
      story,
      event,
      kind,
      cluster: placed?.cluster ?? line.id,
      copyOf: placed?.original?.id ?? line.id,
      at: Date.parse(line.sortTime),
    };
  });
}

const shown = ({ precision, recall, f1 }: PairScore): string =>
  `${precision.toFixed(3)} / ${recall.toFixed(3)} / ${f1.toFixed(3)}`;

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? 0;

function printWork(loop: ClusterLoop): void {
  const of = (name: 'candidates' | 'related' | 'moves' | 'placeMs' | 'keysMs') => {
    const values = loop.work.map((work) => work[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    return `${name} mean ${mean.toFixed(2)}, p50 ${quantile(values, 0.5).toFixed(2)}, p99 ${quantile(values, 0.99).toFixed(2)}`;
  };
  console.log(`  ${of('candidates')}; ${of('related')}; ${of('moves')}`);
  console.log(
    `  ${of('keysMs')}; ${of('placeMs')}; most stories under a key: ${loop.largestKey().join(' ')}`,
  );
}

function printErrors(
  reports: readonly LabelledReport[],
  pairs: readonly (readonly [string, string])[],
  label: string,
): void {
  const byId = new Map(reports.map((report) => [report.line.id, report.line]));
  for (const pair of pairs.slice(0, Number(options.errors))) {
    const texts = pair.map(
      (id) => `${byId.get(id)?.sortTime.slice(5, 16)} ${byId.get(id)?.title.slice(0, 90)}`,
    );
    console.log(`  ${label}: ${texts.join('  <>  ')}`);
  }
}

function measure(name: string, reports: readonly LabelledReport[]): void {
  const noise = Number(options['in-stream']) > 0 ? stream(reports, Number(options['in-stream'])) : [];
  const lines = [...reports.map(({ line }) => line), ...noise].sort(byTime);
  const loop = run(lines);
  const scores = clusterScores(scored(reports, loop));
  console.log(`\n${name}: ${reports.length} reports among ${lines.length} stories (precision / recall / F1)`);
  console.log(
    `  B-cubed ${shown(scores.bcubed)}   pairs ${shown(scores.pairwise)}   lenient ${shown(scores.lenient)}`,
  );
  console.log(
    `  recall ${JSON.stringify(scores.recallByKind)}; false merges: same event ${scores.falseMerges.sameEvent.length}, other ${scores.falseMerges.otherEvent.length}`,
  );
  console.log(
    `  copies: precision ${scores.copies.precision.toFixed(3)} (${scores.copies.wrong.length} wrong), recall ${JSON.stringify(scores.copies.recallByKind)}`,
  );
  printWork(loop);
  printErrors(reports, scores.falseMerges.otherEvent, 'other event');
  printErrors(reports, scores.copies.wrong, 'no copy');
  printErrors(reports, scores.falseMerges.sameEvent, 'other story');
  printErrors(reports, scores.missed, 'missed');
  if (Number(options.shuffle) > 0) printShuffles(reports, lines);
}

/** Arrival in other orders: first sight is then in that order too. */
function printShuffles(reports: readonly LabelledReport[], lines: readonly StoryLine[]): void {
  const runs = Array.from({ length: Number(options.shuffle) }, (_, seed) => {
    const chance = seededChance(seed + 1);
    const mixed = lines.map((line) => [chance(), line] as const).sort(([one], [other]) => one - other);
    const start = Date.parse('2026-11-01T00:00:00Z');
    const loop = run(
      mixed.map(([, line], at) => ({ ...line, firstSeen: new Date(start + at * 1000).toISOString() })),
    );
    return scored(reports, loop);
  });
  const f1 = runs.map((report) => clusterScores(report).bcubed.f1);
  let [sum, count, exact] = [0, 0, 0];
  runs.forEach((one, at) => {
    const clusters = new Map(one.map(({ id, cluster }) => [id, cluster]));
    for (const other of runs.slice(at + 1)) {
      const agreement = bcubed(
        other,
        ({ cluster }) => cluster,
        ({ id }) => clusters.get(id) ?? id,
      ).f1;
      sum += agreement;
      count += 1;
      if (agreement > 0.99999) exact += 1;
    }
  });
  console.log(
    `  ${runs.length} orders: B-cubed F1 ${Math.min(...f1).toFixed(3)} to ${Math.max(...f1).toFixed(3)}; agreement between two runs (B-cubed F1) ${(sum / Math.max(1, count)).toFixed(4)}, equal ${exact} of ${count}`,
  );
}

for (const [name, place] of Object.entries(sets)) {
  if (options.set !== 'all' && options.set !== name) continue;
  const reports = readLabelledReports(place, tag);
  if (reports === null) console.log(`\n${name}: not here`);
  else measure(name, reports);
}
