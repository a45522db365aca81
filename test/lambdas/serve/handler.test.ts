import { describe, expect, it } from 'vitest';
import { countryCodes } from '../../../lambdas/core/words/country-codes.ts';
import { hostileStories } from '../../support/feed-fixture.ts';
import { all, parseXml, textOf } from '../../support/parse-xml.ts';
import { nowMs, serveFixture, storyId, storyOf, wire } from '../../support/serve-fixture.ts';

const json = async (response: Response) => JSON.parse(await response.text());

/** Every id of a walk along `next`, and the number of pages. */
async function walk(get: (path: string) => Promise<Response>, path: string): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const mark: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: { stories: { id: string }[]; nextCursor: string | null } = await json(await get(path + mark));
    pages.push(page.stories.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return pages;
}

describe('feeds', () => {
  it('list the same items in the same order in all three formats', async () => {
    const { get } = serveFixture([...hostileStories, ...wire.slice(4)]);
    const rss = parseXml(await (await get('/feed.rss')).text());
    const atom = parseXml(await (await get('/feed.atom')).text());
    const feed = await json(await get('/feed.json'));
    const rssItems = rss.children.flatMap((channel) => all(channel, 'item'));
    const atomItems = all(atom, 'entry');
    const jsonItems: { id: string; title: string; url: string }[] = feed.items;
    expect(rssItems.map((item) => textOf(item, 'guid'))).toEqual(jsonItems.map(({ id }) => id));
    expect(atomItems.map((item) => textOf(item, 'id'))).toEqual(jsonItems.map(({ id }) => id));
    expect(rssItems.map((item) => textOf(item, 'title'))).toEqual(jsonItems.map(({ title }) => title));
    expect(atomItems.map((item) => textOf(item, 'title'))).toEqual(jsonItems.map(({ title }) => title));
    expect(rssItems.map((item) => textOf(item, 'link'))).toEqual(jsonItems.map(({ url }) => url));
    expect(jsonItems).toHaveLength(hostileStories.length + 1);
  });

  it('link to themselves with the configured address and the parameters asked, in canonical order', async () => {
    const { get } = serveFixture();
    const feed = await json(await get('/feed.json?country=fi&limit=5&topic=sea', { host: 'evil.example' }));
    expect(feed.feed_url).toBe('https://wire.example/feed.json?topic=sea&country=FI&limit=5');
    const topic = await json(await get('/topics/sea.mines.json'));
    expect(topic.feed_url).toBe('https://wire.example/topics/sea.mines.json');
  });

  it('lead through the whole wire page by page', async () => {
    const { get } = serveFixture();
    const ids: string[] = [];
    let path: string | null = '/feed.json?limit=2';
    while (path !== null) {
      const feed: { items: { id: string }[]; next_url?: string } = await json(await get(path));
      ids.push(...feed.items.map(({ id }) => id));
      path = feed.next_url?.replace('https://wire.example', '') ?? null;
    }
    expect(ids).toEqual(wire.map(({ id }) => `urn:sitrep:story:${id}`));
  });

  it('answer a topic as its query does, and take a cursor of one for the other', async () => {
    const { get } = serveFixture();
    const byQuery = await json(await get('/feed.json?topic=sea&limit=1'));
    const byPath = await json(await get('/topics/sea.json?limit=1'));
    expect(byPath.items).toEqual(byQuery.items);
    const next = byQuery.next_url.replace(/^.*cursor=/, '');
    expect((await json(await get(`/topics/sea.json?cursor=${next}`))).items).toHaveLength(1);
  });

  it('are valid and empty, with validators, when nothing matches', async () => {
    const { get } = serveFixture();
    for (const ending of ['rss', 'atom', 'json']) {
      const response = await get(`/feed.${ending}?country=TV`);
      expect(response.status).toBe(200);
      expect(response.headers.get('etag')).toMatch(/^"/);
      expect(response.headers.has('last-modified')).toBe(false);
    }
  });

  it('give the same bytes and entity tag from every process and at every time', async () => {
    const first = serveFixture(hostileStories);
    const second = serveFixture([...hostileStories].reverse(), { clock: () => nowMs + 86_400_000 });
    for (const path of ['/feed.rss', '/feed.atom', '/feed.json?topic=sea,air', '/api/stories']) {
      const [a, b] = [await first.get(path), await second.get(path)];
      expect(a.headers.get('etag')).toBe(b.headers.get('etag'));
      expect(a.headers.get('last-modified')).toBe(b.headers.get('last-modified'));
      expect(await a.text()).toBe(await b.text());
    }
  });

  it('change their entity tag when a story is removed, re-tagged or edited', async () => {
    const { get, reader } = serveFixture();
    const tags = new Set<string | null>();
    const note = async () => tags.add((await get('/feed.rss')).headers.get('etag'));
    await note();
    reader.remove(storyId(4));
    await note();
    reader.add(storyOf({ n: 30, topics: ['sea.mines'] }));
    await note();
    reader.add(storyOf({ n: 30, topics: ['sea.mines'], title: 'Edited' }));
    await note();
    expect(tags.size).toBe(4);
  });

  it('stay within 256 KB however large the stories are, and lead to the rest', async () => {
    const stories = Array.from({ length: 120 }, (_, n) =>
      storyOf({ n, title: '&'.repeat(512), summary: '<'.repeat(1_000), organisations: ['&"'.repeat(100)] }),
    );
    const { get } = serveFixture(stories);
    const feed = await get('/feed.rss?limit=120');
    const text = await feed.text();
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(256 * 1_024);
    const ids: string[] = [];
    let path: string | null = '/feed.json?limit=120';
    while (path !== null) {
      const page: { items: { id: string }[]; next_url?: string } = await json(await get(path));
      ids.push(...page.items.map(({ id }) => id));
      path = page.next_url?.replace('https://wire.example', '') ?? null;
    }
    expect(ids).toEqual(stories.map(({ id }) => `urn:sitrep:story:${id}`));
  });
});

describe('/api/stories', () => {
  it('walks the whole wire, each story once, while stories arrive and change', async () => {
    const { get, reader } = serveFixture();
    let pages = 0;
    const interleaved = async (path: string) => {
      const response = await get(path);
      pages += 1;
      reader.add({
        ...storyOf({ n: 0 }),
        id: storyId(100 + pages),
        sortTime: new Date(nowMs + pages).toISOString(),
      });
      return response;
    };
    const ids = (await walk(interleaved, '/api/stories?limit=2')).flat();
    expect(ids).toEqual(wire.map(({ id }) => id));
  });

  it('gives a cursor when it has looked at its bound of rows, even with nothing found yet', async () => {
    const many = Array.from({ length: 2_100 }, (_, n) =>
      storyOf({ n, title: n === 2_050 ? 'Needle' : 'Hay' }),
    );
    const { get, reader } = serveFixture(many);
    const pages = await walk(get, '/api/stories?q=needle');
    expect(pages).toEqual([[], [storyId(2_050)]]);
    expect(reader.requests[0]).toMatchObject({ tags: ['*'], limit: 50, rowsMax: 2_000 });
  });

  it('asks the store for the most selective listing and the window', async () => {
    const { get, reader } = serveFixture();
    await get('/api/stories?topic=sea&country=AU&since=24h&until=2026-11-22T11:30Z&limit=3');
    expect(reader.requests[0]).toMatchObject({
      tags: ['country:AU'],
      since: '2026-11-21T12:00:00.000Z',
      until: '2026-11-22T11:30:00.000Z',
      limit: 3,
      after: null,
    });
  });

  it('cuts a page that would be too large for the edge and goes on after it', async () => {
    const authors = Array.from({ length: 10 }, () => '海'.repeat(3_000));
    const { get } = serveFixture(Array.from({ length: 40 }, (_, n) => storyOf({ n, authors })));
    const first = await get('/api/stories?limit=40');
    expect(Buffer.byteLength(await first.text())).toBeLessThan(3_000_000);
    const pages = await walk(get, '/api/stories?limit=40');
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.flat()).size).toBe(40);
  });

  it('answers every country with 200', async () => {
    const { get } = serveFixture([]);
    for (const code of countryCodes) expect((await get(`/api/stories?country=${code}`)).status).toBe(200);
  });

  it('refuses before it reads', async () => {
    const { get, reader } = serveFixture();
    const { nextCursor } = await json(await get('/api/stories?limit=1'));
    const before = reader.reads();
    const bad = [
      'limit=0',
      'topic=nope',
      `cursor=${nextCursor}x`,
      `topic=sea&cursor=${nextCursor}`,
      `cursor=${Buffer.from('{"pk":"SECRET"}').toString('base64url')}`,
      `cursor=${'A'.repeat(900)}`,
      `topic=${'sea,'.repeat(200)}`,
      Array.from({ length: 500 }, () => 'topic=sea').join('&'),
    ];
    for (const search of bad) {
      const response = await get(`/api/stories?${search}`);
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    expect(reader.reads()).toBe(before);
  });
});

describe('/api/stories/{id}', () => {
  it('gives one story with evidence, and logs its id and trace', async () => {
    const { get, logged } = serveFixture();
    const story = await json(await get(`/api/stories/${storyId(3)}`));
    expect(story).toMatchObject({
      id: storyId(3),
      countries: ['FI'],
      evidence: { countries: [{ name: 'FI' }] },
    });
    expect(logged.at(-1)).toMatchObject({
      event: 'serve.answered',
      fields: { status: 200, storyId: storyId(3), trace: 'trace-3' },
    });
  });

  it.each([storyId(999), 'short', `${storyId(1)}/`, `${storyId(1)}%20`, 'S%23x', 'a'.repeat(65)])(
    'is 404 for %s',
    async (id) => {
      expect((await serveFixture().get(`/api/stories/${id}`)).status).toBe(404);
    },
  );
});

describe('/api/sources and /opml', () => {
  it('list the catalogue and the topic feeds', async () => {
    const { get } = serveFixture();
    const { sources } = await json(await get('/api/sources'));
    expect(sources.map(({ id, feeds }: { id: string; feeds: unknown[] }) => [id, feeds.length])).toEqual([
      ['harbour-post', 1],
      ['mod-fi', 1],
    ]);
    const opml = await (await get('/opml')).text();
    expect(parseXml(opml).name).toBe('opml');
    expect(opml).toContain('https://wire.example/topics/sea.mines.rss');
  });
});

describe('/healthz', () => {
  it('says what the store holds and is never kept', async () => {
    const response = await serveFixture().get('/healthz');
    expect(await json(response)).toEqual({
      version: '1.2.3',
      stories: 5,
      newestStory: '2026-11-22T11:00:00.000Z',
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is 503 when the store does not answer, and is logged', async () => {
    const { get, reader, logged } = serveFixture();
    reader.fail(new Error('table SECRET-NAME is gone'));
    const response = await get('/healthz');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await response.text()).not.toContain('SECRET');
    expect(logged.map(({ event }) => event)).toContain('serve.failed');
  });
});

describe('a fault', () => {
  it('is a 500 that says nothing of its cause, and is logged with it', async () => {
    const { get, reader, logged } = serveFixture();
    reader.fail(new Error('table SECRET-NAME is gone'));
    const response = await get('/feed.rss');
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toMatch(/SECRET|Error|at .*\.ts/);
    expect(logged).toMatchObject([{ level: 'error', event: 'serve.failed', fields: { path: '/feed.rss' } }]);
  });
});

describe('the origin secret', () => {
  it('refuses requests that did not come through the edge, on every address', async () => {
    const { get, reader } = serveFixture(wire, { originSecret: 'correct horse' });
    for (const path of ['/feed.rss', '/healthz', '/', '/nowhere']) {
      expect((await get(path)).status).toBe(403);
      expect((await get(path, { 'x-origin-verify': 'correct hors' })).status).toBe(403);
    }
    expect(reader.reads()).toBe(0);
    expect((await get('/feed.rss', { 'x-origin-verify': 'correct horse' })).status).toBe(200);
  });
});

describe('HEAD', () => {
  it('has the headers of GET and no body', async () => {
    const { get } = serveFixture();
    for (const path of ['/feed.rss', '/api/stories', '/', '/healthz', '/nowhere', '/feed.rss?limit=0']) {
      const [head, full] = [await get(path, {}, 'HEAD'), await get(path)];
      expect(head.status).toBe(full.status);
      expect([...head.headers]).toEqual([...full.headers]);
      expect(await head.text()).toBe('');
    }
  });
});

describe('the log', () => {
  it('has one line per answer with path, status, number of stories and the first five ids', async () => {
    const many = Array.from({ length: 9 }, (_, n) => storyOf({ n }));
    const { get, logged } = serveFixture(many);
    await get('/feed.atom');
    await get(`/${'x'.repeat(5_000)}`);
    expect(logged[0]?.fields).toEqual({
      path: '/feed.atom',
      status: 200,
      stories: 9,
      ids: [0, 1, 2, 3, 4].map(storyId),
    });
    expect(String(logged[1]?.fields.path)).toHaveLength(200);
    expect(logged).toHaveLength(2);
  });
});
