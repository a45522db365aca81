import type { Evidence } from '../words/story.ts';
import type { Matcher } from './matcher.ts';
import type { Concept, Gap, Layer, TaggingRules } from './rules.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A concept found in a field, with the words that say so. */
export interface Finding {
  readonly id: number;
  readonly concept: Concept;
  readonly from: number;
  readonly to: number;
  readonly evidence: Evidence;
}

/** One field of a text, read: its tokens and what was found in it, in order. */
export interface ReadField {
  readonly field: 'title' | 'summary';
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly findings: readonly Finding[];
}

/** What compiled rules look like to the reader: concepts by number and gaps by the number of their later part. */
export interface ReaderTables {
  readonly rules: TaggingRules;
  readonly matcher: Matcher;
  readonly gapsBySecond: ReadonlyMap<number, readonly Gap[]>;
}

interface Span {
  readonly id: number;
  readonly concept: Concept;
  readonly from: number;
  readonly to: number;
}

/**
 * Everything a field says, overlaps settled: what a mask covers is dropped; within names, and within subject words,
 * a shorter phrase inside a longer one is dropped; subject words inside a longer name are dropped, because the name
 * says for itself what it implies. Spans of phrases with a gap never hide others. Linear in the field.
 */
export function readField(field: 'title' | 'summary', text: string, tables: ReaderTables): ReadField {
  const { rules, matcher, gapsBySecond } = tables;
  const tokens = tokensOf(text);
  const spans = matcher(tokens).flatMap(({ concept: id, from, to }): Span[] => {
    const concept = rules.concepts[id];
    return concept === undefined ? [] : [{ id, concept, from, to }];
  });
  const unmasked = withoutCovered(spans, tokens.length);
  const parts = unmasked.filter((span) => span.concept.layer === 'part');
  const whole = unmasked.filter((span) => span.concept.layer !== 'part');
  const settled = [...longestOnly(whole, tokens.length), ...joinGaps(parts, gapsBySecond, rules)];
  const evidenceOf = ({ from, to }: Span): Evidence => {
    const at = tokens[from]?.start ?? 0;
    return { field, words: text.slice(at, tokens[to - 1]?.end ?? at), at };
  };
  const findings = settled
    .map((span) => ({ ...span, evidence: evidenceOf(span) }))
    .sort((one, other) => one.from - other.from || other.to - one.to);
  return { field, text, tokens, findings };
}

/** Drops masks and every span strictly inside one; what covers the same words as a mask says what they do mean. */
function withoutCovered(spans: readonly Span[], tokenCount: number): Span[] {
  const masks = spans.filter((span) => span.concept.layer === 'mask');
  if (masks.length === 0) return [...spans];
  const reach = reachOf(masks, tokenCount);
  return spans.filter((span) => span.concept.layer !== 'mask' && !isStrictlyInside(span, reach));
}

/** Drops spans strictly inside a longer one of the same group; names and services hide subject words too. */
function longestOnly(spans: readonly Span[], tokenCount: number): Span[] {
  const isName = (layer: Layer) => layer === 'name' || layer === 'service';
  const names = spans.filter((span) => isName(span.concept.layer));
  const nameReach = reachOf(names, tokenCount);
  const wordReach = reachOf(spans, tokenCount);
  return spans.filter((span) => !isStrictlyInside(span, isName(span.concept.layer) ? nameReach : wordReach));
}

function isStrictlyInside({ from, to }: Span, reach: readonly number[]): boolean {
  const furthest = reach[from] ?? 0;
  return furthest > to || (furthest === to && (reach[from - 1] ?? 0) >= to);
}

/** For each token, the furthest end of a span that begins at it or before it and still covers it. */
function reachOf(spans: readonly Span[], tokenCount: number): number[] {
  const reach: number[] = Array.from({ length: tokenCount }, () => 0);
  for (const { from, to } of spans) reach[from] = Math.max(reach[from] ?? 0, to);
  for (let at = 1; at < tokenCount; at += 1) reach[at] = Math.max(reach[at] ?? 0, reach[at - 1] ?? 0);
  return reach;
}

/** Joins the parts of phrases with a gap: each later part with the nearest earlier one, if that is near enough. */
function joinGaps(
  parts: readonly Span[],
  gapsBySecond: ReadonlyMap<number, readonly Gap[]>,
  rules: TaggingRules,
): Span[] {
  const latest = new Map<number, Span>();
  const joined: Span[] = [];
  for (const part of parts) {
    for (const gap of gapsBySecond.get(part.id) ?? []) {
      const first = latest.get(gap.first);
      const concept = rules.concepts[gap.concept];
      if (first === undefined || concept === undefined || part.from < first.to) continue;
      if (part.from - first.to <= gap.tokensMax)
        joined.push({ id: gap.concept, concept, from: first.from, to: part.to });
    }
    latest.set(part.id, part);
  }
  return joined;
}
