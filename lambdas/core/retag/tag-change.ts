import { type NameKind, nameKinds } from '../tag/rules.ts';
import type { Evidence, Relevance, Tags } from '../words/story.ts';

/** What a story has afterwards and had not before, and the other way round; each name once, in the tagger's order. */
export interface Difference {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** What new tags change for a reader: topics (slugs), names of each kind, and relevance (null: the same). */
export interface TagChange {
  readonly topics: Difference;
  readonly names: Readonly<Record<NameKind, Difference>>;
  readonly relevance: { readonly from: Relevance; readonly to: Relevance } | null;
}

/** What tags a text has now change against those it had. Scores, order and evidence are no part of it (see hasSameTags). */
export function tagChange(before: Tags, after: Tags): TagChange {
  const names = (kind: NameKind): Difference => difference(before[kind].map(nameOf), after[kind].map(nameOf));
  return {
    topics: difference(
      before.topics.map(({ topic }) => topic),
      after.topics.map(({ topic }) => topic),
    ),
    names: {
      countries: names('countries'),
      organisations: names('organisations'),
      people: names('people'),
      systems: names('systems'),
      operations: names('operations'),
    },
    relevance: before.relevance === after.relevance ? null : { from: before.relevance, to: after.relevance },
  };
}

/** Does the story gain or lose anything, or change its relevance? */
export function isGainOrLoss({ topics, names, relevance }: TagChange): boolean {
  const differences = [topics, ...nameKinds.map((kind) => names[kind])];
  return relevance !== null || differences.some(({ gained, lost }) => gained.length + lost.length > 0);
}

/** Are these the same tags to the last score and piece of evidence, in the same order? However the values are laid out. */
export const hasSameTags = (one: Tags, other: Tags): boolean => textOf(one) === textOf(other);

const nameOf = ({ name }: { readonly name: string }): string => name;

function difference(before: readonly string[], after: readonly string[]): Difference {
  const [had, has] = [new Set(before), new Set(after)];
  return {
    gained: [...has].filter((name) => !had.has(name)),
    lost: [...had].filter((name) => !has.has(name)),
  };
}

/** The tags as lists, so that the order in which an object's fields were written does not count. */
function textOf(tags: Tags): string {
  const evidenceOf = (evidence: readonly Evidence[]) =>
    evidence.map(({ field, words, at }) => [field, words, at]);
  return JSON.stringify([
    tags.relevance,
    tags.topics.map(({ topic, score, evidence }) => [topic, score, evidenceOf(evidence)]),
    ...nameKinds.map((kind) => tags[kind].map(({ name, evidence }) => [name, evidenceOf(evidence)])),
  ]);
}
