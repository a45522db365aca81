import type { OriginalReference, StoryLine } from '../words/story.ts';
import { originalLine } from '../query/collapse.ts';
import { planQuery } from '../query/query-plan.ts';
import type { StoryQuery } from '../query/story-query.ts';
import type { TallyEntry } from './tally-entry.ts';

/** The instants a count is about: sort times in [since, until), ISO 8601. */
export interface CountWindow {
  readonly since: string;
  readonly until: string;
}

/** A story that is counted; `original` is what it repeats where that story is counted too. */
export interface CountedStory {
  readonly entry: TallyEntry;
  readonly line: StoryLine;
  readonly original: StoryLine | null;
}

/**
 * The stories of a window that pass the filters of a query, by the very test that `/api/stories` makes of a line. Words
 * (`q`) are no part of it: they are not counted. Costs time in proportion to the entries.
 */
export function countedStories(
  entries: readonly TallyEntry[],
  query: StoryQuery,
  window: CountWindow,
): CountedStory[] {
  const { accepts } = planQuery(query);
  const isIn = ({ sortTime }: { readonly sortTime: string }) =>
    sortTime >= window.since && sortTime < window.until;
  return entries.flatMap((entry) => {
    if (!isIn(entry)) return [];
    const line = lineOf(entry);
    if (!accepts(line)) return [];
    const original = entry.original === undefined ? null : originalLine(line, named(entry.original));
    const isCountedToo = original !== null && isIn(original) && accepts(original);
    return [{ entry, line, original: isCountedToo ? original : null }];
  });
}

const named = (original: Omit<OriginalReference, 'id'>): OriginalReference => ({ id: '', ...original });

/** As much of a line as filters look at. */
function lineOf(entry: TallyEntry): StoryLine {
  const { key, sortTime, version, source, kind, lang, relevance, topics, cluster } = entry;
  const { countries, organisations, people, systems, operations } = entry;
  return {
    id: key,
    sortTime,
    revision: version,
    source,
    kind,
    lang,
    relevance,
    cluster,
    countries,
    organisations,
    people,
    systems,
    operations,
    topics: topics.map((topic) => ({ topic, score: 0, evidence: [] })),
    title: '',
    url: null,
    summary: '',
    published: sortTime,
    updated: sortTime,
    firstSeen: sortTime,
    feeds: [],
    authors: [],
    copies: [],
  };
}
