import type { EventNews } from '../cluster-view/event-news.ts';
import type { clusterDocument } from '../render/cluster-json.ts';
import { sourceKinds } from '../words/feed.ts';
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
import { address, id, shortProperties, storyProperties } from './story-schemas.ts';

type ClusterJson = NonNullable<ReturnType<typeof clusterDocument>>;
type Properties<Value> = Readonly<Record<keyof Value, JsonSchema>>;

const sourceTitle = text('The name of the publisher.');

const reporter: Properties<ClusterJson['firstReporter']> = {
  id: id('The story.'),
  source: storyProperties.source,
  sourceTitle,
  url: address('Where it stands.'),
  published: storyProperties.published,
  firstSeen: storyProperties.firstSeen,
};

const counts: Properties<ClusterJson['counts']> = {
  stories: count('Stories in all, also those that are not named.', { minimum: 1 }),
  independent: count('Texts that differ.'),
  copies: count('Stories that repeat another.'),
  sources: count('Publishers.'),
  independentSources: count('Publishers with a text of their own.'),
};

const member: Properties<ClusterJson['members'][number]> = {
  ...shortProperties,
  sourceTitle,
  kind: text('The kind of publisher.', { enum: sourceKinds }),
  lang: storyProperties.lang,
  revision: storyProperties.revision,
  topics: listOf(
    objectOf(
      {
        topic: text('The slug.'),
        score: { type: 'number', minimum: 0, maximum: 1, description: 'How sure the tagger is.' },
      },
      'A topic with its score.',
    ),
    'The first is the main one.',
  ),
  countries: storyProperties.countries,
  copies: listOf(reference('Copy'), 'The other stories of the event that repeat it.'),
  cluster: id('The event.'),
};

const report: Properties<ClusterJson['timeline'][number]> = {
  at: instant('When it was first seen.'),
  ...reporter,
  title: storyProperties.title,
  copyOf: nullable(id('The story that it repeats and the event does not name.')),
  new: reference('EventNews'),
  copies: listOf(reference('Reporter'), 'Who repeated it.'),
};

const names = (what: string): JsonSchema =>
  listOf({ type: 'string' }, `${what} that no earlier report named.`);

const news: Properties<EventNews> = {
  topics: names('Topics'),
  countries: names('Countries'),
  organisations: names('Organisations'),
  people: names('People'),
  systems: names('Systems'),
  operations: names('Operations'),
  figures: names('Figures, as they are written,'),
};

const cluster: Properties<ClusterJson> = {
  id: id('Never changes, whoever joins.'),
  lead: id('The story that speaks best for the event by now.'),
  title: text('That of the lead.'),
  firstReporter: reference('Reporter'),
  firstSeen: instant('When its first story was seen.'),
  lastSeen: instant('When its latest story was seen.'),
  complete: { type: 'boolean', description: 'Whether every story is among the members.' },
  counts: objectOf(counts, 'How many; but for `stories`, of the members.'),
  topics: listOf({ type: 'string' }, 'Topics of its members, those of most first.'),
  countries: listOf({ type: 'string' }, 'Countries of its members, those of most first.'),
  members: listOf(reference('Member'), 'Its stories in order of first sight.'),
  timeline: listOf(reference('Report'), 'Each text once, in order of first sight.'),
};

/** Events and their parts, by name. A field that the code gives and this does not describe does not compile. */
export const clusterSchemas: Readonly<Record<string, JsonSchema>> = {
  Cluster: objectOf(cluster, 'The stories of several sources on one event.'),
  Member: objectOf(member, 'A story of an event.'),
  Report: objectOf(report, 'An independent report of an event, with what it was first to say.'),
  Reporter: objectOf(reporter, 'Who reported and when.'),
  EventNews: objectOf(news, 'What a report says that no earlier one of the event did.'),
};
