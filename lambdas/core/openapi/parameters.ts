import { entityTypes } from '../tally/entity-table.ts';
import { answerFormats } from '../query/answer-shape.ts';
import { filterTermsMax } from '../query/query-filters.ts';
import { collapses, limitMax } from '../query/query-single.ts';
import { queryLimits } from '../query/query-string.ts';
import { timeBoundsAllowed } from '../query/query-time.ts';
import { filterNames, type FilterName } from '../query/query-vocabulary.ts';
import type { ParameterName } from '../query/story-query.ts';
import { wordQueryLimits } from '../query/word-query.ts';
import { storyFieldNames } from '../render/fields.ts';
import { sourceKinds } from '../words/feed.ts';
import type { JsonSchema } from './json-schema.ts';

/** A parameter of an operation. `x-values` names the schema of one value where the parameter takes a list of them. */
export interface ApiParameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
  readonly style?: 'form';
  readonly explode?: boolean;
  readonly example?: string | number | readonly string[];
  readonly 'x-values'?: JsonSchema;
}

/** What each filter is about, one value that it takes, and what is allowed where that can be said. */
const filters: Readonly<Record<FilterName, { says: string; example: string; values: JsonSchema }>> = {
  topic: {
    says: 'Topic of the taxonomy; a domain such as `sea` covers its topics.',
    example: 'sea.submarines',
    values: { $ref: '#/components/schemas/TopicSlug' },
  },
  country: {
    says: 'Country the story is about: ISO 3166-1 alpha-2, or XK; in any case.',
    example: 'AU',
    values: { type: 'string', pattern: '^[A-Za-z]{2}$' },
  },
  org: {
    says: 'Organisation; case, accents and punctuation do not matter.',
    example: 'Royal Navy',
    values: name(),
  },
  person: { says: 'Person.', example: 'Jens Stoltenberg', values: name() },
  system: { says: 'Weapon system or platform.', example: 'F-35', values: name() },
  operation: { says: 'Operation or exercise.', example: 'RIMPAC', values: name() },
  source: { says: 'Publisher, by its id in `/api/sources`.', example: '', values: { type: 'string' } },
  lang: { says: 'Language of the story: ISO 639-1.', example: 'en', values: { type: 'string' } },
  kind: {
    says: 'Kind of publisher.',
    example: 'official',
    values: { type: 'string', enum: sourceKinds },
  },
};

function name(): JsonSchema {
  return { type: 'string', maxLength: 120 };
}

const grammar = '`a,b` any of them, given again all of them, `-a` none of them.';

const filterParameters: readonly ApiParameter[] = filterNames.map((filter) => ({
  name: filter,
  in: 'query',
  description: `${filters[filter].says} ${grammar}`,
  style: 'form',
  explode: true,
  schema: {
    type: 'array',
    items: { type: 'string', maxLength: queryLimits.valueLengthMax },
    maxItems: filterTermsMax,
  },
  ...(filters[filter].example === '' ? {} : { example: [filters[filter].example] }),
  'x-values': filters[filter].values,
}));

const single = (
  parameter: Exclude<ParameterName, FilterName> | 'format' | 'fields' | 'type',
  [description, schema]: readonly [string, JsonSchema],
): ApiParameter => ({ name: parameter, in: 'query', description, schema });

const bound = (what: string) => [`${what}: ${timeBoundsAllowed}.`, { type: 'string' }] as const;

/** Every parameter of the service that more than one operation may take, by name. */
export const apiParameters: readonly ApiParameter[] = [
  ...filterParameters,
  {
    ...single('q', [
      `Words that must stand in title or summary: all words, "phrases", none of -excluded; at most ${wordQueryLimits.termsMax} terms and ${wordQueryLimits.lengthMax} characters. Case, accents and punctuation do not matter.`,
      { type: 'array', items: { type: 'string', maxLength: wordQueryLimits.lengthMax } },
    ]),
    style: 'form',
    explode: true,
    example: ['"keel laid" -museum'],
  },
  { ...single('since', bound('From then on, by sort time')), example: '24h' },
  { ...single('until', bound('Before then, by sort time')), example: '2026-05-01' },
  single('type', ['What is counted.', { type: 'string', enum: entityTypes, default: 'organisation' }]),
  single('limit', [
    'Stories or things in an answer.',
    { type: 'integer', minimum: 1, maximum: limitMax, default: 50, examples: [50] },
  ]),
  single('cursor', [
    'The `nextCursor` of the page before, unchanged, with the same filters.',
    { type: 'string', pattern: '^[\\w-]+$', maxLength: 400 },
  ]),
  single('collapse', [
    'Stories that belong together: each alone, of copies of one text the first, or of an event the first.',
    { type: 'string', enum: collapses, default: 'copies' },
  ]),
  single('format', [
    'How the answer is written; counts and sources are no NDJSON.',
    { type: 'string', enum: answerFormats, default: 'json' },
  ]),
  {
    ...single('fields', [
      `Fields of a story and their order, with commas between: ${storyFieldNames.join(', ')}.`,
      { type: 'array', items: { type: 'string', enum: storyFieldNames }, minItems: 1 },
    ]),
    style: 'form',
    explode: false,
    example: ['id', 'title', 'topics'],
  },
];
