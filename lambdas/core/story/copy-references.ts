import type { Move } from '../words/cluster.ts';
import {
  type CopyReference,
  namedCopiesMax,
  type NameTag,
  type OriginalReference,
  type Story,
  type StoryLine,
  type Tags,
} from '../words/story.ts';

/** A copy as its original lists it. */
export const copyReference = ({
  id,
  source,
  url,
  published,
  firstSeen,
}: StoryLine | Story): CopyReference => ({ id, source, url, published, firstSeen });

/**
 * An original as its copy refers to it: with which tags, by the names of filters, it differs from the copy. `lacks` and
 * `adds` are in the order of the tags, each once.
 */
export function originalReference(copy: Story, original: Story): OriginalReference {
  const { id, source, kind, lang, sortTime } = original;
  const [own, others] = [filterTags(copy.tags), filterTags(original.tags)];
  const lacks = [...own].filter((tag) => !others.has(tag));
  const adds = [...others].filter((tag) => !own.has(tag));
  return { id, source, kind, lang, sortTime, lacks, adds };
}

/** The tags that filters ask for, each as `filter:value`. */
function filterTags(tags: Tags): Set<string> {
  const named = (filter: string, list: readonly NameTag[]) => list.map(({ name }) => `${filter}:${name}`);
  return new Set([
    ...tags.topics.map(({ topic }) => `topic:${topic}`),
    ...named('country', tags.countries),
    ...named('org', tags.organisations),
    ...named('person', tags.people),
    ...named('system', tags.systems),
    ...named('operation', tags.operations),
  ]);
}

/**
 * The copies that `original` lists once these moves have been made: those that moved to it are added in the order of the
 * moves, while there is room, those that moved away go, and those that stay are described anew. `lineOf` gives a moved
 * story; one it does not know is not added.
 */
export function copiesAfter(
  original: Story,
  moves: readonly Move[],
  lineOf: (id: string) => StoryLine | Story | undefined,
): readonly CopyReference[] {
  const moved = new Map(moves.map((move) => [move.id, move.to.original]));
  const described = (id: string): CopyReference[] => {
    const line = lineOf(id);
    return line === undefined ? [] : [copyReference(line)];
  };
  const kept = original.copies.flatMap((copy) => {
    const target = moved.get(copy.id);
    if (target === undefined) return [copy];
    return target === original.id ? [described(copy.id)[0] ?? copy] : [];
  });
  const listed = new Set(kept.map((copy) => copy.id));
  const added = moves.filter(({ id, to }) => to.original === original.id && !listed.has(id));
  return [...kept, ...added.flatMap(({ id }) => described(id))].slice(0, namedCopiesMax);
}
