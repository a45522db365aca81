import { entityTypes } from '../tally/entity-table.ts';
import type { EntityRow } from '../tally/entity-table.ts';
import { baselineDaysMax, baselineDaysMin, spikeBounds } from '../tally/spike-rule.ts';
import type { StoryCount } from '../tally/story-counts.ts';
import type { SpikeEvent } from '../tally/spike-events.ts';
import type { Spike } from '../tally/trend-table.ts';
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
import { address, id, storyProperties } from './story-schemas.ts';

type Properties<Value> = Readonly<Record<keyof Value, JsonSchema>>;

const window = (until: JsonSchema) =>
  objectOf({ since: instant('From then on.'), until }, 'The sort times that are counted.');
const askedWindow = window(nullable(instant('Before then; null: until now.')));
const closedWindow = window(instant('Before then.'));

const day = (description: string): JsonSchema => text(description, { format: 'date' });
const slug = text('As `topic=` takes it.');
const label = text('For people.');

const counts: Properties<StoryCount> = {
  count: count(
    'Stories as `/api/stories` shows them by default: a copy only where its original is not counted.',
  ),
  copies: count('Copies left out of it: with `collapse=none` there are `count + copies`.'),
  events: count('Events and stories alone, as with `collapse=cluster`.'),
};

const { copies, events } = counts;
const entity: Properties<EntityRow> = {
  name: text('The name; of a country its code, of a source its id.'),
  ...counts,
  before: count('Stories in the window of the same length just before.'),
  change: { type: 'integer', description: '`count` less `before`.' },
  topics: listOf(
    objectOf({ topic: slug, count: count('Stories of both.') }, 'A topic.'),
    'The topics it occurs with most, at most five.',
  ),
};

const spike: Properties<Spike> & Readonly<Record<'label' | 'events', JsonSchema>> = {
  topic: slug,
  label,
  day: day('The day, UTC.'),
  count: count('Stories on that day.'),
  sources: count('Publishers of them.'),
  comparedDays: count('Days before that it was compared with.'),
  expected: { type: 'number', minimum: 0, description: 'The median of those days.' },
  score: { type: 'number', description: 'Robust standard deviations above it.' },
  chance: { type: 'number', minimum: 0, maximum: 1, description: 'Of as many stories by chance.' },
  events: nullable(listOf(reference('SpikeEvent'), 'What it is about; null but for the strongest spikes.')),
};

const spikeEvent: Properties<SpikeEvent> = {
  cluster: nullable(id('The event; null for a story alone.')),
  sources: count('Publishers that reported it that day.'),
  stories: count('Stories about it that day.'),
  lead: objectOf(
    {
      id: storyProperties.id,
      title: storyProperties.title,
      url: address('Where it stands.'),
      source: storyProperties.source,
      published: storyProperties.published,
    },
    'Its first story that day.',
  ),
};

const rule = objectOf(
  {
    scoreMin: { type: 'number', description: `Standard deviations, ${spikeBounds.scoreMin}.` },
    chanceMax: { type: 'number', description: `Chance, ${spikeBounds.chanceMax}.` },
    countMin: count(`Stories, ${spikeBounds.countMin}.`),
    sourcesMin: count(`Publishers, ${spikeBounds.sourcesMin}.`),
    baselineDaysMin: count(`Days to compare with at least, ${baselineDaysMin}.`),
    baselineDaysMax: count(`Days to compare with at most, ${baselineDaysMax}.`),
  },
  'What makes a spike, all of it.',
);

/** Counts, by name. A field of a count that the code gives and this does not describe does not compile. */
export const countSchemas: Readonly<Record<string, JsonSchema>> = {
  TopicTable: objectOf(
    {
      window: askedWindow,
      version: count('The version of the taxonomy.'),
      stories: count('Stories of the window, with a topic or without.'),
      copies,
      events,
      domains: listOf(reference('DomainCount'), 'In the order of the taxonomy.'),
    },
    'The taxonomy with counts.',
  ),
  DomainCount: objectOf(
    { slug, label, ...counts, topics: listOf(reference('TopicCount'), 'Its topics.') },
    'A domain; counts the stories of any of its topics, each once.',
  ),
  TopicCount: objectOf({ slug, label, definition: text('What it is about.'), ...counts }, 'A topic.'),
  EntityTable: objectOf(
    {
      window: askedWindow,
      before: closedWindow,
      type: text('What is counted.', { enum: entityTypes }),
      entities: listOf(reference('Entity'), 'Those of most stories first.'),
      distinct: count('How many there are in all.'),
    },
    'What most stories of a window name.',
  ),
  Entity: objectOf(entity, 'One thing with its count.'),
  TrendTable: objectOf(
    {
      window: closedWindow,
      days: listOf(day('A day, UTC.'), 'The days, in order.'),
      partial: nullable(day('The day that is not over yet, where it is among them.')),
      total: objectOf({ ...counts, days: dayCounts() }, 'All stories.'),
      topics: listOf(reference('TopicTrend'), 'Topics that have any, the largest first.'),
      rule,
      spikes: listOf(reference('Spike'), 'Days on which a topic stood out, the strongest first; at most 20.'),
    },
    'Stories per day and topic.',
  ),
  TopicTrend: objectOf({ topic: slug, label, ...counts, days: dayCounts() }, 'A topic by day.'),
  Spike: objectOf(spike, 'A day on which a topic stood out.'),
  SpikeEvent: objectOf(spikeEvent, 'An event behind a spike.'),
};

function dayCounts(): JsonSchema {
  return listOf(count('Stories.'), 'Stories of each of the `days`.');
}
