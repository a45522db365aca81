import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../support/parse-csv.ts';
import { serveFixture, storyOf, wire } from '../../support/serve-fixture.ts';
import { randomWire } from '../../support/tally-stories.ts';

const json = async (response: Response) => JSON.parse(await response.text());

describe('/api/topics', () => {
  it('counts the last seven days by default, from the hour, and says so', async () => {
    const { get } = serveFixture([...wire, storyOf({ n: 24 * 8, topics: ['sea.mines'] })]);
    const answer = await json(await get('/api/topics'));
    expect(answer).toMatchObject({
      window: { since: '2026-11-15T12:00:00.000Z', until: null },
      version: 3,
      stories: 5,
      copies: 0,
      events: 5,
    });
    expect(answer.domains[0]).toMatchObject({
      slug: 'sea',
      label: 'Sea',
      count: 2,
      copies: 0,
      events: 2,
      topics: [
        { slug: 'sea.submarines', label: 'Submarines', definition: 'Boats that dive', count: 2 },
        { slug: 'sea.mines', count: 1 },
      ],
    });
  });

  it('counts every story of a window, however many', async () => {
    const { get } = serveFixture(Array.from({ length: 4_001 }, (_, n) => storyOf({ n: n / 60 })));
    expect(await json(await get('/api/topics?since=7d'))).toMatchObject({ stories: 4_001 });
    expect(await json(await get('/api/topics?since=1h&until=2026-11-22T11:30Z'))).toMatchObject({
      stories: 30,
    });
  });

  it('equals a walk over /api/stories, page by page, for any wire and filter', async () => {
    const filters = fc.constantFrom(
      '',
      '&country=FI',
      '&lang=en',
      '&source=-mod-fi',
      '&topic=sea&person=Bo+Ek',
    );
    await fc.assert(
      fc.asyncProperty(randomWire, filters, async (stories, filter) => {
        const { get } = serveFixture(stories);
        const table = await json(await get(`/api/topics?since=5d${filter}`));
        for (const [slug, of] of [
          [null, { count: table.stories, copies: table.copies }],
          ...table.domains.flatMap((domain: { slug: string; topics: { slug: string }[] }) =>
            [domain, ...domain.topics].map((topic) => [topic.slug, topic]),
          ),
        ]) {
          const query = `since=5d${filter}${slug === null ? '' : `&topic=${slug}`}`;
          expect(await walked(get, query), query).toBe(of.count);
          expect(await walked(get, `${query}&collapse=none`), query).toBe(of.count + of.copies);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same as a table', async () => {
    const response = await serveFixture().get('/api/topics?format=csv');
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="sitrep-topics.csv"');
    expect(parseCsv(await response.text())).toEqual([
      ['slug', 'label', 'count', 'copies', 'events'],
      ['sea', 'Sea', '2', '0', '2'],
      ['sea.submarines', 'Submarines', '2', '0', '2'],
      ['sea.mines', 'Mines & <mine> countermeasures', '1', '0', '1'],
      ['air', 'Air', '2', '0', '2'],
      ['air.drones', 'Drones', '2', '0', '2'],
    ]);
  });

  it('logs what it cost', async () => {
    const { get, logged } = serveFixture();
    await get('/api/topics');
    expect(logged.at(-1)?.fields).toMatchObject({ path: '/api/topics', counted: 5, readUnits: 0 });
  });
});

describe('/api/entities', () => {
  it('lists what most stories name, with the change and the topics beside it', async () => {
    const { get } = serveFixture([
      ...wire,
      storyOf({ n: 24 * 7 + 2, organisations: ['NATO', 'Lockheed Martin'] }),
    ]);
    expect(await json(await get('/api/entities'))).toEqual({
      window: { since: '2026-11-15T12:00:00.000Z', until: null },
      before: { since: '2026-11-08T12:00:00.000Z', until: '2026-11-15T12:00:00.000Z' },
      type: 'organisation',
      distinct: 1,
      entities: [
        {
          name: 'Lockheed Martin',
          count: 1,
          copies: 0,
          events: 1,
          before: 1,
          change: 0,
          topics: [{ topic: 'air.drones', count: 1 }],
        },
      ],
    });
  });

  it('takes the type by either name, beside the filter by kind of source', async () => {
    const { get } = serveFixture();
    const names = async (query: string) =>
      (await json(await get(`/api/entities?${query}`))).entities.map(({ name }: { name: string }) => name);
    expect(await names('type=country')).toEqual(['FI', 'AU', 'SE']);
    expect(await names('kind=country')).toEqual(['FI', 'AU', 'SE']);
    expect(await names('kind=country&kind=official')).toEqual(['FI']);
    expect(await names('type=system&topic=air')).toEqual(['F-35']);
    expect(await names('type=country&limit=1')).toEqual(['FI']);
    expect(await names('type=source')).toEqual(['harbour-post', 'mod-fi']);
  });

  it('gives the same as a table, guarded against formulas', async () => {
    const { get } = serveFixture([storyOf({ n: 1, organisations: ['=cmd()'], topics: ['sea.mines'] })]);
    const rows = parseCsv(await (await get('/api/entities?format=csv')).text());
    expect(rows[1]).toEqual(['organisation', "'=cmd()", '1', '0', '1', '0', '1', 'sea.mines']);
  });
});

describe('what an analysis refuses', () => {
  it.each([
    ['/api/topics?limit=5', 'limit'],
    ['/api/topics?q=boat', 'q'],
    ['/api/topics?collapse=none', 'collapse'],
    ['/api/topics?topic=sea.boats', 'topic'],
    ['/api/topics?format=ndjson', 'format'],
    ['/api/topics?since=91d', 'since'],
    ['/api/topics?since=2020-01-01', 'since'],
    ['/api/topics?until=2026-11-22&since=2026-11-23', 'since'],
    ['/api/entities?type=ship', 'type'],
    ['/api/entities?kind=ship', 'kind'],
    ['/api/entities?type=country&kind=person', 'type'],
    ['/api/entities?since=46d', 'since'],
    ['/api/entities?limit=201', 'limit'],
    ['/api/trends?since=63d', 'since'],
    ['/api/trends?type=country', 'type'],
    ['/api/sources?since=7d', 'since'],
  ])('%s names %s', async (path, parameter) => {
    const response = await serveFixture().get(path);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await json(response)).toMatchObject({ type: 'urn:sitrep:problem:bad-parameter', parameter });
  });

  it.each([
    '/api/topics?since=90d',
    '/api/entities?since=45d',
    '/api/trends?since=62d',
    '/api/topics?since=2090-01-01',
    '/api/trends?since=2090-01-01&until=2099-01-01',
    '/api/entities?until=1970-01-01T00:30Z',
  ])('is not %s', async (path) => {
    expect((await serveFixture().get(path)).status).toBe(200);
  });
});

/** How many stories a walk along the cursor finds, seven a page. */
async function walked(get: ReturnType<typeof serveFixture>['get'], query: string): Promise<number> {
  const ids = new Set<string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { stories: { id: string }[]; nextCursor: string | null } = await json(
      await get(`/api/stories?${query}&limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`),
    );
    for (const { id } of page.stories) ids.add(id);
    cursor = page.nextCursor;
  }
  return ids.size;
}
