import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { clusterWeightsVersion } from '../../lambdas/core/cluster/weights.ts';
import type { ClusterWeights } from '../../lambdas/core/cluster/weights.ts';
import type { Tagger } from '../../lambdas/core/tag/tag.ts';
import { createTagger } from '../../lambdas/core/tag/tag.ts';
import { dataDirectory, loadData } from '../compile-data.ts';
import { countryFolds, wordClasses, wordSteps } from './cluster-background.ts';
import type { TaggedText } from './cluster-background.ts';
import { learnKeys } from './event-keys.ts';
import { learnEvidence } from './event-evidence.ts';
import { readLabelledReports } from './labelled-events.ts';

const Labelled = z.object({ title: z.string(), summary: z.string() });

/**
 * `node --import tsx bin/train/learn-events.ts`: learns `data/cluster-weights.json` from `data/labelled/`, the gazetteer and the
 * lexicon as they are now. Run it after a change of these or of `core/cluster`; takes some ten seconds.
 */

/** The background: every labelled story but the reports of events, which would tell of themselves. */
function backgroundTexts(directory: string, tag: Tagger): TaggedText[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ndjson') && !name.startsWith('events'))
    .sort()
    .flatMap((name) => readFileSync(path.join(directory, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { title, summary } = Labelled.parse(JSON.parse(line));
      const { countries, topics } = tag({ title, summary });
      const pairs = countries.flatMap(({ name }) =>
        topics.map(({ topic }) => `@${name.toLowerCase()}|${topic}`),
      );
      return { text: `${title}. ${summary}`, topics: pairs };
    });
}

const tag = createTagger(loadData(dataDirectory).rules);
const texts = backgroundTexts(path.join(dataDirectory, 'labelled'), tag);
const tables = { folds: countryFolds(dataDirectory), classes: wordClasses(dataDirectory) };
const background: ClusterWeights = {
  version: clusterWeightsVersion,
  stories: texts.length,
  words: wordSteps(texts, tables),
  ...tables,
  evidence: [],
  bias: 0,
  keySigns: [],
  keyBias: 0,
};
// What evaluation.ndjson holds is kept for measuring.
const reports = ['training.ndjson', 'angles.ndjson'].flatMap(
  (name) => readLabelledReports(path.join(dataDirectory, 'labelled/events', name), tag) ?? [],
);
const weights: ClusterWeights = {
  ...background,
  ...learnEvidence(reports, background),
  ...learnKeys(reports, background),
};
const file = path.join(dataDirectory, 'cluster-weights.json');
writeFileSync(file, `${JSON.stringify(weights, null, 1)}\n`);
console.log(
  `${path.relative(process.cwd(), file)}: ${texts.length} stories, ${reports.length} reports, ${Math.round(readFileSync(file).length / 1024)} KB`,
);
