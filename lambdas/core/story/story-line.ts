import { foldedText } from '../words/folded-text.ts';
import type { Story, StoryLine } from '../words/story.ts';

/**
 * Rows per story are bounded: beyond this many tags further ones are stored with the story but not listed. It is what
 * the tagger gives at most (four topics with their domains, eight countries, five names of each kind) and the source,
 * so nothing of its making is ever left out. Measured: 7.3 rows a story in the mean, 12 at the 95th percentile.
 */
export const listedTagsMax = 37;

/** The tag under which every story is listed: the wire itself. */
export const wireTag = '*';

/** Filters by name whose values have a listing each, and where a story keeps those names. */
export const nameFilters = {
  org: 'organisations',
  person: 'people',
  system: 'systems',
  operation: 'operations',
} as const;
export type NameFilterName = keyof typeof nameFilters;

/** Code units of a folded name in a key; longer names share a listing with those that begin alike. */
const nameKeyMax = 64;

/** The listing of a name, whatever its case, accents and punctuation: `system:f 35`. */
export const nameListing = (filter: NameFilterName, name: string): string =>
  `${filter}:${foldedText(name).trim().slice(0, nameKeyMax)}`;

/** True for the listing of a name: there are many of them, most of them short, so they are not divided by time. */
export const isNameListing = (tag: string): boolean => /^(?:org|person|system|operation):/.test(tag);

/**
 * The listings a story stands in: the wire, its source, its topics with their domains, its countries, its names.
 * Strings as in PageRequest.tags; unique, the wire first, at most 1 + listedTagsMax.
 */
export function listedTags(story: Pick<Story, 'source' | 'tags'>): string[] {
  const tags = new Set<string>([`source:${story.source}`]);
  for (const { topic } of story.tags.topics) {
    tags.add(`topic:${topic}`);
    tags.add(`topic:${topic.split('.', 1)[0]}`);
  }
  for (const country of story.tags.countries) tags.add(`country:${country.name}`);
  for (const filter of ['system', 'operation', 'org', 'person'] as const)
    for (const { name } of story.tags[nameFilters[filter]]) tags.add(nameListing(filter, name));
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
    ...(story.notice === undefined ? {} : { notice: story.notice }),
    relevance: tags.relevance,
    topics: tags.topics,
    countries: names(tags.countries),
    organisations: names(tags.organisations),
    people: names(tags.people),
    systems: names(tags.systems),
    operations: names(tags.operations),
  };
}
