import type { ReadField } from '../../lambdas/core/tag/field-matches.ts';
import { packIndex } from '../../lambdas/core/tag/packed-index.ts';
import { readRules } from '../../lambdas/core/tag/rule-reading.ts';
import type { TaggingRules } from '../../lambdas/core/tag/rules.ts';
import { ruleShare, ruleWeights } from '../../lambdas/core/tag/score.ts';
import { createTextReader } from '../../lambdas/core/tag/tag.ts';
import { featureKey, featureVersion, textFeatures } from '../../lambdas/core/tag/text-features.ts';
import {
  distinctRows,
  placedFeatures,
  relevanceOutput,
  Vocabulary,
} from '../../lambdas/core/tag/topic-model.ts';
import type { TopicModelData } from '../../lambdas/core/tag/topic-model.ts';
import type { LabelledStory } from './labelled-stories.ts';
import { supportVectorWeights } from './support-vectors.ts';
import type { Example } from './support-vectors.ts';

/** A word counts from two stories on, a pair from three; rarer ones teach the story and not the topic. */
const storiesMin = { word: 2, pair: 3 } as const;

/** Errors on no-stories cost the relevance model more: there are ten times as many yes-stories. */
const costs = { topic: { yes: 0.5, no: 0.5 }, relevance: { yes: 1, no: 3 } } as const;

/** What a topic's margin is moved by, so that 0 is the border that serves best. Measured on labelled stories. */
const borders = { topic: 0.25, relevance: -0.15 } as const;

/** Weights are kept as one signed byte; smaller ones are left out, which changes no figure (measured). */
const unit = 1 / 48;
const stepsMin = 4;

/** Learns the topic model from labelled stories; the same stories and rules give the same model. */
export function learnTopics(stories: readonly LabelledStory[], rules: TaggingRules): TopicModelData {
  const read = createTextReader(rules);
  const texts = stories.map((story) => read(story));
  const slugs = rules.topics.map(({ slug }) => slug);
  const outputs = [relevanceOutput, ...slugs];
  const keys = vocabulary(texts, slugs);
  const biasColumn = keys.length;
  const columnCount = biasColumn + 1;
  const about = { rules, slugs, vocabulary: new Vocabulary(packedKeys(keys)), biasColumn };
  const examples = texts.map((fields) => exampleOf(fields, about));
  const learnt = outputs.map((slug, output) => {
    const labels = labelsOf(stories, slug);
    const cost = slug === relevanceOutput ? costs.relevance : costs.topic;
    return supportVectorWeights(examples, { output, labels, columnCount, cost });
  });
  const bias = learnt.map((weights, output) =>
    rounded((weights[biasColumn] ?? 0) + (output === 0 ? borders.relevance : borders.topic)),
  );
  const trainedOn = { stories: stories.length, taxonomyVersion: rules.version };
  return { featureVersion, trainedOn, outputs, bias, unit, ...packed(keys, learnt) };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Features that enough stories have, in order of the alphabet. */
function vocabulary(texts: readonly (readonly ReadField[])[], slugs: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const fields of texts) {
    const keys = new Set(fields.flatMap((field) => textFeatures(field, slugs).map(featureKey)));
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .filter(([key, count]) => count >= (key.includes(' ') ? storiesMin.pair : storiesMin.word))
    .map(([key]) => key)
    .sort();
}

function exampleOf(
  fields: readonly ReadField[],
  about: {
    readonly rules: TaggingRules;
    readonly slugs: readonly string[];
    readonly vocabulary: Vocabulary;
    readonly biasColumn: number;
  },
): Example {
  const rows = distinctRows(placedFeatures(fields, about.slugs, about.vocabulary));
  const columns = Int32Array.from([...rows.map(({ row }) => row), about.biasColumn]);
  const values = Float64Array.from([...rows.map(({ value }) => value), 1]);
  const { subject, topics } = readRules(fields, about.rules);
  const best = Math.max(0, ...topics.map(({ score }) => score));
  const offsets = new Float64Array(about.slugs.length + 1).fill(-ruleWeights.topic * ruleWeights.topicCentre);
  offsets[0] = ruleWeights.relevance * (subject - ruleWeights.relevanceCentre);
  for (const { index, score } of topics)
    offsets[index + 1] = ruleWeights.topic * (ruleShare(score, best) - ruleWeights.topicCentre);
  return { columns, values, offsets };
}

/** Peripheral stories are neither yes nor no to relevance. */
function labelsOf(stories: readonly LabelledStory[], slug: string): Int8Array {
  return Int8Array.from(stories, ({ relevance, topics }) => {
    if (slug !== relevanceOutput) return topics.includes(slug) ? 1 : -1;
    if (relevance === 'peripheral') return 0;
    return relevance === 'core' ? 1 : -1;
  });
}

const packedKeys = (keys: readonly string[]): string => packIndex(keys.map((key, row) => [key, row]));

function packed(
  keys: readonly string[],
  learnt: readonly Float64Array[],
): Pick<TopicModelData, 'rowCount' | 'keys' | 'rows'> {
  const bytes: number[] = [];
  keys.forEach((_key, row) => {
    const weights = learnt.flatMap((ofOutput, output) => {
      const steps = Math.max(-127, Math.min(127, Math.round((ofOutput[row] ?? 0) / unit)));
      return Math.abs(steps) < stepsMin ? [] : [output, steps & 255];
    });
    const count = weights.length / 2;
    bytes.push(count & 255, count >> 8, ...weights);
  });
  return { rowCount: keys.length, keys: packedKeys(keys), rows: Buffer.from(bytes).toString('base64') };
}
