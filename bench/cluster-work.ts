/**
 * What one story costs the store and the rules, by what becomes of it and by how many stories the window holds.
 *   npm run bench:cluster-work -- [STORIES ...]        (default 1000 10000; 100000 takes minutes)
 * Prints a table of counts and units a story; the milliseconds are of the rules alone and only good for comparison.
 */
import { createDynamoClusterStore } from '../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { createDynamoStoryWriter } from '../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../lambdas/adapters/aws/dynamodb-table.ts';
import { ensureTable, startEmbeddedEngine } from '../lambdas/adapters/local/embedded-engine.ts';
import { createClusterer } from '../lambdas/core/cluster/clusterer.ts';
import { announcedLine } from '../lambdas/core/story/cluster-members.ts';
import { decideStory } from '../lambdas/core/story/story-decision.ts';
import { storyLine } from '../lambdas/core/story/story-line.ts';
import { createTagger } from '../lambdas/core/tag/tag.ts';
import type { Clusterer } from '../lambdas/core/words/cluster.ts';
import type { ClusterStore } from '../lambdas/ports.ts';
import type { Story } from '../lambdas/core/words/story.ts';
import { ingestEntry } from '../lambdas/ingest/ingest-entry.ts';
import { dataDirectory, loadClusterWeights, loadData } from '../bin/compile-data.ts';
import { countingClient, type Spent } from './support/counting-client.ts';
import { eventReports, type Report } from './support/made-up-events.ts';
import { putsInBatches } from './support/puts-in-batches.ts';

const sizes = process.argv.slice(2).map(Number);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const windowMs = 8 * 86_400_000;
const measuredStories = 400;

const tag = createTagger(loadData(dataDirectory).rules);
const rules = createClusterer(loadClusterWeights(dataDirectory));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const sightOf = (report: Report) => ({
  id: report.id,
  feed: { id: report.outlet, source: report.outlet, kind: 'trade' as const },
  trace: 'bench',
  sequence: 1,
  seenAt: new Date(report.at).toISOString(),
  firstPoll: false,
  handedDay: null,
  retentionDays: 365,
  taxonomyVersion: 1,
  tag,
});
const entryOf = ({ id, title, summary, outlet, at }: Report) => ({
  key: id,
  hash: id,
  title,
  summary,
  url: `https://${outlet}.example/news/2026/${id}`,
  published: new Date(at).toISOString(),
  updated: null,
  authors: ['A. Reporter'],
  categories: [],
  lang: 'en',
});

/** Puts so many stories into the window, each alone: claimed and announced, without the listings that nobody reads here. */
async function seed(table: Table, reports: readonly Report[]): Promise<void> {
  const batches = putsInBatches(table.client);
  const seeded = { ...table, client: batches.client };
  const [stories, clusters] = [createDynamoStoryWriter(seeded), createDynamoClusterStore(seeded)];
  for (const report of reports) {
    const decision = decideStory(entryOf(report), null, sightOf(report));
    if (decision.kind !== 'create') throw new Error(`Expected a new story, got ${decision.kind}`);
    const { story } = decision;
    await stories.claim(story);
    await clusters.announce(announcedLine(story), rules.keysOf(storyLine(story)).announced);
  }
  await batches.end();
}

/** What the rules were given and how long they took, in milliseconds. */
interface RulesWork {
  readonly keysMs: number;
  readonly relatedMs: number;
  readonly placeMs: number;
  readonly candidates: number;
  readonly related: number;
  readonly clusters: number;
  readonly members: number;
}

/** The rules with what they are given and the time they take. */
function watched({ keysOf, related, place }: Clusterer) {
  const work = { keysMs: 0, relatedMs: 0, placeMs: 0, candidates: 0, related: 0, clusters: 0, members: 0 };
  const timing =
    <Args extends unknown[], Result>(
      name: 'keysMs' | 'relatedMs' | 'placeMs',
      rule: (...args: Args) => Result,
    ) =>
    (...args: Args): Result => {
      const from = performance.now();
      const result = rule(...args);
      work[name] += performance.now() - from;
      return result;
    };
  const timedRelated = timing('relatedMs', related);
  const timedPlace = timing('placeMs', place);
  const clusterer: Clusterer = {
    keysOf: timing('keysMs', keysOf),
    related: (line, candidates) => {
      work.candidates += candidates.length;
      return timedRelated(line, candidates);
    },
    place: (input) => {
      work.related += input.related.length;
      work.clusters += input.clusters.length;
      work.members += input.clusters.reduce((sum, { members }) => sum + members.length, 0);
      return timedPlace(input);
    },
  };
  return { clusterer, work: (): RulesWork => work };
}

/** What one story came to; `findUnits` are the read units of asking the keys. */
type Measured = Spent & RulesWork & { readonly findUnits: number };

const kindOf = (story: Story | null): string => {
  if (story === null) return 'none';
  if (story.original !== undefined) return 'copy';
  return story.cluster === null ? 'alone' : 'joins';
};

async function measure(stories: number) {
  const engine = await startEmbeddedEngine({ directory: null });
  await ensureTable(engine.client, 'sitrep');
  const table: Table = { client: engine.client, name: 'sitrep', clock: () => now, retentionDays: 365 };
  const reports = eventReports({
    stories: stories + measuredStories,
    from: now - windowMs + 60_000,
    to: now,
  });
  await seed(table, reports.slice(0, stories));
  const counting = countingClient(engine.client);
  const counted = { ...table, client: counting.client };
  const deps = {
    stories: createDynamoStoryWriter(counted),
    log: silent,
  };
  const finding = createDynamoClusterStore(counted);
  const rows = new Map<string, Measured[]>();
  for (const report of reports.slice(stories)) {
    const { clusterer, work } = watched(rules);
    let findUnits = 0;
    const clusters: ClusterStore = {
      ...finding,
      candidates: async (keys, since) => {
        const before = counting.spent().readUnits;
        const found = await finding.candidates(keys, since);
        findUnits += counting.spent().readUnits - before;
        return found;
      },
    };
    counting.reset();
    await ingestEntry({ ...deps, clusters, clusterer }, entryOf(report), sightOf(report));
    const spent = { ...counting.spent(), findUnits, ...work() };
    const kind = kindOf(await createDynamoStoryWriter(table).current(report.id));
    rows.set(kind, [...(rows.get(kind) ?? []), spent]);
  }
  await engine.stop();
  return [...rows].map(([kind, spents]) => ({
    'in the window': stories,
    'the story': kind,
    ...meansOf(spents),
  }));
}

function meansOf(spents: readonly Measured[]) {
  const mean = (of: (spent: Measured) => number): number =>
    Math.round((10 * spents.reduce((sum, spent) => sum + of(spent), 0)) / spents.length) / 10;
  const most = (of: (spent: Measured) => number): number => Math.round(Math.max(...spents.map(of)));
  return {
    stories: spents.length,
    reads: mean(({ reads }) => reads),
    RU: mean(({ readUnits }) => readUnits),
    'most RU': most(({ readUnits }) => readUnits),
    'RU of finding': mean(({ findUnits }) => findUnits),
    writes: mean(({ writes }) => writes),
    WU: mean(({ writeUnits }) => writeUnits),
    'WU of listings': mean(({ listingUnits }) => listingUnits),
    candidates: mean(({ candidates }) => candidates),
    related: mean(({ related }) => related),
    members: mean(({ members }) => members),
    'ms of keys': mean(({ keysMs }) => keysMs),
    'ms of related': mean(({ relatedMs }) => relatedMs),
    'ms of placing': mean(({ placeMs }) => placeMs),
  };
}

const table = [];
for (const size of sizes.length > 0 ? sizes : [1_000, 10_000]) table.push(...(await measure(size)));
console.table(table);
process.exit(0);
