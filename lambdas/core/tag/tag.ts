import type { Tags } from '../words/story.ts';
import { readField } from './field-matches.ts';
import type { ReaderTables } from './field-matches.ts';
import { createMatcher } from './matcher.ts';
import { namesIn } from './names.ts';
import type { Gap, TaggingRules } from './rules.ts';
import { judge } from './score.ts';

/** The text of a story as the tagger reads it: plain text, no markup. */
export interface TaggableText {
  readonly title: string;
  readonly summary: string;
}

export type Tagger = (text: TaggableText) => Tags;

/**
 * Makes a tagger of compiled rules. Building takes the time of one trie; tagging is linear in the text and never
 * throws, whatever the text holds. Evidence gives the words and where they stand, in code units of their field.
 * A text that is not about defence has no topics and no names. Source: taxonomy rules in `data/topics.yaml`.
 */
export function createTagger(rules: TaggingRules): Tagger {
  const tables: ReaderTables = {
    rules,
    matcher: createMatcher(rules.patterns),
    gapsBySecond: gapsBySecond(rules.gaps),
  };
  return ({ title, summary }) => {
    const fields = [readField('title', title, tables), readField('summary', summary, tables)];
    return { ...judge(fields, rules), ...namesIn(fields, rules) };
  };
}

function gapsBySecond(gaps: readonly Gap[]): ReadonlyMap<number, readonly Gap[]> {
  const groups = new Map<number, Gap[]>();
  for (const gap of gaps) groups.set(gap.second, [...(groups.get(gap.second) ?? []), gap]);
  return groups;
}
