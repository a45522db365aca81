import type { Cluster } from '../words/cluster.ts';
import type {
  CopyReference,
  Evidence,
  NameTag,
  OriginalReference,
  Story,
  StoryLine,
} from '../words/story.ts';
import { storyLine } from '../story/story-line.ts';
import { isoTime } from '../words/time.ts';
import { itemLink } from './item-link.ts';
import { servedTimes } from './served-time.ts';
import { wellFormedText } from './xml-text.ts';

const texts = (values: readonly string[]): string[] => values.map(wellFormedText);

const evidenceFields = ({ field, words, at }: Evidence) => ({ field, words: wellFormedText(words), at });

/** A copy as its original lists it. */
export const copyFields = ({ id, source, url, published }: CopyReference) => ({
  id,
  source,
  url: itemLink(url),
  published,
});

/**
 * A story as `/api/stories` gives it: these fields in this order, times ISO 8601 UTC with milliseconds. `url` is null
 * when the story has no link that may be served. `times` are epoch milliseconds, see servedTimes.
 */
export function storyFields(
  line: StoryLine,
  times: { readonly published: number; readonly updated: number },
) {
  return {
    id: line.id,
    title: wellFormedText(line.title),
    url: itemLink(line.url),
    source: line.source,
    feeds: line.feeds,
    published: isoTime(times.published),
    updated: isoTime(times.updated),
    firstSeen: line.firstSeen,
    revision: line.revision,
    summary: wellFormedText(line.summary),
    authors: texts(line.authors),
    lang: line.lang,
    relevance: line.relevance,
    topics: line.topics.map(({ topic, score, evidence }) => ({
      topic,
      score,
      evidence: evidence.map(evidenceFields),
    })),
    countries: line.countries,
    organisations: texts(line.organisations),
    people: texts(line.people),
    systems: texts(line.systems),
    operations: texts(line.operations),
    copies: line.copies.map(copyFields),
    cluster: line.cluster,
    copyOf: line.original?.id ?? null,
    notice: line.notice ?? null,
  };
}

/**
 * A story with the reason for every tag, as `/api/stories/{id}` gives it: the fields of the list, then what the list
 * leaves out. `evidence` holds, per kind of tag, each name with the words that caused it; `copies` are all that its cluster
 * knows of, `members` the stories of the event in order of first sight, empty for a story alone, `revisions` its earlier texts.
 */
export function storyDetail(story: Story, nowMs: number, cluster: Cluster | null = null) {
  const line = storyLine(story);
  const members = cluster?.members ?? [];
  const { tags } = story;
  const named = (list: readonly NameTag[]) =>
    list.map(({ name, evidence }) => ({
      name: wellFormedText(name),
      evidence: evidence.map(evidenceFields),
    }));
  return {
    ...storyFields(line, servedTimes(line, nowMs)),
    copies: allCopies(story, members).map(copyFields),
    original: story.original === undefined ? null : originalFields(story.original, members),
    members: members.map((member) => shortStory(member, nowMs)),
    revisions: revisionsOf(story),
    kind: story.kind,
    sortTime: story.sortTime,
    categories: texts(story.categories),
    dateline: story.dateline === undefined ? null : wellFormedText(story.dateline.place),
    agency: story.agency === undefined ? null : wellFormedText(story.agency),
    marks: story.marks ?? [],
    taxonomyVersion: story.taxonomyVersion,
    evidence: {
      topics: named(tags.topics.map(({ topic, evidence }) => ({ name: topic, evidence }))),
      countries: named(tags.countries),
      organisations: named(tags.organisations),
      people: named(tags.people),
      systems: named(tags.systems),
      operations: named(tags.operations),
    },
  };
}

/**
 * The earlier texts of a story, latest first, each as it was: what a text shares with the one after it is stored once.
 * `changed` says in what the next one differs; a long summary is cut.
 */
function revisionsOf(story: Story) {
  let { title, summary } = story;
  return (story.history ?? []).map((earlier) => {
    title = earlier.title ?? title;
    summary = earlier.summary ?? summary;
    return {
      revision: earlier.revision,
      updated: earlier.updated,
      title: wellFormedText(title),
      summary: wellFormedText(summary),
      changed: (['title', 'summary'] as const).filter((part) => earlier[part] !== undefined),
    };
  });
}

/** The copies that a story lists itself, then those that only its cluster names. */
function allCopies({ id, copies }: Story, members: readonly StoryLine[]): readonly CopyReference[] {
  const listed = new Set(copies.map((copy) => copy.id));
  return [
    ...copies,
    ...members.filter(({ id: other, original }) => original?.id === id && !listed.has(other)),
  ];
}

/** The story whose text this one repeats; what only the cluster knows of it is null where it is not named there. */
function originalFields({ id, source, sortTime }: OriginalReference, members: readonly StoryLine[]) {
  const known = members.find((member) => member.id === id);
  return {
    id,
    source,
    title: known === undefined ? null : wellFormedText(known.title),
    url: itemLink(known?.url ?? null),
    sortTime,
  };
}

/** A story of an event as other documents name it. */
export function shortStory(line: StoryLine, nowMs: number) {
  const { published, updated } = servedTimes(line, nowMs);
  return {
    id: line.id,
    title: wellFormedText(line.title),
    url: itemLink(line.url),
    source: line.source,
    published: isoTime(published),
    updated: isoTime(updated),
    firstSeen: line.firstSeen,
    copyOf: line.original?.id ?? null,
  };
}
