import type { CountWindow } from '../core/tally/counted-stories.ts';
import { read, refused, type Reading } from '../core/query/query-problem.ts';
import { filterNames } from '../core/query/query-vocabulary.ts';
import { readSingle } from '../core/query/query-single.ts';
import { readQueryString } from '../core/query/query-string.ts';
import { readStoryQuery, type StoryQuery } from '../core/query/story-query.ts';
import { isoTime } from '../core/words/time.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What an analysis is asked: filters, a window and how to write it. `end` is where the window ends by now, epoch milliseconds. */
export interface AnalysisQuery {
  readonly query: StoryQuery;
  readonly window: CountWindow;
  readonly asked: { readonly since: string; readonly until: string | null };
  readonly end: number;
  readonly format: TableFormat;
}

/** What differs from one analysis to the next: parameters of its own, days when not asked, days at most. */
export interface AnalysisRule {
  readonly parameters: readonly string[];
  readonly daysDefault: number;
  readonly daysMax: number;
}

/** The formats of an answer that is a table. */
export const tableFormats = ['json', 'csv'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Parameters of every analysis: all filters but words, which are not counted, and the window. */
export const analysisParameterNames = [...filterNames, 'since', 'until', 'format'] as const;

/** After every sort time there is. */
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * Reads the parameters of an analysis. A window without a start begins so many days before its end, on the hour while it
 * ends now, so that the answer stays the same while nothing new arrives. One that is longer than allowed is refused.
 */
export function readAnalysisQuery(
  { search, nowMs }: Pick<RouteCall, 'search' | 'nowMs'>,
  { vocabulary }: Pick<ServeContext, 'vocabulary'>,
  rule: AnalysisRule,
): Reading<AnalysisQuery> {
  const allowed = [...analysisParameterNames, ...rule.parameters];
  const query = readStoryQuery(search, { vocabulary, nowMs, allowed });
  if (!query.ok) return query;
  const format = readTableFormat(search);
  if (!format.ok) return format;
  const { since, until } = query.value;
  const now = Math.floor(nowMs / hourMs) * hourMs;
  const start =
    since?.at ?? isoTime((until === null ? now : Date.parse(until.at)) - rule.daysDefault * dayMs);
  const end = Math.max(Date.parse(start), Math.min(until === null ? nowMs : Date.parse(until.at), nowMs));
  if (end - Date.parse(start) > rule.daysMax * dayMs + hourMs) {
    return refused({
      parameter: 'since',
      value: since?.asked ?? start,
      detail: `Expected a window of at most ${rule.daysMax} days, got one from ${start} to ${isoTime(end)}`,
      allowed: `a time at most ${rule.daysMax} days before \`until\``,
    });
  }
  return read({
    query: query.value,
    window: { since: start, until: until?.at ?? endOfTime },
    asked: { since: start, until: until?.at ?? null },
    end,
    format: format.value,
  });
}

/** `format` of a table; JSON unless asked. */
export function readTableFormat(search: string): Reading<TableFormat> {
  const parameters = readQueryString(search);
  if (!parameters.ok) return parameters;
  const format = readSingle(parameters.value, 'format', {
    read: (text) => tableFormats.find((known) => known === text) ?? null,
    allowed: tableFormats,
  });
  return format.ok ? read(format.value ?? 'json') : format;
}
