import { byCodeUnit } from '../words/code-unit-order.ts';
import type { CountedStory } from './counted-stories.ts';
import { datesBefore } from './dates.ts';
import {
  baselineDaysMax,
  comparableDays,
  type DayCount,
  deviation,
  type Deviation,
  isSpike,
} from './spike-rule.ts';
import { countAll, countBy, noStories, type StoryCount } from './story-counts.ts';

/** What trends are made of: stories of the days shown, of those days and the days before, and of the whole wire by day. */
export interface TrendInput {
  /** Dates (`yyyy-mm-dd`, UTC), in order. */
  readonly days: readonly string[];
  readonly shown: readonly CountedStory[];
  /** Stories under the same filters, also of the days before the first. */
  readonly compared: readonly CountedStory[];
  /** Stories of any kind by date; a date before the first of them was before there was a wire. */
  readonly wire: ReadonlyMap<string, number>;
  /** Is this one of the topics asked for?  */
  readonly isAsked: (topic: string) => boolean;
}

/** Stories of a topic by day, in the order of the days. */
export interface TrendSeries extends StoryCount {
  readonly topic: string;
  readonly days: readonly number[];
}

/** A day on which a topic stood out. `days` is how many days it was compared with. */
export interface Spike extends Deviation {
  readonly topic: string;
  readonly day: string;
  readonly count: number;
  readonly sources: number;
  readonly comparedDays: number;
}

const isTopic = (slug: string): boolean => slug.includes('.');
const topicsOf = ({ topics }: CountedStory['line']) => [...new Set(topics.map(({ topic }) => topic))];
const dayOf = ({ line }: CountedStory): string => line.sortTime.slice(0, 10);

/** Stories by day and topic (no domains), the largest topic first, and in all. */
export function trendTable({ days, shown, isAsked }: TrendInput) {
  const byDay = grouped(shown, dayOf);
  const counts = days.map((day) => countBy(byDay.get(day) ?? [], topicsOf));
  const series = [...countBy(shown, topicsOf)]
    .filter(([topic]) => isTopic(topic) && isAsked(topic))
    .map(([topic, count]): TrendSeries => {
      return { topic, ...count, days: counts.map((day) => (day.get(topic) ?? noStories).count) };
    })
    .sort((a, b) => b.count - a.count || byCodeUnit(a.topic, b.topic));
  const all = days.map((day) => countAll(byDay.get(day) ?? []).count);
  return { total: { ...countAll(shown), days: all }, series };
}

/** The spikes of the days shown, the strongest first; at most one a topic and day. */
export function spikesOf({ days, compared, wire, isAsked }: TrendInput): Spike[] {
  const byDay = new Map(
    [...grouped(compared, dayOf)].map(([day, stories]) => [day, countBy(stories, topicsOf)]),
  );
  const started = [...wire.keys()].sort(byCodeUnit)[0] ?? '';
  const countOn = (topic: string, day: string): DayCount => {
    return { count: (byDay.get(day)?.get(topic) ?? noStories).count, total: wire.get(day) ?? 0 };
  };
  const spikes = days.flatMap((day) => {
    // The first day of a wire is a part of a day.
    const before = datesBefore(day, baselineDaysMax).filter((other) => other > started);
    const alike = comparableDays(day, before);
    const sourcesOn = sourcesByTopic(compared.filter((story) => dayOf(story) === day));
    return [...sourcesOn].flatMap(([topic, sources]): Spike[] => {
      if (!isAsked(topic)) return [];
      const today = countOn(topic, day);
      const found = deviation(
        today,
        alike.map((other) => countOn(topic, other)),
      );
      const facts = { count: today.count, sources: sources.size };
      if (found === null || !isSpike(found, facts)) return [];
      return [{ topic, day, ...facts, ...found, comparedDays: alike.length }];
    });
  });
  return spikes.sort((a, b) => b.score - a.score || byCodeUnit(b.day, a.day) || byCodeUnit(a.topic, b.topic));
}

function sourcesByTopic(stories: readonly CountedStory[]): Map<string, Set<string>> {
  const sources = new Map<string, Set<string>>();
  for (const { line } of stories) {
    for (const topic of topicsOf(line)) {
      const known = sources.get(topic);
      if (known === undefined) sources.set(topic, new Set([line.source]));
      else known.add(line.source);
    }
  }
  return sources;
}

function grouped<Item>(items: readonly Item[], groupOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(groupOf(item));
    if (group === undefined) groups.set(groupOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
