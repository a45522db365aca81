import { filterNames } from '../query/query-vocabulary.ts';
import { parameterNames } from '../query/story-query.ts';
import { shapeParameterNames } from '../query/answer-shape.ts';
import { type ProblemType, problemTypes } from '../render/problem.ts';
import { type JsonSchema, reference } from './json-schema.ts';
import type { ApiParameter } from './parameters.ts';
import { storyIdPattern } from './story-schemas.ts';

/** One GET of the service before it is written into the document. */
export interface ApiOperation {
  readonly path: string;
  readonly id: string;
  readonly tag: 'Stories' | 'Counts' | 'Sources' | 'Feeds' | 'Service';
  readonly summary: string;
  readonly description: string;
  /** Parameters of the query by name, as `apiParameters` describes them. */
  readonly query: readonly string[];
  readonly parts?: readonly ApiParameter[];
  /** What a 200 holds, by media type; null where no schema can say it. */
  readonly content: Readonly<Record<string, JsonSchema | null>>;
  /** Failures of its own besides a refused parameter. */
  readonly problems?: readonly ProblemType[];
  /** Whether it tells a reader that asks only what is new (226), and whether it is asked conditionally; yes unless said. */
  readonly givesDeltas?: true;
  readonly isConditional?: false;
  /**
   * Queries worth trying: what for, and the address. `{topic}`, `{domain}` and `{other}` stand for a topic, a domain and
   * another domain of the taxonomy at hand.
   */
  readonly examples: readonly (readonly [string, string])[];
}

const part = (name: string, description: string, schema: JsonSchema): ApiParameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const idPart = (what: string) => part('id', what, { type: 'string', pattern: storyIdPattern });
const json = (name: string) => ({ 'application/json': reference(name) });
const feedFormats = part('format', 'RSS 2.0, Atom 1.0 or JSON Feed 1.1.', {
  type: 'string',
  enum: ['rss', 'atom', 'json'],
});
const feedContent = {
  'application/rss+xml': null,
  'application/atom+xml': null,
  'application/feed+json': null,
  'text/html': null,
};
const feedWords =
  'A browser gets a page that says how to follow it. A reader that sends `A-IM: feed` with `If-None-Match` gets, as a 226, only what is new since then.';
const archiveWords =
  'An archive document of RFC 5005: feeds lead to it, and each to the month before and after. 404 until the month has been over for a day.';
const inArchives = parameterNames.filter((name) => name !== 'since' && name !== 'until' && name !== 'limit');
const topicPart = part('topic', 'A topic or domain.', reference('TopicSlug'));
const month = part('month', 'A month that is over, UTC.', { type: 'string', pattern: '^\\d{4}-\\d{2}$' });

const storyOperations: readonly ApiOperation[] = [
  {
    path: '/api/stories',
    id: 'listStories',
    tag: 'Stories',
    summary: 'Stories that match a query',
    description:
      'Newest first. `nextCursor`, and in every format the `Link` header with rel="next", leads to the next page; a page may hold fewer stories than `limit`, or none, and still have a next one. CSV and NDJSON hold the same stories.',
    query: [...parameterNames, ...shapeParameterNames],
    content: { ...json('StoryList'), 'text/csv': null, 'application/x-ndjson': null },
    examples: [
      ['One topic and one country', '/api/stories?topic={topic}&country=AU'],
      [
        'Official sources on either of two domains, the last week',
        '/api/stories?topic={domain},{other}&kind=official&since=7d',
      ],
      ['A phrase, without a word', '/api/stories?q=%22keel%20laid%22%20-museum'],
      ['A table of four columns', '/api/stories?format=csv&fields=published,source,title,url'],
    ],
  },
  {
    path: '/api/stories/{id}',
    id: 'getStory',
    tag: 'Stories',
    summary: 'One story, with the reason for every tag',
    description: 'The story as in a list, what the list leaves out, and the other stories of its event.',
    query: [],
    parts: [idPart('The `id` of a story.')],
    content: json('StoryDetail'),
    problems: ['not-found'],
    examples: [],
  },
  {
    path: '/api/clusters/{id}',
    id: 'getCluster',
    tag: 'Stories',
    summary: 'One event: its stories, who was first, what each added',
    description: 'By its own id or that of any of its stories; a story alone is an event of one.',
    query: [],
    parts: [idPart('The `cluster` of a story, or the `id` of one.')],
    content: json('Cluster'),
    problems: ['not-found'],
    examples: [],
  },
];

/** Filters and window of what is counted; words are not counted. */
const counted = [...filterNames, 'since', 'until', 'format'];
const table = (name: string) => ({ ...json(name), 'text/csv': null });

const countOperations: readonly ApiOperation[] = [
  {
    path: '/api/topics',
    id: 'listTopics',
    tag: 'Counts',
    summary: 'The taxonomy with the number of stories of each topic',
    description: 'Over the last seven days unless said otherwise; at most 90 days.',
    query: counted,
    content: table('TopicTable'),
    examples: [['The last day, about one country', '/api/topics?since=24h&country=US']],
  },
  {
    path: '/api/entities',
    id: 'listEntities',
    tag: 'Counts',
    summary: 'What most stories name',
    description:
      'Things of one type with their counts and those of the window before. Over the last seven days unless said otherwise; at most 45 days.',
    query: [...counted, 'type', 'limit'],
    content: table('EntityTable'),
    examples: [
      ['Organisations of the last week', '/api/entities'],
      ['Systems in one domain, the last month', '/api/entities?type=system&topic={domain}&since=30d'],
    ],
  },
  {
    path: '/api/trends',
    id: 'listTrends',
    tag: 'Counts',
    summary: 'Stories per day and topic, and what stood out',
    description:
      'In whole days, UTC: the last fourteen unless said otherwise, at most 62. For the strongest spikes it names the events behind them.',
    query: counted,
    content: table('TrendTable'),
    examples: [
      ['The last fortnight', '/api/trends'],
      ['One domain as a table', '/api/trends?topic={domain}&format=csv'],
    ],
  },
];

const sourceOperations: readonly ApiOperation[] = [
  {
    path: '/api/sources',
    id: 'listSources',
    tag: 'Sources',
    summary: 'Every publisher with its feeds',
    description: 'As the catalogue has them, with how each feed fares and what to do about it.',
    query: ['format'],
    content: table('SourceList'),
    examples: [
      ['All sources', '/api/sources'],
      ['The feeds as a table', '/api/sources?format=csv'],
    ],
  },
  {
    path: '/opml',
    id: 'getOpml',
    tag: 'Sources',
    summary: 'Subscription list',
    description: 'OPML 2.0: a feed for each topic, and the feeds that are polled.',
    query: [],
    content: { 'text/x-opml': null },
    examples: [['For the import of a feed reader', '/opml']],
  },
];

const feedOperations: readonly ApiOperation[] = [
  {
    path: '/feed.{format}',
    id: 'getFeed',
    tag: 'Feeds',
    summary: 'The stories of a query as a feed',
    description: `The same stories in the same order as \`/api/stories\`. ${feedWords}`,
    query: parameterNames,
    parts: [feedFormats],
    content: feedContent,
    givesDeltas: true,
    examples: [
      ['The whole wire', '/feed.rss'],
      ['One topic in one country, as Atom', '/feed.atom?topic={topic}&country=UA'],
    ],
  },
  {
    path: '/topics/{topic}.{format}',
    id: 'getTopicFeed',
    tag: 'Feeds',
    summary: 'The feed of a topic',
    description: `The permanent short form of \`?topic=\`; takes further filters. ${feedWords}`,
    query: parameterNames,
    parts: [topicPart, feedFormats],
    content: feedContent,
    givesDeltas: true,
    problems: ['not-found'],
    examples: [['Every topic of a domain', '/topics/{domain}.rss']],
  },
  {
    path: '/archive/{month}/feed.{format}',
    id: 'getArchive',
    tag: 'Feeds',
    summary: 'A month of a feed that is over',
    description: archiveWords,
    query: inArchives,
    parts: [month, feedFormats],
    content: feedContent,
    problems: ['not-found'],
    examples: [],
  },
  {
    path: '/archive/{month}/topics/{topic}.{format}',
    id: 'getTopicArchive',
    tag: 'Feeds',
    summary: "A month of a topic's feed that is over",
    description: archiveWords,
    query: inArchives,
    parts: [month, topicPart, feedFormats],
    content: feedContent,
    problems: ['not-found'],
    examples: [],
  },
];

const page = { 'text/html': null };

const serviceOperations: readonly ApiOperation[] = [
  {
    path: '/',
    id: 'getHome',
    tag: 'Service',
    summary: 'A page that leads to every feed',
    description: 'For people.',
    query: [],
    content: page,
    examples: [],
  },
  {
    path: '/docs',
    id: 'getDocs',
    tag: 'Service',
    summary: 'This description as a page',
    description: 'For people.',
    query: [],
    content: page,
    examples: [],
  },
  {
    path: '/api/openapi.json',
    id: 'getOpenApi',
    tag: 'Service',
    summary: 'This description as OpenAPI 3.1',
    description: 'Made from the vocabulary and the bounds that the service itself uses.',
    query: [],
    content: { 'application/json': { type: 'object' } },
    examples: [],
  },
  {
    path: '/healthz',
    id: 'getHealth',
    tag: 'Service',
    summary: 'Whether the store answers',
    description: 'Never cached.',
    query: [],
    content: json('Health'),
    isConditional: false,
    problems: ['unavailable'],
    examples: [['Now', '/healthz']],
  },
];

/** Every GET there is, in the order of the page. `test/lambdas/core/openapi` compares it with the routes, both ways. */
export const apiOperations: readonly ApiOperation[] = [
  ...storyOperations,
  ...countOperations,
  ...sourceOperations,
  ...feedOperations,
  ...serviceOperations,
];

/** The status of a kind of problem. */
export const problemStatus = (type: ProblemType): number => problemTypes[type];
