import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ClusterLoop } from '../../../../bench/support/cluster-loop.ts';
import { bcubed, clusterScores } from '../../../../bench/support/cluster-scores.ts';
import { seededChance } from '../../../../bench/support/made-up-news.ts';
import { dataDirectory, loadData } from '../../../../bin/compile-data.ts';
import { readLabelledReports } from '../../../../bin/train/labelled-events.ts';
import { createClusterer, relatedMax } from '../../../../lambdas/core/cluster/clusterer.ts';
import { createTagger } from '../../../../lambdas/core/tag/tag.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine, ownWeights } from './made-lines.ts';

const weights = ownWeights();
const clusterer = createClusterer(weights);
const file = fileURLToPath(new URL('../../../../data/labelled/events/evaluation.ndjson', import.meta.url));
const reports = readLabelledReports(file, createTagger(loadData(dataDirectory).rules)) ?? [];

/** The cluster of each report when they arrive in this order. */
function arrived(lines: readonly StoryLine[]): ClusterLoop {
  const loop = new ClusterLoop(clusterer, { announcedMax: 2, perKeyMax: 40 });
  for (const line of lines) loop.arrive(line);
  return loop;
}

const inTime = reports.map(({ line }) => line).sort((one, other) => (one.sortTime < other.sortTime ? -1 : 1));

describe('the clusterer', () => {
  it('refuses weights of another version', () => {
    expect(() => createClusterer({ ...weights, version: 0 })).toThrow(/version/);
  });

  it('gives related stories strongest first, without the story itself, repeats, or more than its bound', () => {
    const line = madeLine({ id: 'x', title: 'Frigate rams tanker in Hjeltefjord', countries: ['NO'] });
    const others = Array.from({ length: 40 }, (_, index) => ({
      ...line,
      id: `c${index}`,
      source: `s${index}`,
    }));
    const stranger = madeLine({ id: 'z', title: 'General resigns in Lima', countries: ['PE'] });
    const related = clusterer.related(line, [stranger, line, ...others, ...others]);
    expect(related).toHaveLength(relatedMax);
    expect(related).not.toContain(stranger);
    expect(related).not.toContain(line);
    expect(clusterer.related(line, others.toReversed()).map(({ id }) => id)).toEqual(
      related.map(({ id }) => id),
    );
  });

  it('reaches its floor on labelled reports that it has not learnt from', () => {
    const loop = arrived(inTime);
    const scores = clusterScores(
      reports.map(({ line, ...labels }) => {
        const placed = loop.lines.get(line.id);
        const place = { cluster: placed?.cluster ?? line.id, copyOf: placed?.original?.id ?? line.id };
        return { id: line.id, ...labels, ...place, at: Date.parse(line.sortTime) };
      }),
    );
    expect(reports.length).toBeGreaterThan(300);
    expect(scores.bcubed.f1).toBeGreaterThan(0.9);
    expect(scores.bcubed.precision).toBeGreaterThan(0.95);
    expect(scores.copies.wrong).toEqual([]);
  });

  it('divides the reports nearly alike whatever the order of arrival', () => {
    const [one, other] = [1, 2].map((seed) => {
      const chance = seededChance(seed);
      const mixed = inTime.map((line) => [chance(), line] as const).sort(([a], [b]) => a - b);
      return arrived(
        mixed.map(([, line], at) => ({ ...line, firstSeen: new Date(1e12 + at * 1000).toISOString() })),
      );
    });
    const cluster = (loop: ClusterLoop | undefined) => (line: StoryLine) =>
      loop?.lines.get(line.id)?.cluster ?? line.id;
    expect(bcubed(inTime, cluster(one), cluster(other)).f1).toBeGreaterThan(0.97);
  });

  it('keeps every copy in the cluster of its original, and every cluster under the id of a member', () => {
    const loop = arrived(inTime);
    for (const line of loop.lines.values()) {
      if (line.original !== undefined) expect(loop.lines.get(line.original.id)?.cluster).toBe(line.cluster);
      if (line.cluster !== null) expect(loop.lines.get(line.cluster)?.cluster).toBe(line.cluster);
    }
  });
});
