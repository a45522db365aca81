import { countedStories } from '../core/tally/counted-stories.ts';
import { dateOf, datesBetween, datesBefore } from '../core/tally/dates.ts';
import { baselineDaysMax, baselineDaysMin, spikeBounds } from '../core/tally/spike-rule.ts';
import { spikeEvents } from '../core/tally/spike-events.ts';
import { type Spike, spikesOf, trendTable } from '../core/tally/trend-table.ts';
import type { TallyEntry } from '../core/tally/tally-entry.ts';
import { planQuery } from '../core/query/query-plan.ts';
import type { StoryQuery } from '../core/query/story-query.ts';
import { cacheLives } from '../core/render/http-headers.ts';
import { readAnalysisQuery, type AnalysisRule } from './analysis-query.ts';
import { jsonAnswer, refusedAnswer, type Answer } from './answer.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { csvAnswer } from './table-answer.ts';

const dayMs = 86_400_000;

/** With the days a spike is compared with, 90 days are read. Without a start: today and the thirteen days before. */
const trendsRule: AnalysisRule = { parameters: [], daysDefault: 13, daysMax: 90 - baselineDaysMax };

/** Spikes in an answer, and those of them whose stories are looked up: a Query each. */
const spikesMax = 20;
const toldSpikesMax = 5;

/** Stories of a spike that are looked at: some 6 read units. */
const spikeStoriesMax = 100;

/** `/api/trends`: stories per day and topic in whole UTC days, what stood out, and the stories behind it. */
export async function trendsRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const asked = readAnalysisQuery(call, context, trendsRule);
  if (!asked.ok) return refusedAnswer(asked.problem);
  const { query, window, end, format } = asked.value;
  const today = dateOf(call.nowMs);
  const last = dateOf(Math.max(Date.parse(window.since), end - 1));
  const days = datesBetween(window.since, `${last}T23:59:59.999Z`);
  const [first = last] = days;
  const shown = { since: startOf(first), until: startOf(nextDate(last)) };
  const compared = {
    since: startOf(datesBefore(first, baselineDaysMax).at(-1) ?? first),
    until: shown.until,
  };
  const { entries, readUnits } = await context.tally.days(compared);
  const input = {
    days,
    shown: countedStories(entries, query, shown),
    compared: countedStories(entries, query, compared),
    wire: storiesByDate(entries),
    isAsked: isAskedBy(query),
  };
  const { total, series } = trendTable(input);
  const logged = { counted: entries.length, readUnits };
  if (format === 'csv') {
    const rows = days.flatMap((day, at) => [
      [day, '*', total.days[at] ?? 0],
      ...series.map((topic) => [day, topic.topic, topic.days[at] ?? 0]),
    ]);
    return {
      ...csvAnswer('trends', { header: ['day', 'topic', 'count'], rows }, cacheLives.listing),
      logged,
    };
  }
  const label = (topic: string) => context.directory.topicLabels.get(topic) ?? topic;
  const spikes = await told(spikesOf(input).slice(0, spikesMax), query, context);
  const document = {
    window: shown,
    days,
    partial: days.includes(today) ? today : null,
    total,
    topics: series.map(({ topic, ...counts }) => ({ topic, label: label(topic), ...counts })),
    rule: { ...spikeBounds, baselineDaysMin, baselineDaysMax },
    spikes: spikes.map(({ topic, ...spike }) => ({ topic, label: label(topic), ...spike })),
  };
  return { ...jsonAnswer(document, cacheLives.listing), logged };
}

const startOf = (date: string): string => `${date}T00:00:00.000Z`;
const nextDate = (date: string): string => dateOf(Date.parse(date) + dayMs);

function storiesByDate(entries: readonly TallyEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { sortTime } of entries) {
    const date = sortTime.slice(0, 'yyyy-mm-dd'.length);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return counts;
}

/** Stories about one topic carry others too; only those that were asked for are told apart. */
function isAskedBy({ filters }: StoryQuery): (topic: string) => boolean {
  const asked = filters.topic.all.flat();
  return (topic) =>
    asked.length === 0 || asked.some((value) => topic === value || topic.startsWith(`${value}.`));
}

/** The spikes as they are told: figures in few digits, and for the strongest the events behind them. */
function told(spikes: readonly Spike[], query: StoryQuery, context: ServeContext) {
  return Promise.all(
    spikes.map(async ({ expected, score, chance, ...spike }, at) => ({
      ...spike,
      expected,
      score: Math.round(score * 100) / 100,
      chance: Number(chance.toPrecision(2)),
      events: at < toldSpikesMax ? await eventsBehind(spike, query, context) : null,
    })),
  );
}

async function eventsBehind(
  { topic, day }: Pick<Spike, 'topic' | 'day'>,
  query: StoryQuery,
  { stories }: ServeContext,
) {
  const { lines } = await stories.page({
    tags: [`topic:${topic}`],
    limit: spikeStoriesMax,
    after: null,
    since: startOf(day),
    until: startOf(nextDate(day)),
    rowsMax: 2 * spikeStoriesMax,
    accepts: planQuery(query).accepts,
  });
  return spikeEvents(lines);
}
