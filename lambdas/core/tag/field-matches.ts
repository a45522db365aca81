import type { Evidence } from '../words/story.ts';
import type { Match, Matcher } from './matcher.ts';
import type { Concept, Gap } from './rules.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A concept found in a field and the tokens that say so, `to` exclusive. */
export interface Finding {
  readonly id: number;
  readonly concept: Concept;
  readonly from: number;
  readonly to: number;
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
  readonly concepts: readonly Concept[];
  readonly matcher: Matcher;
  readonly gapsBySecond: ReadonlyMap<number, readonly Gap[]>;
}

/**
 * Everything a field says, overlaps settled: what a mask covers is dropped; within names, and within subject words,
 * a shorter phrase inside a longer one is dropped; subject words inside a longer name are dropped, because the name
 * says for itself what it implies. Word classes and phrases with a gap never hide others. Linear in the field.
 */
export function readField(field: 'title' | 'summary', text: string, tables: ReaderTables): ReadField {
  const { concepts, matcher } = tables;
  const tokens = tokensOf(text);
  const spans = unmasked(matcher(tokens), concepts, tokens.length);
  const findings = longestOnly(spans, tokens.length);
  joinGaps(spans, tables, findings);
  findings.sort((one, other) => one.from - other.from || other.to - one.to);
  return { field, text, tokens, findings };
}

/** The words of a field between two tokens, `to` exclusive, and where they stand. */
export function evidenceAt({ field, text, tokens }: ReadField, from: number, to: number): Evidence {
  const at = tokens[from]?.start ?? 0;
  return { field, words: text.slice(at, tokens[to - 1]?.end ?? at), at };
}

/** Drops masks and every span strictly inside one; what covers the same words as a mask says what they do mean. */
function unmasked(matches: readonly Match[], concepts: readonly Concept[], tokenCount: number): Finding[] {
  const masks = new Reach(tokenCount);
  let hasMask = false;
  for (const { concept, from, to } of matches)
    if (concepts[concept]?.layer === 'mask') {
      masks.add(from, to);
      hasMask = true;
    }
  if (hasMask) masks.close();
  const spans: Finding[] = [];
  for (const { concept: id, from, to } of matches) {
    const concept = concepts[id];
    if (concept === undefined || concept.layer === 'mask') continue;
    if (!(hasMask && masks.hides(from, to))) spans.push({ id, concept, from, to });
  }
  return spans;
}

/** Drops spans strictly inside a longer one of the same group; names and services hide subject words too. */
function longestOnly(spans: readonly Finding[], tokenCount: number): Finding[] {
  const names = new Reach(tokenCount);
  const all = new Reach(tokenCount);
  for (const { concept, from, to } of spans) {
    if (concept.layer === 'part' || concept.layer === 'class') continue;
    if (concept.layer === 'name' || concept.layer === 'service') names.add(from, to);
    all.add(from, to);
  }
  names.close();
  all.close();
  return spans.filter(({ concept, from, to }) => {
    if (concept.layer === 'part') return false;
    const longer = concept.layer === 'topic' || concept.layer === 'context' ? all : names;
    return !longer.hides(from, to);
  });
}

/** For each token, the furthest end of a span that begins at it or before it. */
class Reach {
  readonly #ends: Int32Array;

  constructor(tokenCount: number) {
    this.#ends = new Int32Array(tokenCount);
  }

  add(from: number, to: number): void {
    if (to > (this.#ends[from] ?? 0)) this.#ends[from] = to;
  }

  /** After the last span: carries each end on to the tokens behind its beginning. */
  close(): void {
    const ends = this.#ends;
    for (let at = 1; at < ends.length; at += 1) ends[at] = Math.max(ends[at] ?? 0, ends[at - 1] ?? 0);
  }

  /** Is this span strictly inside a longer one? */
  hides(from: number, to: number): boolean {
    const furthest = this.#ends[from] ?? 0;
    return furthest > to || (furthest === to && (this.#ends[from - 1] ?? 0) >= to);
  }
}

/** Adds the phrases with a gap: each later part with the nearest earlier one, if that is near enough. */
function joinGaps(
  spans: readonly Finding[],
  { concepts, gapsBySecond }: ReaderTables,
  into: Finding[],
): void {
  const latest = new Map<number, Finding>();
  for (const part of spans) {
    if (part.concept.layer !== 'part') continue;
    for (const gap of gapsBySecond.get(part.id) ?? []) {
      const first = latest.get(gap.first);
      const concept = concepts[gap.concept];
      if (first === undefined || concept === undefined || part.from < first.to) continue;
      if (part.from - first.to <= gap.tokensMax)
        into.push({ id: gap.concept, concept, from: first.from, to: part.to });
    }
    latest.set(part.id, part);
  }
}
