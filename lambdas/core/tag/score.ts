import type { Evidence, Relevance, TopicTag } from '../words/story.ts';
import { evidenceAt } from './field-matches.ts';
import type { ReadField } from './field-matches.ts';
import { readRules } from './rule-reading.ts';
import type { RuledTopic, RuleReading } from './rule-reading.ts';
import type { TaggingRules } from './rules.ts';
import { relevanceOutput } from './topic-model.ts';
import type { ModelReading, TopicModel } from './topic-model.ts';

/** A topic is given from here on, and a story is about defence from here on. */
const scoreMin = 0.5;

/** A topic this far behind the best one is a side remark. Measured on labelled stories. */
const shareOfBestMin = 0.5;

/** A story about defence gets its best topic even if that one falls a little short. Measured on labelled stories. */
const bestScoreMin = 0.44;

const peripheralMin = 0.45;

/** How steeply a score rises with the margin; it changes how scores look and not which topics are given. */
const slope = 2.5;

const topicsMax = 4;
const evidenceMax = 5;

/** How much the rules add to the model's margin for a topic, and for relevance. Measured by cross-validation. */
export const ruleWeights = { topic: 1, topicCentre: 0.3, relevance: 2, relevanceCentre: 0.5 } as const;

/** What a text is about: relevance, and up to four topics, best first. A text that is not about defence has none. */
export interface Verdict {
  readonly relevance: Relevance;
  readonly topics: readonly TopicTag[];
}

/** A topic with the score by which it is or is not given, for explaining. */
export interface ScoredTopic {
  readonly index: number;
  readonly score: number;
  readonly ruled: RuledTopic | undefined;
}

/** Everything the verdict is made of. */
export interface Judgement {
  readonly relevanceScore: number;
  readonly relevance: Relevance;
  /** All topics that anything speaks for, best first. */
  readonly scored: readonly ScoredTopic[];
  readonly given: readonly ScoredTopic[];
  readonly learnt: ModelReading | null;
}

/** Judges a text by what rules and model say of its fields. Pure arithmetic; never throws. */
export function judge(
  fields: readonly ReadField[],
  rules: TaggingRules,
  model: TopicModel | null,
): Judgement {
  const ruled = readRules(fields, rules);
  const learnt = model === null ? null : model.read(fields);
  const relevanceScore = relevanceScoreOf(ruled, learnt, model);
  const relevance = relevanceOf(relevanceScore);
  const scored = scoredTopics(rules, { ruled, learnt, model });
  return { relevanceScore, relevance, scored, given: relevance === 'core' ? given(scored) : [], learnt };
}

/** The topics given, with the words that speak for each, strongest first. */
export function verdictOf(
  { relevance, given: topics, learnt }: Judgement,
  rules: TaggingRules,
  model: TopicModel | null,
): Verdict {
  return { relevance, topics: topicTags(topics, { rules, model, learnt }) };
}

/** Scored topics as tags with their evidence. */
export function topicTags(
  topics: readonly ScoredTopic[],
  about: { readonly rules: TaggingRules } & Pick<Readings, 'model' | 'learnt'>,
): TopicTag[] {
  return topics.map(({ index, score, ruled }) => {
    const topic = about.rules.topics[index]?.slug ?? '';
    return { topic, score: Math.round(score * 1000) / 1000, evidence: evidenceOf(topic, ruled, about) };
  });
}

/** The rules' score as the model adds to it: less the further a topic is behind the best one. */
export function ruleShare(score: number, best: number): number {
  return score * (0.3 + (0.7 * score) / Math.max(best, 1e-9));
}

function relevanceScoreOf(
  { subject }: RuleReading,
  learnt: ModelReading | null,
  model: TopicModel | null,
): number {
  const output = model?.outputs.get(relevanceOutput);
  if (learnt === null || output === undefined) return subject;
  return logistic(
    (learnt.margins[output] ?? 0) + ruleWeights.relevance * (subject - ruleWeights.relevanceCentre),
  );
}

function relevanceOf(score: number): Relevance {
  if (score >= scoreMin) return 'core';
  return score >= peripheralMin ? 'peripheral' : 'none';
}

interface Readings {
  readonly ruled: RuleReading;
  readonly learnt: ModelReading | null;
  readonly model: TopicModel | null;
}

/** A topic the model was not trained for has the score of its rules. */
function scoredTopics(rules: TaggingRules, { ruled, learnt, model }: Readings): ScoredTopic[] {
  const byIndex = new Map(ruled.topics.map((topic) => [topic.index, topic]));
  const best = Math.max(0, ...ruled.topics.map(({ score }) => score));
  const scored: ScoredTopic[] = [];
  rules.topics.forEach(({ slug }, index) => {
    if (ruled.excluded.has(index)) return;
    const own = byIndex.get(index);
    const output = model?.outputs.get(slug);
    if (learnt === null || output === undefined) {
      if (own !== undefined) scored.push({ index, score: own.score, ruled: own });
      return;
    }
    const rule = ruleWeights.topic * (ruleShare(own?.score ?? 0, best) - ruleWeights.topicCentre);
    scored.push({ index, score: logistic((learnt.margins[output] ?? 0) + rule), ruled: own });
  });
  return scored.sort((one, other) => other.score - one.score || one.index - other.index);
}

function logistic(margin: number): number {
  return 1 / (1 + Math.exp(-slope * margin));
}

function given(scored: readonly ScoredTopic[]): ScoredTopic[] {
  const [best] = scored;
  if (best === undefined || best.score < bestScoreMin) return [];
  const bar = Math.max(scoreMin, best.score * shareOfBestMin);
  return [best, ...scored.slice(1, topicsMax).filter(({ score }) => score >= bar)];
}

interface Reason {
  readonly field: ReadField;
  readonly from: number;
  readonly to: number;
  readonly strength: number;
}

function evidenceOf(
  topic: string,
  ruled: RuledTopic | undefined,
  { learnt, model }: Pick<Readings, 'learnt' | 'model'>,
): Evidence[] {
  const reasons: Reason[] = (ruled?.signs ?? []).map(({ field, finding, weight }) => ({
    field,
    from: finding.from,
    to: finding.to,
    strength: weight,
  }));
  const output = model?.outputs.get(topic);
  if (model !== null && output !== undefined)
    for (const { field, from, to, row, value } of learnt?.features ?? []) {
      const strength = value * model.weight(row, output);
      if (strength > 0) reasons.push({ field, from, to, strength });
    }
  return withoutRepeats(reasons).map(({ field, from, to }) => evidenceAt(field, from, to));
}

/** Reasons much weaker than the strongest say nothing to a reader. */
const strengthShareMin = 0.25;

/** The strongest reasons, no token told twice. */
function withoutRepeats(reasons: readonly Reason[]): Reason[] {
  const told = new Set<number>();
  const kept: Reason[] = [];
  for (const reason of [...reasons].sort((one, other) => other.strength - one.strength)) {
    const strongest = kept[0]?.strength ?? 0;
    if (kept.length === evidenceMax || reason.strength < strongest * strengthShareMin) break;
    const side = reason.field.field === 'title' ? 0 : 1;
    const tokens = Array.from(
      { length: reason.to - reason.from },
      (_, offset) => (reason.from + offset) * 2 + side,
    );
    if (tokens.some((token) => told.has(token))) continue;
    for (const token of tokens) told.add(token);
    kept.push(reason);
  }
  return kept;
}
