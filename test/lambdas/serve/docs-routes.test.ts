import { describe, expect, it } from 'vitest';
import { limitMax } from '../../../lambdas/core/query/query-single.ts';
import type { JsonSchema } from '../../../lambdas/core/openapi/json-schema.ts';
import { openApiDocument, type DocumentOperation } from '../../../lambdas/core/openapi/openapi-document.ts';
import { routeFor, routes } from '../../../lambdas/serve/routes.ts';
import { schemaProblems } from '../../support/check-schema.ts';
import { hostileStories } from '../../support/feed-fixture.ts';
import { nowMs, serveFixture, storyId, storyOf, tree, wire } from '../../support/serve-fixture.ts';

const document = openApiDocument({ tree, publicUrl: 'https://wire.example', version: '1.2.3' });
const { schemas } = document.components;

/** Addresses that each path of the document stands for, the first of them of something that is there. */
const places: Readonly<Record<string, string>> = {
  id: storyId(1),
  format: 'json',
  topic: 'sea.submarines',
  month: '2026-10',
};
const filled = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => places[name] ?? name);

const operations = Object.entries(document.paths).map(([path, { get }]) => ({
  path,
  address: filled(path),
  get,
}));
const namesOf = ({ parameters }: DocumentOperation): string[] =>
  parameters.flatMap((parameter) =>
    '$ref' in parameter ? [parameter.$ref.replace('#/components/parameters/', '')] : [],
  );

/** A value that each parameter takes. */
const values: Readonly<Record<string, string>> = {
  topic: 'sea',
  country: 'AU',
  source: 'harbour-post',
  lang: 'en',
  kind: 'trade',
  since: '7d',
  until: '1h',
  limit: '3',
  collapse: 'none',
  format: 'json',
  fields: 'id',
  type: 'system',
};
const sampleOf = (name: string): string => values[name] ?? 'word';

/** An event of three, a copy, text of every kind: stories that fill every field there is. */
const stories = [
  ...wire,
  ...hostileStories,
  storyOf({
    n: 6,
    topics: ['sea.mines'],
    marks: ['live'],
    notice: 'correction',
    history: [
      {
        revision: 1,
        updated: new Date(nowMs - 9_000_000).toISOString(),
        text: 'hash',
        title: 'Another title',
      },
    ],
    revision: 2,
    agency: 'An agency',
    dateline: { place: 'PERTH', length: 8 },
    copies: [{ id: storyId(2), source: 'mod-fi', url: null, published: new Date(nowMs).toISOString() }],
    cluster: storyId(6),
  }),
  storyOf({
    n: 5,
    source: 'mod-fi',
    topics: ['air.drones'],
    title: 'Twelve wounded, $3.2 billion lost',
    cluster: storyId(6),
  }),
  storyOf({
    n: 4.5,
    id: storyId(45),
    cluster: storyId(6),
    original: {
      id: storyId(6),
      source: 'harbour-post',
      kind: 'trade',
      lang: 'en',
      lacks: [],
      adds: [],
      sortTime: new Date(nowMs - 6 * 3_600_000).toISOString(),
    },
  }),
];
const { get } = serveFixture(stories);

describe('the document and the routes', () => {
  it('the document has an operation for every route', () => {
    const unknown = routes.filter(({ path }) => !operations.some(({ address }) => path.test(address)));
    expect(unknown.map(({ path }) => path.source)).toEqual([]);
  });

  it('there is a route for every operation, and none twice', () => {
    expect(operations.filter(({ address }) => routeFor(address) === null).map(({ path }) => path)).toEqual(
      [],
    );
    expect(new Set(operations.map(({ address }) => address)).size).toBe(operations.length);
  });

  it.each(operations)(
    '$path takes the parameters it names and refuses every other',
    async ({ address, get: operation }) => {
      const own = namesOf(operation);
      for (const name of [...Object.keys(document.components.parameters), 'unknown']) {
        const response = await get(`${address}?${name}=${sampleOf(name)}`);
        const text = await response.text();
        const isRefused = response.status === 400 && text.includes('"detail":"Expected a known parameter');
        expect(isRefused, `${name}: ${text.slice(0, 200)}`).toBe(!own.includes(name));
      }
    },
  );

  it.each(operations)('$path answers as the document says', async ({ address, get: operation }) => {
    const response = await get(address);
    expect(response.status).toBe(200);
    const answer = operation.responses[200];
    if (answer === undefined || '$ref' in answer) throw new Error('Expected the answer to be described');
    const mediaType = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    expect(Object.keys(answer.content ?? {})).toContain(mediaType);
    const schema = answer.content?.[mediaType]?.schema;
    const text = await response.text();
    if (schema !== undefined) expect(schemaProblems(JSON.parse(text), schema, schemas)).toEqual([]);
  });

  it.each(operations)('$path answers every example', async ({ get: operation }) => {
    for (const { path } of operation['x-examples']) expect((await get(path)).status, path).toBe(200);
  });

  it('describes a story that is a copy, and events by the id of any story', async () => {
    const ways = [
      [`/api/stories/${storyId(45)}`, 'StoryDetail'],
      [`/api/stories/${storyId(6)}`, 'StoryDetail'],
      [`/api/clusters/${storyId(45)}`, 'Cluster'],
      [`/api/clusters/${storyId(6)}`, 'Cluster'],
    ] as const;
    for (const [path, name] of ways) {
      const document = JSON.parse(await (await get(path)).text());
      expect(document.members, path).toHaveLength(3);
      expect(schemaProblems(document, { $ref: `#/components/schemas/${name}` }, schemas), path).toEqual([]);
    }
  });

  it('describes what stands out, and things of every type', async () => {
    // Ten stories a day, one of them about mines, and one day with twelve more.
    const quiet = Array.from({ length: 400 }, (_, n) =>
      storyOf({ n: 2.4 * n, id: storyId(2_000 + n), topics: n % 10 === 0 ? ['sea.mines'] : [] }),
    );
    const loud = Array.from({ length: 12 }, (_, n) =>
      storyOf({
        n: 30 + n / 10,
        id: storyId(900 + n),
        topics: ['sea.mines'],
        source: `source-${n}`,
        cluster: n < 5 ? storyId(900) : null,
      }),
    );
    const { get: ask } = serveFixture([...stories, ...quiet, ...loud]);
    const trends = JSON.parse(await (await ask('/api/trends')).text());
    expect(trends.spikes[0]?.events?.length).toBeGreaterThan(0);
    expect(schemaProblems(trends, { $ref: '#/components/schemas/TrendTable' }, schemas)).toEqual([]);
    for (const type of document.components.parameters.type?.schema.enum ?? []) {
      const table = JSON.parse(await (await ask(`/api/entities?type=${type}&since=30d`)).text());
      expect(schemaProblems(table, { $ref: '#/components/schemas/EntityTable' }, schemas)).toEqual([]);
    }
  });

  it('describes failures as they are', async () => {
    for (const path of [
      '/api/stories?topic=seaa',
      '/api/stories?limit=0',
      '/nothing',
      '/api/stories?fields=x',
      '/docs?a=1',
    ]) {
      const problem = JSON.parse(await (await get(path)).text());
      expect(schemaProblems(problem, { $ref: '#/components/schemas/Problem' }, schemas)).toEqual([]);
    }
  });

  it('describes a list of chosen fields, and refuses in a test what is not described', async () => {
    const schema = { $ref: '#/components/schemas/StoryList' };
    const list = JSON.parse(await (await get('/api/stories?fields=topics,id')).text());
    expect(schemaProblems(list, schema, schemas)).toEqual([]);
    expect(schemaProblems({ ...list, more: 1 }, schema, schemas)).toHaveLength(1);
    expect(
      schemaProblems({ stories: [{ id: 1, story: 2 }], nextCursor: null }, schema, schemas).length,
    ).toBeGreaterThan(0);
  });

  it('names the bounds that the service keeps', async () => {
    const many = serveFixture(Array.from({ length: 300 }, (_, n) => storyOf({ n })));
    const schema: JsonSchema = document.components.parameters.limit?.schema ?? {};
    const count = async (path: string) => JSON.parse(await (await many.get(path)).text()).stories.length;
    expect(await count('/api/stories')).toBe(schema.default);
    expect(await count(`/api/stories?limit=${schema.maximum}`)).toBe(limitMax);
    expect((await many.get(`/api/stories?limit=${limitMax + 1}`)).status).toBe(400);
  });
});

describe('/api/openapi.json', () => {
  it('is the document of this service', async () => {
    const response = await get('/api/openapi.json');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(JSON.parse(await response.text())).toEqual(document);
    const again = await get('/api/openapi.json', { 'if-none-match': response.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });
});

describe('/docs', () => {
  it('is a page that its policy lets be shown, with nothing that runs and nothing from elsewhere', async () => {
    const response = await get('/docs');
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'.*style-src 'sha256-/,
    );
    expect(page).not.toMatch(/<script|<img|<iframe|<form|\son\w+=|\sstyle=|src=|@import|url\(/i);
    for (const [, href = ''] of page.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^[#/]/);
  });
});
