import type { Evidence, NameTag, Story, StoryLine } from '../words/story.ts';
import { storyLine } from '../story/story-line.ts';
import { isoTime } from '../words/time.ts';
import { itemLink } from './item-link.ts';
import { servedTimes } from './served-time.ts';
import { wellFormedText } from './xml-text.ts';

const texts = (values: readonly string[]): string[] => values.map(wellFormedText);

const evidenceFields = ({ field, words, at }: Evidence) => ({ field, words: wellFormedText(words), at });

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
    copies: line.copies,
    cluster: line.cluster,
  };
}

/**
 * A story with the reason for every tag, as `/api/stories/{id}` gives it: the fields of the list, then what the list
 * leaves out. `evidence` holds, per kind of tag, each name with the words that caused it.
 */
export function storyDetail(story: Story, nowMs: number) {
  const line = storyLine(story);
  const { tags } = story;
  const named = (list: readonly NameTag[]) =>
    list.map(({ name, evidence }) => ({
      name: wellFormedText(name),
      evidence: evidence.map(evidenceFields),
    }));
  return {
    ...storyFields(line, servedTimes(line, nowMs)),
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
