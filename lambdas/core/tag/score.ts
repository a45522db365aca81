import type { Evidence, Relevance, TopicTag } from '../words/story.ts';
import { combined } from './combine.ts';
import type { Finding, ReadField } from './field-matches.ts';
import type { RuleTopic, TaggingRules } from './rules.ts';

/** Headlines say what a story reports; a summary also says what surrounds it. */
const fieldWeights = { title: 1, summary: 0.7 } as const;

/** The same words in both fields are one sign said twice, so the second saying counts for part. */
const repeatWeight = 0.4;

/** A topic is given from here on; the weight of one likely phrase in a title. Measured on labelled stories. */
const scoreMin = 0.5;

/** A topic this far behind the best one is a side remark. Measured on labelled stories. */
const shareOfBestMin = 0.7;

/** Everyday words count as defence words once this much else says that the story is about defence. */
const gateMin = 0.4;

const coreMin = 0.55;
const peripheralMin = 0.45;

/** Signs of sport, film, cars or crime weigh a little less than signs of defence: armies play football too. */
const civilShare = 0.85;

const topicsMax = 4;
const evidenceMax = 5;

interface Sign {
  readonly weight: number;
  readonly evidence: readonly Evidence[];
}

/** What a text is about: relevance, and up to four topics, best first. A text that is not about defence has none. */
export interface Verdict {
  readonly relevance: Relevance;
  readonly topics: readonly TopicTag[];
}

/** Judges a text by everything found in its fields. Pure arithmetic over the findings; never throws. */
export function judge(fields: readonly ReadField[], rules: TaggingRules): Verdict {
  const findings = fields.flatMap((field) => field.findings);
  const defence = strengthOf(findings, (finding) => finding.concept.defence ?? 0);
  const civil = strengthOf(findings, (finding) => finding.concept.civil ?? 0);
  const subject = defence * (1 - civil * civilShare);
  const relevance = relevanceOf(subject);
  if (relevance !== 'core') return { relevance, topics: [] };
  const present = new Set(findings.map((finding) => finding.id));
  const signs = signsByTopic(findings);
  const scored = [...signs].flatMap(([index, byConcept]): TopicTag[] => {
    const topic = rules.topics[index];
    if (topic === undefined || !mayScore(topic, subject, present)) return [];
    const score = combined([...byConcept.values()].map((sign) => sign.weight));
    const evidence = [...byConcept.values()].flatMap((sign) => sign.evidence).slice(0, evidenceMax);
    return [{ topic: topic.slug, score: Math.round(score * 1000) / 1000, evidence }];
  });
  return { relevance, topics: best(scored) };
}

function mayScore(topic: RuleTopic, subject: number, present: ReadonlySet<number>): boolean {
  if (topic.needsDefence && subject < gateMin) return false;
  return !topic.not.some((concept) => present.has(concept));
}

function relevanceOf(subject: number): Relevance {
  if (subject >= coreMin) return 'core';
  return subject >= peripheralMin ? 'peripheral' : 'none';
}

function best(scored: readonly TopicTag[]): TopicTag[] {
  const ordered = [...scored].sort(
    (one, other) => other.score - one.score || (one.topic < other.topic ? -1 : 1),
  );
  const bar = Math.max(scoreMin, (ordered[0]?.score ?? 0) * shareOfBestMin);
  return ordered.filter((topic) => topic.score >= bar).slice(0, topicsMax);
}

/** How strongly all findings together speak for something, each meaning counted once per field. */
function strengthOf(findings: readonly Finding[], weightOf: (finding: Finding) => number): number {
  const strongest = new Map<string, number>();
  for (const finding of findings) {
    const key = `${finding.evidence.field === 'title' ? 't' : 's'}${finding.id}`;
    const weight = weightOf(finding) * fieldWeight(finding);
    if (weight > (strongest.get(key) ?? 0)) strongest.set(key, weight);
  }
  return combined(strongest.values());
}

/** A finding as one topic sees it. */
interface Weighted {
  readonly finding: Finding;
  readonly weight: number;
}

/** The signs of each topic, strongest first; words that a stronger sign already took count no second time. */
function signsByTopic(findings: readonly Finding[]): Map<number, Map<number, Sign>> {
  const weighted = new Map<number, Weighted[]>();
  for (const finding of findings)
    for (const [topic, weight] of finding.concept.topics ?? []) {
      const list = weighted.get(topic) ?? [];
      list.push({ finding, weight: weight * fieldWeight(finding) });
      weighted.set(topic, list);
    }
  return new Map([...weighted].map(([topic, list]) => [topic, signsOf(list)]));
}

function signsOf(list: readonly Weighted[]): Map<number, Sign> {
  const taken = new Set<string>();
  const signs = new Map<number, Sign>();
  for (const { finding, weight } of [...list].sort((one, other) => other.weight - one.weight)) {
    const words = wordsOf(finding);
    if (words.every((word) => taken.has(word))) continue;
    for (const word of words) taken.add(word);
    const known = signs.get(finding.id);
    signs.set(finding.id, known === undefined ? first(finding, weight) : again(known, finding, weight));
  }
  return signs;
}

function wordsOf({ evidence, from, to }: Finding): string[] {
  return Array.from({ length: to - from }, (_, index) => `${evidence.field}${from + index}`);
}

function first(finding: Finding, weight: number): Sign {
  return { weight, evidence: [finding.evidence] };
}

function again(known: Sign, finding: Finding, weight: number): Sign {
  const isOtherField = known.evidence[0]?.field !== finding.evidence.field;
  const alreadyAgain = known.evidence.some(({ field }) => field === finding.evidence.field);
  const counts = isOtherField && !alreadyAgain;
  return {
    weight: counts ? combined([known.weight, weight * repeatWeight]) : known.weight,
    evidence: known.evidence.length < evidenceMax ? [...known.evidence, finding.evidence] : known.evidence,
  };
}

function fieldWeight(finding: Finding): number {
  return finding.evidence.field === 'title' ? fieldWeights.title : fieldWeights.summary;
}
