import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, parseXml, textOf, type XmlElement } from '../../support/parse-xml.ts';
import { nowMs, serveFixture, storyOf } from '../../support/serve-fixture.ts';

const dayMs = 86_400_000;
const publicUrl = 'https://wire.example';
type Get = ReturnType<typeof serveFixture>['get'];

interface Read {
  readonly ids: readonly (string | null)[];
  readonly links: ReadonlyMap<string, string>;
  readonly archive: boolean;
}

/** An Atom or RSS document: its items' ids, its links by relation, and whether it says that it is an archive. */
function readFeed(text: string): Read {
  const root = parseXml(text);
  const [feed, item, id, link] =
    root.name === 'feed'
      ? [root, 'entry', 'id', 'link']
      : [all(root, 'channel')[0] ?? root, 'item', 'guid', 'atom:link'];
  const attribute = (element: XmlElement, name: string) => element.attributes.get(name) ?? '';
  return {
    ids: all(feed, item).map((one) => textOf(one, id)),
    links: new Map(all(feed, link).map((one) => [attribute(one, 'rel'), attribute(one, 'href')])),
    archive: all(feed, 'fh:archive').length === 1,
  };
}

async function fetched(get: Get, url: string): Promise<Read> {
  expect(url.startsWith(publicUrl)).toBe(true);
  const response = await get(url.slice(publicUrl.length));
  expect([url, response.status]).toEqual([url, 200]);
  return readFeed(await response.text());
}

/** All documents from the running feed back along prev-archive. */
async function walkBack(get: Get, path: string): Promise<{ url: string; feed: Read }[]> {
  const documents: { url: string; feed: Read }[] = [];
  let url: string | undefined = `${publicUrl}${path}`;
  while (url !== undefined && documents.length < 100) {
    const feed: Read = await fetched(get, url);
    documents.push({ url, feed });
    url = feed.links.get('prev-archive');
  }
  return documents;
}

const idsOf = (documents: readonly { feed: Read }[]) => new Set(documents.flatMap(({ feed }) => feed.ids));

describe('a feed and its archives', () => {
  const daily = Array.from({ length: 120 }, (_, day) =>
    storyOf({ n: day * 24 + 1, topics: day % 2 === 0 ? ['sea.mines'] : ['air.drones'] }),
  );

  it.each([
    '/feed.atom',
    '/feed.rss',
    '/topics/sea.rss',
    '/feed.atom?topic=air&country=-FI',
    '/feed.rss?limit=3',
  ])('hold together every story of %s, each document leading to the one before', async (path) => {
    const { get } = serveFixture(daily);
    const documents = await walkBack(get, path);
    const wanted = daily.filter(({ tags: { topics } }) =>
      path.includes('sea')
        ? topics[0]?.topic === 'sea.mines'
        : !path.includes('air') || topics[0]?.topic === 'air.drones',
    );
    expect(idsOf(documents)).toEqual(new Set(wanted.map(({ id }) => `urn:sitrep:story:${id}`)));
    expect(documents.at(-1)?.url).toContain('/archive/2026-07/');
  });

  it('mark what is archived, and lead from there to the running feed and to both neighbours', async () => {
    const { get } = serveFixture(daily.slice(0, 70));
    const query = '?country=-FI';
    const { archive, links } = await fetched(get, `${publicUrl}/archive/2026-10/topics/sea.atom${query}`);
    expect(archive).toBe(true);
    expect(Object.fromEntries(links)).toMatchObject({
      self: `${publicUrl}/archive/2026-10/topics/sea.atom${query}`,
      current: `${publicUrl}/topics/sea.atom${query}`,
      'prev-archive': `${publicUrl}/archive/2026-09/topics/sea.atom${query}`,
    });
    expect(links.has('next')).toBe(false);
    expect(links.has('next-archive')).toBe(false);
    const older = await fetched(get, links.get('prev-archive') ?? '');
    expect(older.links.get('next-archive')).toBe(`${publicUrl}/archive/2026-10/topics/sea.atom${query}`);
    expect(older.links.has('prev-archive')).toBe(false);
    const running = await fetched(get, `${publicUrl}/topics/sea.atom${query}`);
    expect([running.archive, running.links.has('current')]).toEqual([false, false]);
  });

  it('give a month that is too long for one document in several, and join them', async () => {
    const busy = Array.from({ length: 450 }, (_, n) => storyOf({ n: 24 * 25 + n }));
    const { get } = serveFixture([...busy, storyOf({ n: 24 * 60 })]);
    const documents = await walkBack(get, '/archive/2026-10/feed.rss');
    expect(documents.map(({ feed }) => feed.ids.length)).toEqual([200, 200, 50, 1]);
    expect(documents[3]?.url).toContain('/archive/2026-09/');
    // From an older month one would come to the newest part of this one and pass over the others, so nothing leads there.
    expect(documents[3]?.feed.links.has('next-archive')).toBe(false);
  });

  it('are the same however often new stories arrive, and may be kept long', async () => {
    const { get, reader } = serveFixture(daily);
    const before = await get('/archive/2026-10/feed.atom');
    reader.add(storyOf({ n: 0.5 }));
    const after = await get('/archive/2026-10/feed.atom');
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect(after.headers.get('cache-control')).toMatch(/max-age=86400/);
    expect(await after.text()).toBe(await before.text());
  });

  it('are empty and valid for a month without stories, and lead on to one that has some', async () => {
    const { get } = serveFixture([storyOf({ n: 24 * 200 })]);
    const { ids, links } = await fetched(get, `${publicUrl}/archive/2026-10/feed.atom`);
    expect([ids, links.get('prev-archive')]).toEqual([[], `${publicUrl}/archive/2026-05/feed.atom`]);
  });

  it('are not offered for a window of time, which is no running feed', async () => {
    const { get } = serveFixture(daily);
    const { links } = await fetched(get, `${publicUrl}/feed.atom?since=90d`);
    expect([links.has('prev-archive'), links.has('next')]).toEqual([false, true]);
  });

  it('have next_url lead the same way in JSON Feed', async () => {
    const { get } = serveFixture(daily);
    const ids = new Set<string>();
    let url: string | undefined = `${publicUrl}/archive/2026-10/feed.json`;
    while (url !== undefined) {
      const feed: { items: { id: string }[]; next_url?: string } = JSON.parse(
        await (await get(url.slice(publicUrl.length))).text(),
      );
      for (const { id } of feed.items) ids.add(id);
      url = feed.next_url;
    }
    const october = daily.filter(({ sortTime }) => sortTime < '2026-11');
    expect(ids).toEqual(new Set(october.map(({ id }) => `urn:sitrep:story:${id}`)));
  });

  it('leave no story out wherever stories lie and whatever the page holds', async () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 150 * 24 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(days, fc.integer({ min: 1, max: 12 }), async (hours, limit) => {
        const { get } = serveFixture(hours.map((n) => storyOf({ n })));
        const documents = await walkBack(get, `/feed.atom?limit=${limit}`);
        expect(idsOf(documents).size).toBe(hours.length);
        // What is before a document is never newer than what it lists.
        const archived = documents.filter(({ feed }) => feed.archive);
        expect(new Set(archived.map(({ url }) => url)).size).toBe(archived.length);
      }),
      { numRuns: 60 },
    );
  });

  it('begin a day after the end of the month', async () => {
    const path = '/archive/2026-10/feed.rss';
    const at = (clock: number) => serveFixture(daily, { clock: () => clock }).get(path);
    expect((await at(Date.UTC(2026, 10, 1) + dayMs - 1)).status).toBe(404);
    expect((await at(Date.UTC(2026, 10, 1) + dayMs)).status).toBe(200);
    expect((await at(nowMs)).headers.get('vary')).toContain('A-IM');
  });
});
