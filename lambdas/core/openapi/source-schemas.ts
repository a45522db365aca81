import { feedConditions, type HealthReport } from '../poll/feed-health.ts';
import { pollOutcomes } from '../poll/poll-outcome.ts';
import { type Feed, type Source, sourceKinds } from '../words/feed.ts';
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

const kind = text('What kind of publisher it is.', { enum: sourceKinds });
const state = text('How it fares.', { enum: feedConditions });

const source: Readonly<Record<keyof Source | 'state' | 'feeds', JsonSchema>> = {
  id: text('As `source=` takes it.'),
  title: text('Its name.'),
  url: text('Its site.', { format: 'uri' }),
  country: text('Where it is: ISO 3166-1 alpha-2, XK or INT.'),
  kind,
  state: nullable({
    ...state,
    description: 'That of the best of its feeds; null without any.',
    enum: [...feedConditions, null],
  }),
  feeds: listOf(reference('Feed'), 'What is polled of it.'),
};

const feed: Readonly<Record<Exclude<keyof Feed, 'source'> | 'health', JsonSchema>> = {
  id: text('Its id.'),
  url: text('Its address.', { format: 'uri' }),
  title: text('Its name.'),
  country: text('What it is about mostly.'),
  language: text('Language tag.'),
  kind,
  topics: listOf({ type: 'string' }, 'Topics that its stories are likely to be about.'),
  every: objectOf(
    { min: count('Minutes.', { minimum: 1 }), max: count('Minutes.', { minimum: 1 }) },
    'Bounds of the time between two polls.',
  ),
  note: text('What its keeper should know.'),
  health: reference('FeedHealth'),
};

const health: Readonly<Record<keyof HealthReport, JsonSchema>> = {
  state,
  advice: text('What to do about it, for people; the words may change.'),
  outcome: nullable({
    ...text('How the last poll that was noted ended.'),
    enum: [...Object.keys(pollOutcomes), null],
  }),
  checked: nullable(
    instant('The last poll that was noted: one that brings nothing new is noted once a day.'),
  ),
  lastSuccess: nullable(instant('The last poll that was answered.')),
  lastNewEntry: nullable(instant('The last poll that brought something new.')),
  failures: {
    type: 'number',
    minimum: 0,
    description: 'The weight of the failures in a row; lesser ones count a part.',
  },
  intervalMinutes: nullable(count('Minutes between two polls by now.')),
  nextPoll: nullable(instant('When its turn comes, give or take the wait of its host.')),
  entriesPerDay: nullable({ type: 'number', minimum: 0, description: 'New entries a day, of late.' }),
};

/** Publishers and feeds, by name. A field that the code gives and this does not describe does not compile. */
export const sourceSchemas: Readonly<Record<string, JsonSchema>> = {
  SourceList: objectOf(
    {
      feeds: objectOf(
        Object.fromEntries(
          feedConditions.map((condition) => [condition, count(`Feeds that are ${condition}.`)]),
        ),
        'How many feeds fare how.',
      ),
      sources: listOf(reference('Source'), 'In the order of the catalogue.'),
    },
    'Every publisher.',
  ),
  Source: objectOf(source, 'A publisher.'),
  Feed: objectOf(feed, 'A document of a publisher.', ['topics', 'every', 'note']),
  FeedHealth: objectOf(health, 'How a feed fares.'),
};
