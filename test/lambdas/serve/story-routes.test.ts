import { describe, expect, it } from 'vitest';
import { storyFieldNames } from '../../../lambdas/core/render/fields.ts';
import { parseCsv } from '../../support/parse-csv.ts';
import { serveFixture, storyId, storyOf, wire } from '../../support/serve-fixture.ts';

const { get } = serveFixture();
const json = async (path: string) => JSON.parse(await (await get(path)).text());
const lines = (text: string) => text.split('\n').slice(0, -1);
const nextPath = (response: Response): string | null => {
  const link = /^<https:\/\/wire\.example([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '');
  return link?.[1] ?? null;
};

describe('/api/stories as a table', () => {
  it('begins with the header and holds the stories of the JSON answer in their order', async () => {
    const response = await get('/api/stories?format=csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="sitrep-stories.csv"');
    const text = await response.text();
    expect(text).toMatch(/^id,title,url,source,published,/);
    const [header, ...rows] = parseCsv(text);
    expect(header).toEqual(storyFieldNames);
    const { stories } = await json('/api/stories');
    expect(rows.map(([id]) => id)).toEqual(stories.map(({ id }: { id: string }) => id));
  });

  it('is the header alone when nothing matches', async () => {
    expect(parseCsv(await (await get('/api/stories?format=csv&country=TV&fields=id,url')).text())).toEqual([
      ['id', 'url'],
    ]);
  });

  it('guards what publishers wrote', async () => {
    const titles = [
      "=cmd|'/c calc'!A1",
      '+1+1',
      '-2+3',
      '@SUM(1)',
      '=HYPERLINK("https://evil","x")',
      'F-35, "new"',
    ];
    const hostile = serveFixture(titles.map((title, n) => storyOf({ n, title, authors: ['@a', 'b;c'] })));
    const text = await (await hostile.get('/api/stories?format=csv&fields=title,authors')).text();
    expect(parseCsv(text).slice(1)).toEqual(
      titles.map((title, at) => [at === 5 ? title : `'${title}`, "'@a;b,c"]),
    );
  });
});

describe('/api/stories as lines', () => {
  it('holds the stories of the JSON answer, one a line', async () => {
    const response = await get('/api/stories?format=ndjson');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const { stories } = await json('/api/stories');
    expect(lines(await response.text()).map((line) => JSON.parse(line))).toEqual(stories);
  });

  it('is empty when nothing matches', async () => {
    const response = await get('/api/stories?format=ndjson&country=TV');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('fields', () => {
  it('chooses fields and their order in every format', async () => {
    const { stories } = await json('/api/stories?fields=topics,id&limit=1');
    expect(Object.keys(stories[0])).toEqual(['topics', 'id']);
    const csv = await (await get('/api/stories?format=csv&fields=topics,id&limit=1')).text();
    expect(parseCsv(csv)).toEqual([
      ['topics', 'id'],
      ['sea.submarines', wire[0]?.id],
    ]);
    const [line = ''] = lines(
      await (await get('/api/stories?format=ndjson&fields=topics,id&limit=1')).text(),
    );
    expect(JSON.parse(line)).toEqual(stories[0]);
  });

  it('is refused with what there is, before the store is asked', async () => {
    const { get: ask, reader } = serveFixture();
    for (const search of [
      'fields=nothing',
      'fields=',
      'format=../x',
      'format=csv&format=csv',
      'Format=csv',
    ]) {
      const response = await ask(`/api/stories?${search}`);
      expect(response.status, search).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(JSON.parse(await response.text()).allowed, search).toBeTruthy();
    }
    expect(reader.reads()).toBe(0);
  });

  it.each(['/feed.rss', '/feed.json', '/topics/sea.rss', '/api/sources', `/api/stories/${wire[0]?.id}`])(
    'is no parameter of %s, and neither is format',
    async (path) => {
      expect((await get(`${path}?fields=id`)).status).toBe(400);
      expect((await get(`${path}?format=rss`)).status).toBe(400);
    },
  );
});

describe('the link to the next page', () => {
  it.each(['json', 'csv', 'ndjson'])('leads through the whole wire as %s', async (format) => {
    const ids: string[] = [];
    let path: string | null = `/api/stories?fields=id&limit=2&format=${format}`;
    while (path !== null) {
      const response: Response = await get(path);
      const text = await response.text();
      ids.push(...[...text.matchAll(/story\d{17}/g)].map(([id]) => id));
      path = nextPath(response);
    }
    expect(ids).toEqual(wire.map(({ id }) => id));
  });

  it('repeats what was asked in canonical order', async () => {
    const link = nextPath(
      await get('/api/stories?format=csv&fields=title,id&since=7d&limit=1&topic=sea,air'),
    );
    expect(link?.replace(/cursor=[\w-]+/, 'cursor=…')).toBe(
      '/api/stories?topic=air,sea&since=7d&limit=1&cursor=…&format=csv&fields=title,id',
    );
  });

  it('takes the cursor of one format and choice of fields for another', async () => {
    const { nextCursor } = await json('/api/stories?limit=2');
    const csv = await get(`/api/stories?limit=1&fields=id&format=csv&cursor=${nextCursor}`);
    expect(parseCsv(await csv.text())).toEqual([['id'], [wire[2]?.id]]);
  });

  it('is absent on the last page', async () => {
    expect((await get('/api/stories?format=csv')).headers.has('link')).toBe(false);
  });
});

describe('words that are rare', () => {
  it('are looked for up to a bound, and further by the cursor', async () => {
    const stories = Array.from({ length: 4_500 }, (_, n) =>
      storyOf({
        n: n / 100,
        id: storyId(n),
        title: n === 4_400 ? 'A zeppelin over Perth' : 'Nothing of the kind',
      }),
    );
    const { get: ask, reader } = serveFixture(stories);
    const found: string[] = [];
    const pages: number[] = [];
    let path: string | null = '/api/stories?q=zeppelin&fields=id';
    while (path !== null) {
      const response: Response = await ask(path);
      const { stories: shown, nextCursor } = JSON.parse(await response.text());
      found.push(...shown.map(({ id }: { id: string }) => id));
      pages.push(shown.length);
      path = nextPath(response);
      expect(path === null).toBe(nextCursor === null);
    }
    expect(found).toEqual([storyId(4_400)]);
    expect(pages).toEqual([0, 0, 1]);
    expect(reader.requests.every(({ rowsMax }) => rowsMax <= 2_000)).toBe(true);
  });
});

describe('validators', () => {
  it('differ by format, and a repeated question is answered with 304', async () => {
    const tags = await Promise.all(
      ['json', 'csv', 'ndjson'].map(
        async (format) => (await get(`/api/stories?format=${format}`)).headers.get('etag') ?? '',
      ),
    );
    expect(new Set(tags).size).toBe(3);
    const again = await get('/api/stories?format=csv', { 'if-none-match': tags[1] ?? '' });
    expect(again.status).toBe(304);
  });
});
