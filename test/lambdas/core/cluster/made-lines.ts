import { readFileSync } from 'node:fs';
import { readClusterWeights } from '../../../../lambdas/core/catalogue/read-cluster-weights.ts';
import type { ClusterWeights } from '../../../../lambdas/core/cluster/weights.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';

/** The weights of this checkout. */
export function ownWeights(): ClusterWeights {
  const file = new URL('../../../../data/cluster-weights.json', import.meta.url);
  const reading = readClusterWeights(readFileSync(file, 'utf8'), 'cluster-weights.json');
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.weights;
}

/** A line with the fields that matter to a test; the others are of a plain general story of its own source. */
export function madeLine(fields: Partial<StoryLine> & { readonly id: string }): StoryLine {
  const published = fields.published ?? '2026-03-02T06:00:00.000Z';
  return {
    title: 'A title',
    url: null,
    source: `source-${fields.id}`,
    kind: 'general',
    updated: published,
    firstSeen: published,
    sortTime: published,
    revision: 1,
    summary: '',
    authors: [],
    lang: 'en',
    copies: [],
    cluster: null,
    feeds: [],
    relevance: 'core',
    topics: [],
    countries: [],
    organisations: [],
    people: [],
    systems: [],
    operations: [],
    ...fields,
    published,
  };
}
