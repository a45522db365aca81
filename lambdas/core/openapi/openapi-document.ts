import type { TopicTree } from '../words/topic.ts';
import { clusterSchemas } from './cluster-schemas.ts';
import { countSchemas } from './count-schemas.ts';
import { type JsonSchema, reference } from './json-schema.ts';
import { apiOperations, type ApiOperation, problemStatus } from './operations.ts';
import { apiParameters, type ApiParameter } from './parameters.ts';
import { problemSchemas } from './problem-schemas.ts';
import { sourceSchemas } from './source-schemas.ts';
import { storySchemas } from './story-schemas.ts';

interface ReferenceObject {
  readonly $ref: string;
}

interface ApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, ReferenceObject>>;
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

/** One operation as the document has it. */
export interface DocumentOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly (ApiParameter | ReferenceObject)[];
  readonly responses: Readonly<Record<string, ApiResponse | ReferenceObject>>;
  readonly 'x-examples': readonly { readonly summary: string; readonly path: string }[];
}

/** As much of an OpenAPI document as ours has. Source: OpenAPI 3.1.1. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, { readonly get: DocumentOperation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, ApiParameter>>;
    readonly headers: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
    readonly responses: Readonly<Record<string, ApiResponse>>;
  };
}

const description = `Defence news from many sources: tagged, de-duplicated, newest first. Reading needs no key.

Filters mean the same everywhere. \`a,b\` any of them, a parameter given again all of them, \`-a\` none of them. An unknown parameter or value is a 400 that names the parameter and what is allowed; a valid query that nothing matches is a 200 without stories. Every answer can be asked for conditionally (If-None-Match, If-Modified-Since) and compressed (br, gzip). Fields may be added; none is renamed, removed or given another meaning under these addresses.`;

const tags = [
  { name: 'Stories', description: 'The stories of a query, one story, one event.' },
  { name: 'Counts', description: 'How many stories: by topic, by name, by day.' },
  { name: 'Sources', description: 'Who publishes, and what is polled.' },
  { name: 'Feeds', description: 'The stories of any query for a feed reader.' },
  { name: 'Service', description: 'The service itself.' },
] as const;

const headers = {
  ETag: { description: 'Of exactly these bytes.', schema: { type: 'string' } },
  'Last-Modified': { description: 'When what is listed last changed.', schema: { type: 'string' } },
  'Cache-Control': { description: 'How long the answer stays fresh.', schema: { type: 'string' } },
  IM: {
    description: '`feed`: only what is new since the document of `Delta-Base`.',
    schema: { type: 'string' },
  },
  'Delta-Base': { description: 'The entity tag that the answer goes on from.', schema: { type: 'string' } },
  Link: { description: 'The next page, rel="next".', schema: { type: 'string' } },
} as const;

/** The description of the service at this address with this taxonomy; the same input gives the same document. */
export function openApiDocument(service: {
  readonly tree: TopicTree;
  readonly publicUrl: string;
  readonly version: string;
}): OpenApiDocument {
  const { domains } = service.tree;
  const slugs = domains.flatMap(({ slug, topics }) => [slug, ...topics.map((topic) => topic.slug)]);
  const domain = domains[0]?.slug ?? '';
  const words = { topic: domains[0]?.topics[0]?.slug ?? domain, domain, other: domains.at(-1)?.slug ?? '' };
  return {
    openapi: '3.1.1',
    info: { title: 'Sitrep', version: service.version, description },
    servers: [{ url: service.publicUrl }],
    tags,
    paths: Object.fromEntries(
      apiOperations.map((operation) => [operation.path, { get: documented(operation, words) }]),
    ),
    components: {
      schemas: {
        ...storySchemas,
        ...clusterSchemas,
        ...countSchemas,
        ...sourceSchemas,
        ...problemSchemas,
        TopicSlug: { type: 'string', enum: slugs, description: 'A topic of the taxonomy, or a domain.' },
      },
      parameters: Object.fromEntries(apiParameters.map((parameter) => [parameter.name, parameter])),
      headers,
      responses: commonResponses,
    },
  };
}

const problemContent = { 'application/problem+json': { schema: reference('Problem') } };
const problemResponse = (words: string): ApiResponse => ({ description: words, content: problemContent });

const commonResponses: Readonly<Record<string, ApiResponse>> = {
  NotModified: { description: 'What you have is what there is.' },
  BadParameter: problemResponse('A parameter or value that is not allowed; says which and what is.'),
  NotFound: problemResponse('There is nothing of that name.'),
  TooManyRequests: { description: 'Too many requests at once; come again later.' },
  Unavailable: problemResponse('The store does not answer; `Retry-After` says when to come again.'),
  Failed: problemResponse('Something else went wrong.'),
};

const responseTo = (name: string): ReferenceObject => ({ $ref: `#/components/responses/${name}` });

/** What stands for the placeholders of examples. */
type ExampleWords = Readonly<Record<'topic' | 'domain' | 'other', string>>;

function documented(operation: ApiOperation, examples: ExampleWords): DocumentOperation {
  const { id, tag, summary, description: words, query, parts = [], problems = [] } = operation;
  const named =
    operation.isConditional === false ? ['Cache-Control'] : ['ETag', 'Last-Modified', 'Cache-Control'];
  const sent = query.includes('cursor') ? [...named, 'Link'] : named;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: words,
    parameters: [...parts, ...query.map((name) => ({ $ref: `#/components/parameters/${name}` }))],
    responses: {
      200: {
        description: 'What was asked for.',
        headers: headersOf(sent),
        content: contentOf(operation.content),
      },
      ...(operation.givesDeltas === true && { 226: deltaResponse(operation.content) }),
      ...(operation.isConditional !== false && { 304: responseTo('NotModified') }),
      400: responseTo('BadParameter'),
      ...Object.fromEntries(
        problems.map((type) => [problemStatus(type), responseTo(responseNames[type] ?? 'Failed')]),
      ),
      429: responseTo('TooManyRequests'),
      default: responseTo('Failed'),
    },
    'x-examples': operation.examples.map(([what, path]) => ({ summary: what, path: filled(path, examples) })),
  };
}

function contentOf(content: ApiOperation['content']) {
  return Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [type, schema === null ? {} : { schema }]),
  );
}

/** Source: RFC 3229 §10.4.1; a page for people is never told in parts. */
function deltaResponse({ 'text/html': _page, ...content }: ApiOperation['content']): ApiResponse {
  const sent = ['ETag', 'Last-Modified', 'Cache-Control', 'IM', 'Delta-Base'];
  return {
    description: 'Asked with `A-IM: feed` and `If-None-Match`: the items that are new or changed since then.',
    headers: headersOf(sent),
    content: contentOf(content),
  };
}

const headersOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** The path with the placeholders of examples filled in. */
const filled = (path: string, { topic, domain, other }: ExampleWords): string =>
  path.replaceAll('{topic}', topic).replaceAll('{domain}', domain).replaceAll('{other}', other);

const responseNames: Readonly<Record<string, string>> = {
  'not-found': 'NotFound',
  unavailable: 'Unavailable',
};
