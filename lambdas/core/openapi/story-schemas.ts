import type { StoryField } from '../render/fields.ts';
import { storyFieldNames } from '../render/fields.ts';
import type { shortStory, storyDetail } from '../render/story-json.ts';
import { entryMarks } from '../words/entry.ts';
import { sourceKinds } from '../words/feed.ts';
import { namedCopiesMax, notices, relevances } from '../words/story.ts';
import {
  count,
  instant,
  type JsonSchema,
  listOf,
  nullable,
  objectOf,
  reference,
  text,
} from './json-schema.ts';

/** The form of a story's id, and of a cluster's, which is that of a story. */
export const storyIdPattern = '^[0-9A-Za-z]{22,64}$';

/** The id of a story or a cluster. */
export const id = (description: string): JsonSchema => text(description, { pattern: storyIdPattern });
const names = (what: string): JsonSchema => listOf({ type: 'string' }, what);
/** An address that may be linked; null where there is none. */
export const address = (description: string): JsonSchema => nullable(text(description, { format: 'uri' }));

/** Each field of a story in a list. A field that the code gives and this does not describe does not compile. */
export const storyProperties: Readonly<Record<StoryField, JsonSchema>> = {
  id: id('Opaque and for ever the same; the guid in every feed ends with it.'),
  title: text('Plain text, at most 512 characters.'),
  url: address(
    'Where the source published it, http or https; null when it gave no address that may be linked.',
  ),
  source: text('The publisher, by the id that `source=` takes.'),
  feeds: names('The feeds that carried it, by id.'),
  published: instant('When the source says it was published, never after first sight. Never changes.'),
  updated: instant('Its last edit; `published` until there is one.'),
  firstSeen: instant('When it was first read. Never changes.'),
  revision: count('1, and one more with each edit of the text.', { minimum: 1 }),
  summary: text('Plain text, at most 1,000 characters; may be empty.'),
  authors: names('As the source names them.'),
  lang: text('Language tag (RFC 5646).'),
  relevance: text('How much it is about defence.', { enum: relevances }),
  topics: listOf(
    reference('TopicTag'),
    'The topics of the taxonomy it is about, the first is the main one; at most four.',
  ),
  countries: names('ISO 3166-1 alpha-2 codes, XK for Kosovo.'),
  organisations: names('By their usual names, as `org=` takes them.'),
  people: names('By their usual names, as `person=` takes them.'),
  systems: names('Weapon systems and platforms by their usual names, as `system=` takes them.'),
  operations: names('Operations and exercises by their usual names, as `operation=` takes them.'),
  copies: listOf(
    reference('Copy'),
    `The first ${namedCopiesMax} stories of other sources with the same text; further ones stand in the cluster.`,
  ),
  cluster: nullable(
    id('The event it belongs to, see `/api/clusters/{id}`; null while no other story is about it.'),
  ),
  copyOf: nullable(id('The story of another source whose text it repeats; null for a text of its own.')),
  notice: nullable(
    text('What the source says it is: an update, a correction or a retraction.', {
      enum: [...notices, null],
    }),
  ),
};

/** What `/api/stories/{id}` adds. */
const detailProperties: Readonly<
  Record<Exclude<keyof ReturnType<typeof storyDetail>, StoryField>, JsonSchema>
> = {
  original: nullable(
    objectOf(
      {
        id: id('The story.'),
        source: text('Its publisher.'),
        title: nullable(text('Null where the event does not name it.')),
        url: address('Where it stands.'),
        sortTime: instant('Its place in every list.'),
      },
      'The story whose text it repeats; null for a text of its own.',
    ),
  ),
  members: listOf(
    reference('ShortStory'),
    'The stories of its event in order of first sight; none while it is alone.',
  ),
  revisions: listOf(
    objectOf(
      {
        revision: count('Its number.', { minimum: 1 }),
        updated: instant('Since when it stood.'),
        title: text('Its title.'),
        summary: text('Its summary; a long one is cut.'),
        changed: listOf({ type: 'string', enum: ['title', 'summary'] }, 'In what the text after it differs.'),
      },
      'An earlier text.',
    ),
    'Its earlier texts, latest first; at most five.',
  ),
  kind: text('The kind of publisher.', { enum: sourceKinds }),
  sortTime: instant(
    'Its place in every list: `published` if it was seen within six hours, else first sight.',
  ),
  categories: names('As the source sorts it.'),
  dateline: nullable(text('Where the text says it was written.')),
  agency: nullable(text('The agency it says it is from.')),
  marks: listOf({ type: 'string', enum: entryMarks }, 'What it is besides news.'),
  taxonomyVersion: count('The version of the taxonomy it was tagged with.'),
  evidence: objectOf(
    Object.fromEntries(
      ['topics', 'countries', 'organisations', 'people', 'systems', 'operations'].map((kind) => [
        kind,
        listOf(reference('Named'), `The reason for each of its ${kind}.`),
      ]),
    ),
    'The reason for every tag.',
  ),
};

/** A story of an event as other documents name it. */
export const shortProperties: Readonly<Record<keyof ReturnType<typeof shortStory>, JsonSchema>> = {
  id: storyProperties.id,
  title: storyProperties.title,
  url: storyProperties.url,
  source: storyProperties.source,
  published: storyProperties.published,
  updated: storyProperties.updated,
  firstSeen: storyProperties.firstSeen,
  copyOf: storyProperties.copyOf,
};

/** Stories, their parts and lists of them, by name. */
export const storySchemas: Readonly<Record<string, JsonSchema>> = {
  Evidence: objectOf(
    {
      field: text('Where the words stand.', { enum: ['title', 'summary', 'source', 'feed'] }),
      words: text('The words.'),
      at: count('Where they begin: UTF-16 code units from the start of the field.'),
    },
    'Words that caused a tag.',
  ),
  TopicTag: objectOf(
    {
      topic: text('The slug, such as sea.submarines.'),
      score: { type: 'number', minimum: 0, maximum: 1, description: 'How sure the tagger is.' },
      evidence: listOf(reference('Evidence'), 'The reason.'),
    },
    'A topic with its score and its reason.',
  ),
  Named: objectOf(
    { name: text('The name.'), evidence: listOf(reference('Evidence'), 'The reason.') },
    'A tag with its reason.',
  ),
  Copy: objectOf(
    {
      id: id('The story.'),
      source: text('The publisher.'),
      url: address('Where it stands.'),
      published: instant('When it was published there.'),
    },
    'A story of another source with the same text.',
  ),
  ShortStory: objectOf(shortProperties, 'A story of an event in short.'),
  Story: objectOf(storyProperties, 'One article of one source.'),
  ChosenFields: {
    type: 'object',
    description: 'A story with the fields that `fields` names, in that order, and no other.',
    propertyNames: { enum: storyFieldNames },
    minProperties: 1,
  },
  StoryDetail: objectOf(
    { ...storyProperties, ...detailProperties },
    'A story with the reason for every tag.',
  ),
  StoryList: objectOf(
    {
      stories: listOf({ anyOf: [reference('Story'), reference('ChosenFields')] }, 'Newest first.'),
      nextCursor: nullable(text('`cursor` of the next page; null on the last one.')),
    },
    'One page of stories.',
  ),
};
