import { filterNames } from '../query/query-vocabulary.ts';
import type { StoryQuery } from '../query/story-query.ts';
import type { FeedDirectory } from './feed-directory.ts';
import { singleLine } from './xml-text.ts';

const titleLengthMax = 200;

/** What a feed is called in a reader: `Sitrep`, or `Sitrep: Submarines, AU, "minehunter"` for a filtered one. */
export function feedTitle(query: StoryQuery, directory: FeedDirectory): string {
  const filters = filterNames.flatMap((name) =>
    query.filters[name].asked.map((text) => labelled(text, directory)),
  );
  const words = query.q.map((text) => `“${text}”`);
  const parts = [...filters, ...words];
  if (parts.length === 0) return 'Sitrep';
  const points = [...singleLine(`Sitrep: ${parts.join(', ')}`)];
  return points.length <= titleLengthMax
    ? points.join('')
    : `${points.slice(0, titleLengthMax - 1).join('')}…`;
}

/** The labels of one occurrence of a filter: alternatives are joined by a slash, exclusions begin with “not”. */
function labelled(asked: string, directory: FeedDirectory): string {
  const label = (value: string) =>
    directory.topicLabels.get(value) ?? directory.sources.get(value)?.title ?? value;
  return asked
    .split(',')
    .map((value) => (value.startsWith('-') ? `not ${label(value.slice(1))}` : label(value)))
    .join(' / ');
}
