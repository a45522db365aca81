import type { Tags } from '../words/story.ts';
import { readField } from './field-matches.ts';
import type { ReaderTables, ReadField } from './field-matches.ts';
import { createMatcher } from './matcher.ts';
import { createNameReader } from './names/name-reader.ts';
import type { Gap, TaggingRules } from './rules.ts';
import { judge, verdictOf } from './score.ts';
import { TopicModel } from './topic-model.ts';

/** The text of a story as the tagger reads it: plain text, no markup. */
export interface TaggableText {
  readonly title: string;
  readonly summary: string;
}

export type Tagger = (text: TaggableText) => Tags;

/**
 * Makes a tagger of compiled rules. Building takes the time of one trie; tagging is linear in the text and never
 * throws, whatever the text holds. Evidence gives the words and where they stand, in code units of their field.
 * A text that is not about defence has no topics. Source: taxonomy rules in `data/topics.yaml`.
 */
export function createTagger(rules: TaggingRules): Tagger {
  const read = createTextReader(rules);
  const model = modelOf(rules);
  const names = createNameReader(rules);
  return (text) => {
    const fields = read(text);
    return { ...verdictOf(judge(fields, rules, model), rules, model), ...names(fields) };
  };
}

/** Reads title and summary into what was found in them: the first half of tagging, shared with training and explaining. */
export function createTextReader(rules: TaggingRules): (text: TaggableText) => readonly ReadField[] {
  const concepts = rules.concepts.flatMap((kind) => rules.kinds[kind] ?? []);
  const tables: ReaderTables = {
    concepts,
    matcher: createMatcher(rules.patterns),
    gapsBySecond: gapsBySecond(rules.gaps),
  };
  return ({ title, summary }) => [readField('title', title, tables), readField('summary', summary, tables)];
}

/** The model of compiled rules; null when they came without one. */
export function modelOf(rules: TaggingRules): TopicModel | null {
  if (rules.model === null) return null;
  return new TopicModel(
    rules.model,
    rules.topics.map(({ slug }) => slug),
  );
}

function gapsBySecond(gaps: readonly Gap[]): ReadonlyMap<number, readonly Gap[]> {
  const groups = new Map<number, Gap[]>();
  for (const gap of gaps) groups.set(gap.second, [...(groups.get(gap.second) ?? []), gap]);
  return groups;
}
