import { combined } from './combine.ts';
import type { Finding, ReadField } from './field-matches.ts';
import type { RuleTopic, TaggingRules } from './rules.ts';

/** Headlines say what a story reports; a summary also says what surrounds it. */
const fieldWeights = { title: 1, summary: 0.7 } as const;

/** The same words in both fields are one sign said twice, so the second saying counts for part. */
const repeatWeight = 0.4;

/** Everyday words count as defence words once this much else says that the story is about defence. */
const gateMin = 0.4;

/** Signs of sport, film, cars or crime weigh a little less than signs of defence: armies play football too. */
const civilShare = 0.85;

/** A finding as one topic sees it, in its field. */
export interface Sign {
  readonly field: ReadField;
  readonly finding: Finding;
  readonly weight: number;
}

/** A topic the phrases speak for: how much together, 0 to 1, and the signs, strongest first. */
export interface RuledTopic {
  readonly index: number;
  readonly score: number;
  readonly signs: readonly Sign[];
}

/**
 * What the phrases and names of the rules say of a text, in no order: how much it is about defence (`subject`: signs for
 * it less the signs of other subjects), the topics they speak for and the topics they exclude.
 */
export interface RuleReading {
  readonly subject: number;
  readonly topics: readonly RuledTopic[];
  readonly excluded: ReadonlySet<number>;
}

/** Reads a text by everything found in its fields. Pure arithmetic over the findings; never throws. */
export function readRules(fields: readonly ReadField[], rules: TaggingRules): RuleReading {
  const defence = strengthOf(fields, 'defence');
  const civil = strengthOf(fields, 'civil');
  const subject = defence * (1 - civil * civilShare);
  const excluded = excludedTopics(fields, rules);
  const topics: RuledTopic[] = [];
  for (const [index, list] of signsByTopic(fields)) {
    const topic = rules.topics[index];
    if (topic === undefined || excluded.has(index) || !isOpen(topic, subject)) continue;
    const signs = distinct(list);
    topics.push({ index, score: scoreOf(signs), signs });
  }
  return { subject, topics, excluded };
}

function isOpen(topic: RuleTopic, subject: number): boolean {
  return !topic.needsDefence || subject >= gateMin;
}

function excludedTopics(fields: readonly ReadField[], rules: TaggingRules): Set<number> {
  const present = new Set<number>();
  for (const { findings } of fields) for (const { id } of findings) present.add(id);
  const excluded = new Set<number>();
  rules.topics.forEach(({ not }, index) => {
    if (not.some((concept) => present.has(concept))) excluded.add(index);
  });
  return excluded;
}

/** How strongly all findings together speak for something, each meaning counted once per field. */
function strengthOf(fields: readonly ReadField[], side: 'defence' | 'civil'): number {
  let doubt = 1;
  for (const { field, findings } of fields) {
    const counted = new Set<number>();
    for (const { id, concept } of findings) {
      const weight = concept[side] ?? 0;
      if (weight === 0 || counted.has(id)) continue;
      counted.add(id);
      doubt *= 1 - weight * fieldWeights[field];
    }
  }
  return 1 - doubt;
}

function signsByTopic(fields: readonly ReadField[]): Map<number, Sign[]> {
  const byTopic = new Map<number, Sign[]>();
  for (const field of fields)
    for (const finding of field.findings)
      for (const [topic, weight] of finding.concept.topics ?? []) {
        const sign = { field, finding, weight: weight * fieldWeights[field.field] };
        const list = byTopic.get(topic);
        if (list === undefined) byTopic.set(topic, [sign]);
        else list.push(sign);
      }
  return byTopic;
}

/** Signs strongest first, without those whose words a stronger sign already took. */
function distinct(list: Sign[]): Sign[] {
  if (list.length === 1) return list;
  const taken = new Set<number>();
  return list
    .sort((one, other) => other.weight - one.weight)
    .filter(({ field, finding }) => {
      // The fields number their tokens apart.
      const side = field.field === 'title' ? 0 : 1;
      let isNew = false;
      for (let at = finding.from; at < finding.to; at += 1) {
        if (!taken.has(at * 2 + side)) isNew = true;
        taken.add(at * 2 + side);
      }
      return isNew;
    });
}

/** Signs combined: a meaning counts once, and a little more when the other field says it too. */
function scoreOf(signs: readonly Sign[]): number {
  const [only] = signs;
  if (only === undefined || signs.length === 1) return only?.weight ?? 0;
  const firsts = new Map<number, Sign>();
  const again = new Map<number, number>();
  for (const sign of signs) {
    const { id } = sign.finding;
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, sign);
    else if (first.field !== sign.field && !again.has(id)) again.set(id, sign.weight * repeatWeight);
  }
  return combined([...[...firsts.values()].map((sign) => sign.weight), ...again.values()]);
}
