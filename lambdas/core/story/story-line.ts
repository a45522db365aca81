import type { Story, StoryLine } from '../words/story.ts';

/** Rows per story are bounded: beyond this many tags further ones are stored with the story but not listed. */
export const listedTagsMax = 20;

/** The tag under which every story is listed: the wire itself. */
export const wireTag = '*';

/**
 * The listings a story stands in: the wire, its source, its topics with their domains, its countries.
 * Strings as in PageRequest.tags; unique, the wire first, at most 1 + listedTagsMax.
 */
export function listedTags(story: Pick<Story, 'source' | 'tags'>): string[] {
  const tags = new Set<string>([`source:${story.source}`]);
  for (const { topic } of story.tags.topics) {
    tags.add(`topic:${topic}`);
    tags.add(`topic:${topic.split('.', 1)[0]}`);
  }
  for (const country of story.tags.countries) tags.add(`country:${country.name}`);
  return [wireTag, ...[...tags].slice(0, listedTagsMax)];
}

/** The feeds that carried the story, in the order in which they first did. */
export const feedsOf = (story: Pick<Story, 'sightings'>): string[] =>
  story.sightings.map((sighting) => sighting.feed);

/** What a listing carries of a story (see StoryLine). */
export function storyLine(story: Story): StoryLine {
  const { id, title, url, source, kind, published, updated, firstSeen, sortTime, revision, summary } = story;
  const { authors, lang, copies, cluster, tags } = story;
  const names = (list: readonly { name: string }[]) => list.map((tag) => tag.name);
  return {
    id,
    title,
    url,
    source,
    kind,
    feeds: feedsOf(story),
    published,
    updated,
    firstSeen,
    sortTime,
    revision,
    summary,
    authors,
    lang,
    copies,
    ...(story.original === undefined ? {} : { original: story.original }),
    cluster,
    ...(story.agency === undefined ? {} : { agency: story.agency }),
    ...(story.marks === undefined ? {} : { marks: story.marks }),
    relevance: tags.relevance,
    topics: tags.topics,
    countries: names(tags.countries),
    organisations: names(tags.organisations),
    people: names(tags.people),
    systems: names(tags.systems),
    operations: names(tags.operations),
  };
}
