import type { Cell } from './csv.ts';
import type { storyFields } from './story-json.ts';

/** A story as `/api/stories` gives it. */
export type StoryJson = ReturnType<typeof storyFields>;
export type StoryField = keyof StoryJson;

/** What a cell of the table holds: values as they are, of a list the names alone. */
const cells: Readonly<Record<StoryField, (story: StoryJson) => Cell>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  url: ({ url }) => url,
  source: ({ source }) => source,
  published: ({ published }) => published,
  updated: ({ updated }) => updated,
  firstSeen: ({ firstSeen }) => firstSeen,
  revision: ({ revision }) => revision,
  feeds: ({ feeds }) => feeds,
  summary: ({ summary }) => summary,
  authors: ({ authors }) => authors,
  lang: ({ lang }) => lang,
  relevance: ({ relevance }) => relevance,
  topics: ({ topics }) => topics.map(({ topic }) => topic),
  countries: ({ countries }) => countries,
  organisations: ({ organisations }) => organisations,
  people: ({ people }) => people,
  systems: ({ systems }) => systems,
  operations: ({ operations }) => operations,
  copies: ({ copies }) => copies.map(({ id }) => id),
  cluster: ({ cluster }) => cluster,
  copyOf: ({ copyOf }) => copyOf,
  notice: ({ notice }) => notice,
};

const isStoryField = (name: string): name is StoryField => Object.hasOwn(cells, name);

/** Every field of a story, in the order of the table's columns: what `fields` may name. */
export const storyFieldNames: readonly StoryField[] = Object.keys(cells).filter(isStoryField);

/** The story with these fields alone, in this order; null: as it is. */
export const chosenFields = (
  story: StoryJson,
  fields: readonly StoryField[] | null,
): Readonly<Partial<Record<StoryField, unknown>>> =>
  fields === null ? story : Object.fromEntries(fields.map((field) => [field, story[field]]));

/** The story as a row of the table with these columns. */
export const storyCells = (story: StoryJson, columns: readonly StoryField[]): Cell[] =>
  columns.map((field) => cells[field](story));
