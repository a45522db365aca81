import { countedStories } from '../core/tally/counted-stories.ts';
import { entityTable, type EntityType, entityTypes } from '../core/tally/entity-table.ts';
import { topicTable } from '../core/tally/topic-table.ts';
import { read, type Reading } from '../core/query/query-problem.ts';
import { readSingle } from '../core/query/query-single.ts';
import { readQueryString, type Parameter } from '../core/query/query-string.ts';
import { cacheLives } from '../core/render/http-headers.ts';
import { isoTime } from '../core/words/time.ts';
import { readAnalysisQuery, type AnalysisRule } from './analysis-query.ts';
import { jsonAnswer, refusedAnswer, type Answer } from './answer.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { csvAnswer } from './table-answer.ts';

const hourMs = 3_600_000;

/** A quarter of a year, the longest stretch that one request reads. */
const daysReadMax = 90;

const topicsRule: AnalysisRule = { parameters: [], daysDefault: 7, daysMax: daysReadMax };

/** `/api/topics`: the taxonomy with the number of stories per topic and domain in a window, by default seven days. */
export async function topicsRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const asked = readAnalysisQuery(call, context, topicsRule);
  if (!asked.ok) return refusedAnswer(asked.problem);
  const { query, window, format } = asked.value;
  const { entries, readUnits } = await context.tally.days(window);
  const table = topicTable(context.tree, countedStories(entries, query, window));
  const logged = { counted: entries.length, readUnits };
  if (format === 'json') {
    return { ...jsonAnswer({ window: asked.value.asked, ...table }, cacheLives.listing), logged };
  }
  const rows = table.domains.flatMap(({ topics, ...domain }) => [domain, ...topics]);
  const columns = ['slug', 'label', 'count', 'copies', 'events'] as const;
  const cells = rows.map((row) => columns.map((column) => row[column]));
  return { ...csvAnswer('topics', { header: columns, rows: cells }, cacheLives.listing), logged };
}

/** The window before is read too. */
const entitiesRule: AnalysisRule = {
  parameters: ['type', 'limit'],
  daysDefault: 7,
  daysMax: daysReadMax / 2,
};

/** Entities in an answer that does not say how many. */
const limitDefault = 50;

/** `/api/entities`: what most stories of a window name, against the window of the same length before. */
export async function entitiesRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const typed = readEntityType(call.search);
  if (!typed.ok) return refusedAnswer(typed.problem);
  const { type, search } = typed.value;
  const asked = readAnalysisQuery({ ...call, search }, context, entitiesRule);
  if (!asked.ok) return refusedAnswer(asked.problem);
  const { query, window, end, format } = asked.value;
  const start = Date.parse(window.since);
  // To the hour while the window ends now, so that the answer stays the same while nothing new arrives.
  const length = (end === call.nowMs ? Math.ceil(end / hourMs) * hourMs : end) - start;
  const before = { since: isoTime(Math.max(0, start - length)), until: window.since };
  const { entries, readUnits } = await context.tally.days({ since: before.since, until: window.until });
  const stories = {
    now: countedStories(entries, query, window),
    before: countedStories(entries, query, before),
  };
  const table = entityTable(type, stories, query.limit ?? limitDefault);
  const logged = { counted: entries.length, readUnits };
  if (format === 'json') {
    return {
      ...jsonAnswer({ window: asked.value.asked, before, type, ...table }, cacheLives.listing),
      logged,
    };
  }
  const columns = ['name', 'count', 'copies', 'events', 'before', 'change'] as const;
  const rows = table.entities.map((row) => [
    type,
    ...columns.map((column) => row[column]),
    row.topics.map(({ topic }) => topic),
  ]);
  const header = ['type', ...columns, 'topics'];
  return { ...csvAnswer('entities', { header, rows }, cacheLives.listing), logged };
}

/**
 * The type asked for, organisations by default, and the query without it. A type may also be given as `kind`, which else
 * is the kind of source: no word is both.
 */
function readEntityType(search: string): Reading<{ readonly type: EntityType; readonly search: string }> {
  const parameters = readQueryString(search);
  if (!parameters.ok) return parameters;
  const named = parameters.value.map((parameter) =>
    isTypeAsKind(parameter) ? { ...parameter, name: 'type' } : parameter,
  );
  const type = readSingle(named, 'type', { read: entityTypeNamed, allowed: entityTypes });
  if (!type.ok) return type;
  const isPlain = !parameters.value.some(isTypeAsKind);
  const rest = isPlain ? search : queryText(named.filter(({ name }) => name !== 'type'));
  return read({ type: type.value ?? 'organisation', search: rest });
}

const entityTypeNamed = (text: string): EntityType | null =>
  entityTypes.find((type) => type === text) ?? null;

const isTypeAsKind = ({ name, value }: Parameter): boolean =>
  name === 'kind' && entityTypeNamed(value.trim()) !== null;

const queryText = (parameters: readonly Parameter[]): string =>
  parameters.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
